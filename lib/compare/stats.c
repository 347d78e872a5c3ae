// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>
#include <stdlib.h>

#include "compare/stats.h"

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

double stats_median(double *values, size_t n)
{
	qsort(values, n, sizeof(*values), by_value);
	if (n % 2)
		return values[n / 2];
	/* halved first: the sum of two large numbers could overflow */
	return values[n / 2 - 1] / 2 + values[n / 2] / 2;
}

double stats_change_pct(double base, double other)
{
	if (base > 0)
		return (other / base - 1) * 100;
	return other > 0 ? INFINITY : 0;
}

double stats_spread_pct(double *values, size_t n)
{
	double median = stats_median(values, n);
	double range = values[n - 1] - values[0];

	if (range <= 0)
		return 0;
	return median > 0 ? range / median * 100 : INFINITY;
}

double stats_mean(const double *values, size_t n, double *deviation)
{
	double sum = 0, squares = 0, largest = 0, mean;

	for (size_t i = 0; i < n; i++) {
		sum += values[i];
		largest = fmax(largest, fabs(values[i]));
	}
	mean = sum / (double)n;
	for (size_t i = 0; i < n; i++)
		squares += (values[i] - mean) * (values[i] - mean);
	*deviation = n > 1 ? sqrt(squares / ((double)n - 1)) : 0;
	if (*deviation <= 1e-14 * largest)
		*deviation = 0;
	return mean;
}
