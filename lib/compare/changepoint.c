// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "compare/changepoint.h"
#include "compare/changepoint_parts.h"
#include "compare/stats.h"

#define PERMUTATIONS	   799
#define PERMUTATIONS_HEAVY 3999
/* In so few nights, which the level is less well known by, p must be half as large. */
#define FEW 45
/* The kurtosis is 3 where tails are normal; of 90 nights it is known to 0.5. */
#define HEAVY		 3.8
#define LITTLE		 0.15 /* autocorrelation: none */
#define CLEAR		 0.22 /* counts in full; between these two, in part */
#define MUCH		 0.35
#define WORTH_MIN	 20
#define BETTER_THAN_LINE 12 /* in squares of the deviation */
#define BETTER_LATER	 9
/* chi-square with 1 degree of freedom, 95%, and as much again for the split being the best of many
 */
#define RANGE_DROP 8
/* An earlier level is back where a new one is so many of its errors from it, at most. */
#define BACK 3.5
/*
 * In so many nights after a step another one is so many times as likely as at any other time,
 * as changes come together in a merge window, and that it is taken back, as it is repaired.
 */
#define SOON	    24
#define LIKELIER    2
#define LIKELY_BACK 4
/* Two values that differ by less are equal: what rounding leaves of a logarithm. */
#define EQUAL 1e-9

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

/* By which autocorrelation t is widened: nights without any have up to CLEAR by chance. */
static double widening(double r)
{
	return r * fmin(fmax((r - LITTLE) / (CLEAR - LITTLE), 0), 1);
}

/* Adds one segment to a line with the same slope in all of them: sums of products and squares. */
static void add_line(const double *x, size_t n, double *product, double *square)
{
	double middle = (double)(n - 1) / 2;

	for (size_t i = 0; i < n; i++) {
		*product += ((double)i - middle) * x[i];
		*square += ((double)i - middle) * ((double)i - middle);
	}
}

/*
 * What a straight line takes off the sum of squares. Earlier steps stay steps: the line is
 * broken where the current level begins, and goes on with the same slope.
 */
static double line_gain(const struct scan *scan)
{
	double product = 0, square = 0;

	add_line(scan->x, scan->begin, &product, &square);
	add_line(scan->x + scan->begin, scan->n - scan->begin, &product, &square);
	return product * product / square;
}

/* The first nights of the other level that fit almost as well as the best one. */
static void find_range(const struct scan *scan, double variance, struct changepoint *cp)
{
	size_t first = scan->start, last = first;

	for (size_t k = scan->begin + 1; k < scan->end; k++)
		if (scan->gain - scan_gain(scan, k, scan->end) <= RANGE_DROP * variance) {
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

/* Of all nights, around the level of the earlier ones and around that of the current ones. */
static double squares_of(const struct scan *scan)
{
	double squares = sum_of_squares(scan->x + scan->begin, scan->n - scan->begin);

	return scan->begin ? squares + sum_of_squares(scan->x, scan->begin) : squares;
}

/* What is left of the squares; that a night could be read exactly is not believed. */
static double rest_of(const struct scan *scan)
{
	double least = (double)(scan->n - 2) * scan->least * scan->least;

	return fmax(squares_of(scan) - scan->gain, least);
}

static double t_squared(const struct scan *scan)
{
	return scan->worth * (double)(scan->n - 2) / rest_of(scan);
}

/* Whether no permutation splits better; gives up at the first that does. */
static void permute(struct scan *scan, struct changepoint *cp, double *left, uint64_t seed)
{
	double limit = cp->statistic * cp->statistic;
	size_t made = 0, most = kurtosis(scan, left) > HEAVY ? PERMUTATIONS_HEAVY : PERMUTATIONS;
	bool better = false;

	if (scan->n < FEW)
		most *= 2;
	if (scan->from && scan->nights - scan->from <= SOON)
		most /= cp->returns ? LIKELY_BACK : LIKELIER;
	while (made < most && !better) {
		shuffle(left, scan->nights, &seed);
		made++;
		better = scan_split(scan, left) && t_squared(scan) >= limit;
	}
	cp->p = (better + 1.0) / (double)(made + 1);
	cp->found = !better;
}

/* A median of each side: of all nights as they are, so that a huge step has its size. */
static void find_levels(struct scan *scan, const double *values, struct changepoint *cp)
{
	size_t end = cp->back ? cp->back : scan->nights, n = cp->split - scan->from;

	memcpy(scan->work, values + scan->from, n * sizeof(*values));
	memcpy(scan->work + n, values + end, (scan->nights - end) * sizeof(*values));
	cp->before = stats_median(scan->work, n + scan->nights - end);
	memcpy(scan->work, values + cp->split, (end - cp->split) * sizeof(*values));
	cp->after = stats_median(scan->work, end - cp->split);
}

/* The nights without the step, to scan->work; returns their variance. */
static double take_step_out(struct scan *scan)
{
	double rest;

	for (size_t i = 0; i < scan->n; i++) {
		bool inside = i >= scan->start && i < scan->end;
		double level = i < scan->begin ? 0 : inside ? scan->after : scan->before;

		scan->work[i] = scan->x[i] - level;
	}
	rest = sum_of_squares(scan->work, scan->n) / (double)(scan->n - 2);
	return fmax(rest, scan->least * scan->least);
}

/* The nights of which each lies around 0, for permute(). */
static void take_levels_out(const struct scan *scan, const struct changepoint *cp,
			    const double *values, double *left)
{
	size_t end = cp->back ? cp->back : scan->nights;

	for (size_t i = scan->from; i < scan->nights; i++)
		left[i] = values[i] - (i >= cp->split && i < end ? cp->after : cp->before);
}

/*
 * Which earlier level is back, if any: the one that is nearest to the new one, as near as
 * two levels of so many nights are by chance, and nearer than half the way to it.
 */
static void find_return(const struct changepoint_series *s, const double *level,
			struct changepoint *cp, double smallest)
{
	double nearest = fabs(cp->after - cp->before) / 2;

	for (size_t i = 0; i < s->n_steps; i++) {
		size_t first = i ? s->steps[i - 1] : 0;
		double nights = 1 / (double)(s->steps[i] - first) + 1 / (double)(s->n - cp->split);
		double far = fmax(BACK * cp->deviation * sqrt(nights), smallest);
		double distance = fabs(cp->after - level[i]);

		if (distance <= far && distance < nearest) {
			nearest = distance;
			cp->returns = true;
			cp->returned = i;
		}
	}
}

static void decide(struct scan *scan, struct changepoint *cp, const struct changepoint_series *s,
		   const double *level, double *left)
{
	double variance, square, r;
	size_t n;

	if (!scan_split(scan, left))
		return;
	n = scan->n;
	square = t_squared(scan);
	scan_place(scan);
	variance = take_step_out(scan);
	cp->split = scan->index[scan->start];
	cp->back = scan->end < n ? scan->index[scan->end] : 0;
	cp->outliers = scan->nights - n;
	cp->deviation = sqrt(variance);
	cp->autocorrelation = autocorrelation(scan->work, n);
	/* nights that follow each other come and go by themselves, and what is taken out hides it
	 */
	if (cp->back)
		cp->autocorrelation =
			fmax(cp->autocorrelation, autocorrelation(scan->work, scan->start));
	r = widening(cp->autocorrelation);
	cp->statistic = sqrt(fmax(square, 0) * (1 - r) / (1 + r));
	find_range(scan, variance, cp);
	find_levels(scan, s->values, cp);
	if (cp->statistic < STATISTIC_MIN)
		return;
	if (scan->gain - line_gain(scan) <
	    (scan->from ? BETTER_LATER : BETTER_THAN_LINE) * variance) {
		cp->held = CHANGEPOINT_DRIFTS;
	} else if (r > (cp->back ? CLEAR : MUCH) || (double)n * (1 - r) / (1 + r) < WORTH_MIN) {
		cp->held = CHANGEPOINT_AUTOCORRELATED;
	} else if (fabs(cp->after - cp->before) >= scan->smallest) {
		if (!cp->back)
			find_return(s, level, cp, scan->smallest);
		/* of nights that differ by less than a tick a level takes the ticks with it */
		if (cp->deviation >= scan->smallest)
			take_levels_out(scan, cp, s->values, left);
		permute(scan, cp, left, s->seed);
	}
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/*
 * The smallest change that is one: least, and where half of the nights are equal to the
 * one before, which a coarse clock makes them, the smallest difference that it shows.
 */
static double smallest_change(const struct changepoint_series *s, double *work)
{
	double tick = INFINITY, least = fmax(s->least, EQUAL);
	size_t equal = 0;

	for (size_t i = 1; i < s->n; i++)
		equal += fabs(s->values[i] - s->values[i - 1]) < EQUAL;
	if (2 * equal < s->n - 1)
		return least;
	memcpy(work, s->values, s->n * sizeof(*work));
	qsort(work, s->n, sizeof(*work), by_value);
	for (size_t i = 1; i < s->n; i++)
		if (work[i] - work[i - 1] >= EQUAL)
			tick = fmin(tick, work[i] - work[i - 1]);
	return isfinite(tick) ? fmax(tick - EQUAL, least) : least;
}

/* The nights around the levels between the steps that are known, and these levels. */
static void align(const struct changepoint_series *s, double *left, double *level, double *work)
{
	for (size_t i = 0; i <= s->n_steps; i++) {
		size_t first = i ? s->steps[i - 1] : 0;
		size_t end = i < s->n_steps ? s->steps[i] : s->n;

		memcpy(work, s->values + first, (end - first) * sizeof(*work));
		level[i] = stats_median(work, end - first);
		for (size_t k = first; k < end; k++)
			left[k] = s->values[k] - level[i];
	}
}

int changepoint_find(const struct changepoint_series *s, struct changepoint *cp)
{
	size_t n = s->n;
	struct scan scan;
	double *left, *level, *work;
	int err;

	memset(cp, 0, sizeof(*cp));
	cp->p = 1;
	if (n < CHANGEPOINT_BEFORE_MIN + CHANGEPOINT_AFTER_MIN)
		return 0;
	left = malloc((2 * n + s->n_steps + 1) * sizeof(*left));
	if (!left)
		return -ENOMEM;
	work = left + n;
	level = work + n;
	align(s, left, level, work);
	err = scan_begin(&scan, left, n, s->n_steps ? s->steps[s->n_steps - 1] : 0,
			 smallest_change(s, work));
	if (!err) {
		decide(&scan, cp, s, level, left);
		scan_end(&scan);
	}
	free(left);
	return err;
}
