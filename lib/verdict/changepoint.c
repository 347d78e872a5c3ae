// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "verdict/changepoint.h"
#include "verdict/changepoint_parts.h"
#include "verdict/stats.h"

#define PERMUTATIONS	   799
#define PERMUTATIONS_HEAVY 3999
/* In so few nights, which the level is less well known by, p must be half as large. */
#define FEW 45
/* The kurtosis is 3 where tails are normal; of 90 nights it is known to 0.5. */
#define HEAVY		 3.8
#define LITTLE		 0.15 /* autocorrelation: none */
#define MUCH		 0.4
#define WORTH_MIN	 20
#define BETTER_THAN_LINE 12 /* in squares of the deviation */
/* chi-square with 1 degree of freedom, 95%, and as much again for the split being the best of many
 */
#define RANGE_DROP 8

const char *changepoint_held_name(enum changepoint_held held)
{
	static const char *const names[] = { "", "drifts", "autocorrelated" };

	return names[held];
}

/* SplitMix64: G. Steele, D. Lea, C. Flood, OOPSLA 2014. */
static uint64_t draw(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15u;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

static void shuffle(double *x, size_t n, uint64_t *random)
{
	for (size_t i = n - 1; i > 0; i--) {
		size_t j = (size_t)((draw(random) >> 32) * (i + 1) >> 32);
		double swapped = x[i];

		x[i] = x[j];
		x[j] = swapped;
	}
}

static double sum_of_squares(const double *x, size_t n)
{
	double mean = 0, sum = 0;

	for (size_t i = 0; i < n; i++)
		mean += x[i] / (double)n;
	for (size_t i = 0; i < n; i++)
		sum += (x[i] - mean) * (x[i] - mean);
	return sum;
}

/* Of nights that follow each other, the two means taken out of them. */
static double lag_one(const double *left, size_t n)
{
	double products = 0, squares = left[0] * left[0];

	for (size_t i = 1; i < n; i++) {
		products += left[i] * left[i - 1];
		squares += left[i] * left[i];
	}
	return squares > 0 ? products / squares : 0;
}

/*
 * Means that are taken out make it too small, by (1 + 3 r) / n (F. Marriott and
 * J. Pope, Biometrika 41, 1954). Of few nights it is known so badly that the
 * safe side is taken.
 */
static double autocorrelation(const double *left, size_t n)
{
	double r = (lag_one(left, n) + 1 / (double)n) / (1 - 3 / (double)n);

	return r > 0 ? fmin(r + fmax(0, 1 / sqrt((double)n) - LITTLE), 0.95) : r;
}

/* What a straight line takes off the sum of squares. */
static double line_gain(const double *x, size_t n)
{
	double middle = (double)(n - 1) / 2, product = 0, square = 0;

	for (size_t i = 0; i < n; i++) {
		product += ((double)i - middle) * x[i];
		square += ((double)i - middle) * ((double)i - middle);
	}
	return product * product / square;
}

/* The splits that fit almost as well as the best one. */
static void find_range(const struct scan *scan, double gain, double variance,
		       struct changepoint *cp)
{
	size_t first = scan->split, last = first;

	for (size_t k = 1; k < scan->n; k++)
		if (gain - scan_gain(scan, k) <= RANGE_DROP * variance) {
			first = k < first ? k : first;
			last = k > last ? k : last;
		}
	cp->first = scan->index[first];
	cp->last = scan->index[last];
}

/* Of the nights that are kept, left of the levels. */
static double kurtosis(const struct scan *scan, const double *left)
{
	double squares = 0, fourths = 0;

	for (size_t i = 0; i < scan->n; i++) {
		double square = left[scan->index[i]] * left[scan->index[i]];

		squares += square;
		fourths += square * square;
	}
	return squares > 0 ? fourths * (double)scan->n / (squares * squares) : 0;
}

/* Whether no permutation splits better; gives up at the first that does. */
static void permute(struct scan *scan, struct changepoint *cp, double *left, uint64_t seed)
{
	double limit = cp->statistic * cp->statistic;
	size_t made = 0, most = kurtosis(scan, left) > HEAVY ? PERMUTATIONS_HEAVY : PERMUTATIONS;
	bool better = false;

	if (scan->n < FEW)
		most *= 2;
	while (made < most && !better) {
		double gain, rest;

		shuffle(left, scan->nights, &seed);
		made++;
		gain = scan_split(scan, left, 0);
		if (gain < 0)
			continue;
		rest = fmax(sum_of_squares(scan->x, scan->n) - gain, 0);
		better = gain * (double)(scan->n - 2) >= limit * rest;
	}
	cp->p = (better + 1.0) / (double)(made + 1);
	cp->found = !better;
}

/* A median of each side: of all nights as they are, so that a huge step has its size. */
static void find_levels(struct scan *scan, const double *values, struct changepoint *cp)
{
	memcpy(scan->work, values, scan->nights * sizeof(*values));
	cp->before = stats_median(scan->work, cp->split);
	cp->after = stats_median(scan->work + cp->split, scan->nights - cp->split);
}

/* The nights without the step, to scan->work; returns their variance. */
static double take_step_out(struct scan *scan)
{
	for (size_t i = 0; i < scan->n; i++)
		scan->work[i] = scan->x[i] - (i < scan->split ? scan->before : scan->after);
	return sum_of_squares(scan->work, scan->n) / (double)(scan->n - 2);
}

static void decide(struct scan *scan, struct changepoint *cp, const double *values, double *left,
		   uint64_t seed)
{
	double gain = scan_split(scan, values, stats_median(left, scan->nights)), variance, r;
	size_t n = scan->n;

	if (gain <= 0)
		return;
	variance = take_step_out(scan);
	cp->split = scan->index[scan->split];
	cp->outliers = scan->nights - n;
	cp->deviation = sqrt(variance);
	cp->autocorrelation = autocorrelation(scan->work, n);
	r = cp->autocorrelation > LITTLE ? cp->autocorrelation : 0;
	cp->statistic = sqrt(gain / variance * (1 - r) / (1 + r));
	find_range(scan, gain, variance, cp);
	find_levels(scan, values, cp);
	if (cp->statistic < STATISTIC_MIN)
		return;
	if (gain - line_gain(scan->x, n) < BETTER_THAN_LINE * variance) {
		cp->held = CHANGEPOINT_DRIFTS;
	} else if (r > MUCH || (double)n * (1 - r) / (1 + r) < WORTH_MIN) {
		cp->held = CHANGEPOINT_AUTOCORRELATED;
	} else {
		for (size_t i = 0; i < scan->nights; i++)
			left[i] = values[i] - (i < cp->split ? cp->before : cp->after);
		permute(scan, cp, left, seed);
	}
}

int changepoint_find(const double *values, size_t n, uint64_t seed, struct changepoint *cp)
{
	struct scan scan;
	double *left;
	int err;

	memset(cp, 0, sizeof(*cp));
	cp->p = 1;
	if (n < CHANGEPOINT_BEFORE_MIN + CHANGEPOINT_AFTER_MIN)
		return 0;
	left = malloc(n * sizeof(*left));
	err = left ? scan_begin(&scan, values, n) : -ENOMEM;
	if (!err) {
		memcpy(left, values, n * sizeof(*left));
		decide(&scan, cp, values, left, seed);
		scan_end(&scan);
	}
	free(left);
	return err;
}
