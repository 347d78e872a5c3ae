// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "verdict/changepoint.h"
#include "verdict/changepoint_parts.h"

/* In deviations: how far a night may draw the split, and its level. */
#define FAR  4.5
#define NEAR 2

/* Whom a night must agree with, and how many nights of a new level must be kept. */
#define NEIGHBOURS     5
#define NEIGHBOURS_MIN 2
#define AFTER_KEPT_MIN 4

#define SMALLER_MEAN   0.78999

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

/* Of at most NEIGHBOURS numbers, by insertion. */
static double median_of_few(const double *values, size_t n)
{
	double sorted[NEIGHBOURS] = { 0 };

	for (size_t i = 0; i < n; i++) {
		size_t k = i;

		for (; k > 0 && sorted[k - 1] > values[i]; k--)
			sorted[k] = sorted[k - 1];
		sorted[k] = values[i];
	}
	return n % 2 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
}

static bool agrees(double value, const double *neighbours, size_t n, double far)
{
	return n >= NEIGHBOURS_MIN && fabs(value - median_of_few(neighbours, n)) <= far;
}

static bool is_outlier(const double *x, size_t n, size_t i, double far)
{
	size_t before = i < NEIGHBOURS ? i : NEIGHBOURS;
	size_t after = n - 1 - i < NEIGHBOURS ? n - 1 - i : NEIGHBOURS;

	return !agrees(x[i], x + i - before, before, far) && !agrees(x[i], x + i + 1, after, far);
}

/* False where too few nights are left. An outlier is no night of a new level, but one waited for.
 */
static bool leave_out(struct scan *scan, const double *values)
{
	double far = FAR * scan->deviation;
	size_t next = 0; /* after the last that was kept */

	scan->n = 0;
	scan->splits = 0;
	for (size_t i = 0; i < scan->nights; i++) {
		if (is_outlier(values, scan->nights, i, far))
			continue;
		if (next + CHANGEPOINT_AFTER_MIN <= scan->nights)
			scan->splits = scan->n + 1;
		next = i + 1;
		scan->index[scan->n++] = i;
	}
	if (scan->splits + AFTER_KEPT_MIN > scan->n + 1)
		scan->splits = scan->n > AFTER_KEPT_MIN ? scan->n + 1 - AFTER_KEPT_MIN : 0;
	return scan->splits > CHANGEPOINT_BEFORE_MIN;
}

double scan_gain(const struct scan *scan, size_t k)
{
	double n = (double)scan->n, before = (double)k;
	double difference = scan->sum[k] - scan->sum[scan->n] * before / n;

	return difference * difference * n / (before * (n - before));
}

static double best_split(struct scan *scan)
{
	double best = -1;

	scan->sum[0] = 0;
	for (size_t i = 0; i < scan->n; i++)
		scan->sum[i + 1] = scan->sum[i] + scan->x[i];
	for (size_t k = CHANGEPOINT_BEFORE_MIN; k < scan->splits; k++) {
		double gain = scan_gain(scan, k);

		if (gain > best) {
			best = gain;
			scan->split = k;
		}
	}
	scan->before = scan->sum[scan->split] / (double)scan->split;
	scan->after =
		(scan->sum[scan->n] - scan->sum[scan->split]) / (double)(scan->n - scan->split);
	return best;
}

/* The two levels again, of nights clipped around the levels there are. */
static void refine_levels(struct scan *scan, const double *values)
{
	double near = NEAR * scan->deviation, sum[2] = { 0, 0 };

	for (size_t i = 0; i < scan->n; i++) {
		bool late = i >= scan->split;

		sum[late] +=
			clipped(values[scan->index[i]], late ? scan->after : scan->before, near);
	}
	scan->before = sum[0] / (double)scan->split;
	scan->after = sum[1] / (double)(scan->n - scan->split);
}

double scan_split(struct scan *scan, const double *values, double middle)
{
	if (!leave_out(scan, values))
		return -1;
	for (size_t i = 0; i < scan->n; i++)
		scan->x[i] = clipped(values[scan->index[i]], middle, FAR * scan->deviation);
	best_split(scan);
	/* a huge step was clipped: its nights draw the level towards them, 2 deviations a time */
	for (int times = 0; times < 2; times++)
		refine_levels(scan, values);
	for (size_t i = 0; i < scan->n; i++)
		scan->x[i] = clipped(values[scan->index[i]],
				     i < scan->split ? scan->before : scan->after,
				     NEAR * scan->deviation);
	return best_split(scan);
}

int scan_begin(struct scan *scan, const double *values, size_t n)
{
	memset(scan, 0, sizeof(*scan));
	scan->nights = n;
	scan->x = malloc((3 * n + 1) * sizeof(*scan->x));
	scan->index = malloc(n * sizeof(*scan->index));
	if (!scan->x || !scan->index) {
		scan_end(scan);
		return -ENOMEM;
	}
	scan->sum = scan->x + n;
	scan->work = scan->sum + n + 1;
	scan->deviation = neighbours_deviation(values, n, scan->work);
	return 0;
}

void scan_end(struct scan *scan)
{
	free(scan->x);
	free(scan->index);
}
