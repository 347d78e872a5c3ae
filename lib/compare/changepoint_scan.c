// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "compare/changepoint.h"
#include "compare/changepoint_parts.h"

/* In deviations: how far a night may draw the split, and its level. */
#define FAR  4.5
#define NEAR 2

/*
 * Of so many nights on one side half must be near a night, and so many at least; or twice
 * as many on both sides together: else it is an outlier.
 */
#define NEIGHBOURS     5
#define NEIGHBOURS_MIN 2

/* How many nights of a new level must be kept. */
#define AFTER_KEPT_MIN 4

/* In squares of the deviation: a level that returns must fit so much better than one that stays. */
#define RETURN_BETTER 10

/* A level that came and went is looked for with so many nights at most, and so many after it. */
#define RETURN_MAX 12

/* A step that is known of is placed with so many nights on each side. */
#define PLACE_MIN    2

#define SMALLER_MEAN 0.78999

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/*
 * From the mean of the smaller four fifths of |x[i] - x[i - 1]|, which holds no
 * outlier and, unlike their median, takes all values with a coarse clock, too. Of
 * normal numbers with a deviation of 1 it is 2 (f(0) - f(q)) sqrt(2) / 0.8, f their
 * density and q = 1.2816 the quantile of 0.9.
 */
static double neighbours_deviation(const double *x, size_t n, double *work)
{
	size_t smaller = (n - 1) * 4 / 5;
	double mean = 0;

	for (size_t i = 1; i < n; i++)
		work[i - 1] = fabs(x[i] - x[i - 1]);
	qsort(work, n - 1, sizeof(*work), by_value);
	for (size_t i = 0; i < smaller; i++)
		mean += work[i] / (double)smaller;
	if (mean > 0)
		return mean / SMALLER_MEAN;
	/* most neighbours are equal: those that are not */
	for (size_t i = smaller; i < n - 1; i++)
		mean += work[i] / (double)(n - 1);
	return mean / SMALLER_MEAN;
}

/* Written out, as fmin() and fmax() are calls: it runs for every night of every permutation. */
static double clipped(double value, double middle, double far)
{
	if (value < middle - far)
		return middle - far;
	return value > middle + far ? middle + far : value;
}

static size_t count_near(double value, const double *neighbours, size_t n, double far)
{
	size_t near = 0;

	for (size_t i = 0; i < n; i++)
		near += fabs(value - neighbours[i]) <= far;
	return near;
}

static bool agrees(size_t near, size_t n)
{
	return near >= NEIGHBOURS_MIN && 2 * near >= n;
}

/* A level of few nights has fewer on either side of the night in its middle, but on both. */
static bool is_outlier(const double *x, size_t n, size_t i, double far)
{
	size_t before = i < NEIGHBOURS ? i : NEIGHBOURS;
	size_t after = n - 1 - i < NEIGHBOURS ? n - 1 - i : NEIGHBOURS;
	size_t near_before = count_near(x[i], x + i - before, before, far);
	size_t near_after = count_near(x[i], x + i + 1, after, far);

	return !agrees(near_before, before) && !agrees(near_after, after) &&
	       near_before + near_after < 2 * NEIGHBOURS_MIN;
}

/* The level before is known by so many nights at least; after an earlier step by fewer. */
static size_t before_min(const struct scan *scan)
{
	return scan->from ? CHANGEPOINT_BETWEEN_MIN : CHANGEPOINT_BEFORE_MIN;
}

/* False where too few nights are left. An outlier is no night of a new level, but one waited for.
 */
static bool leave_out(struct scan *scan, const double *values)
{
	double far = FAR * scan->deviation;
	size_t next = 0; /* after the last that was kept */

	scan->n = 0;
	scan->begin = 0;
	scan->splits = 0;
	for (size_t i = 0; i < scan->nights; i++) {
		if (is_outlier(values, scan->nights, i, far))
			continue;
		if (next + CHANGEPOINT_AFTER_MIN <= scan->nights)
			scan->splits = scan->n + 1;
		next = i + 1;
		scan->begin += i < scan->from;
		scan->index[scan->n++] = i;
	}
	if (scan->splits + AFTER_KEPT_MIN > scan->n + 1)
		scan->splits = scan->n > AFTER_KEPT_MIN ? scan->n + 1 - AFTER_KEPT_MIN : 0;
	return scan->splits > scan->begin + before_min(scan);
}

double scan_gain(const struct scan *scan, size_t start, size_t end)
{
	double n = (double)(scan->n - scan->begin), inside = (double)(end - start);
	double all = scan->sum[scan->n] - scan->sum[scan->begin];
	double difference = scan->sum[end] - scan->sum[start] - all * inside / n;

	return difference * difference * n / (inside * (n - inside));
}

static double best_step(struct scan *scan)
{
	double best = -1;

	for (size_t k = scan->begin + before_min(scan); k < scan->splits; k++) {
		double gain = scan_gain(scan, k, scan->n);

		if (gain > best) {
			best = gain;
			scan->start = k;
		}
	}
	scan->end = scan->n;
	return best;
}

/* A level that came and went within the last nights; a longer one is found while it is there. */
static double best_return(const struct scan *scan, size_t *start, size_t *end)
{
	size_t first = scan->begin + before_min(scan);
	double best = -1;

	for (size_t back = scan->n - AFTER_KEPT_MIN;
	     back + RETURN_MAX >= scan->n && back >= first + AFTER_KEPT_MIN; back--)
		for (size_t k = back - AFTER_KEPT_MIN; k >= first && k + RETURN_MAX >= back; k--) {
			double gain = scan_gain(scan, k, back);

			if (gain > best) {
				best = gain;
				*start = k;
				*end = back;
			}
		}
	return best;
}

/* A return is worth less than a step by what it must fit better. */
static void best_split(struct scan *scan)
{
	double better = RETURN_BETTER * scan->deviation * scan->deviation, back;
	size_t start = 0, end = 0;

	scan->sum[0] = 0;
	for (size_t i = 0; i < scan->n; i++)
		scan->sum[i + 1] = scan->sum[i] + scan->x[i];
	scan->gain = scan->worth = best_step(scan);
	back = best_return(scan, &start, &end);
	if (back - better <= scan->gain)
		return;
	scan->start = start;
	scan->end = end;
	scan->gain = back;
	scan->worth = back - better;
}

static void find_levels(struct scan *scan)
{
	double inside = scan->sum[scan->end] - scan->sum[scan->start];
	double outside = scan->sum[scan->n] - scan->sum[scan->begin] - inside;
	size_t n = scan->end - scan->start;

	scan->after = inside / (double)n;
	scan->before = outside / (double)(scan->n - scan->begin - n);
}

void scan_place(struct scan *scan)
{
	for (size_t k = scan->begin + PLACE_MIN; k + PLACE_MIN <= scan->end; k++) {
		double gain = scan_gain(scan, k, scan->end);

		if (gain > scan->gain) {
			scan->gain = gain;
			scan->start = k;
		}
	}
	find_levels(scan);
}

static bool is_inside(const struct scan *scan, size_t i)
{
	return i >= scan->start && i < scan->end;
}

/* The two levels again, of nights clipped around the levels there are. */
static void refine_levels(struct scan *scan, const double *values)
{
	double near = NEAR * scan->deviation, sum[2] = { 0, 0 };
	size_t n = scan->end - scan->start;

	for (size_t i = scan->begin; i < scan->n; i++) {
		bool inside = is_inside(scan, i);

		sum[inside] +=
			clipped(values[scan->index[i]], inside ? scan->after : scan->before, near);
	}
	scan->before = sum[0] / (double)(scan->n - scan->begin - n);
	scan->after = sum[1] / (double)n;
}

static double level_of(const struct scan *scan, size_t i)
{
	if (i < scan->begin)
		return 0;
	return is_inside(scan, i) ? scan->after : scan->before;
}

bool scan_split(struct scan *scan, const double *values)
{
	if (!leave_out(scan, values))
		return false;
	for (size_t i = 0; i < scan->n; i++)
		scan->x[i] = clipped(values[scan->index[i]], 0, FAR * scan->deviation);
	best_split(scan);
	find_levels(scan);
	/* a huge step was clipped: its nights draw the level towards them, 2 deviations a time */
	for (int times = 0; times < 2; times++)
		refine_levels(scan, values);
	for (size_t i = 0; i < scan->n; i++)
		scan->x[i] =
			clipped(values[scan->index[i]], level_of(scan, i), NEAR * scan->deviation);
	best_split(scan);
	find_levels(scan);
	return true;
}

int scan_begin(struct scan *scan, const double *values, size_t n, size_t from, double smallest)
{
	memset(scan, 0, sizeof(*scan));
	scan->nights = n;
	scan->from = from;
	scan->x = malloc((3 * n + 1) * sizeof(*scan->x));
	scan->index = malloc(n * sizeof(*scan->index));
	if (!scan->x || !scan->index) {
		scan_end(scan);
		return -ENOMEM;
	}
	scan->sum = scan->x + n;
	scan->work = scan->sum + n + 1;
	scan->smallest = smallest;
	scan->least = smallest / sqrt(12);
	scan->deviation = fmax(neighbours_deviation(values, n, scan->work), scan->least);
	return 0;
}

void scan_end(struct scan *scan)
{
	free(scan->x);
	free(scan->index);
}
