// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "compare/rmath.h"
#include "compare/signed_rank.h"

struct ranked {
	double size;
	bool positive;
	size_t rank; /* doubled: a mean of ranks is a whole number then */
};

static int by_size(const void *a, const void *b)
{
	double x = ((const struct ranked *)a)->size, y = ((const struct ranked *)b)->size;

	return (x > y) - (x < y);
}

/* log(a / b) and log(b / a) are equal but for their last digits. */
static bool tied(double a, double b)
{
	return fabs(a - b) <= 1e-12 * fmax(a, b);
}

/* Gives sorted differences their ranks; the sum of t^3 - t over ties of t. */
static double assign_ranks(struct ranked *list, size_t n)
{
	double ties = 0;
	size_t end;

	for (size_t start = 0; start < n; start = end) {
		double t;

		for (end = start + 1; end < n && tied(list[start].size, list[end].size); end++)
			;
		for (size_t i = start; i < end; i++)
			list[i].rank = start + 1 + end;
		t = (double)(end - start);
		ties += t * t * t - t;
	}
	return ties;
}

/* The distribution of the sum of positive ranks over all 2^n signs. */
static int exact(const struct ranked *list, size_t n, size_t positive, double *p)
{
	size_t total = n * (n + 1);
	double *ways = calloc(total + 1, sizeof(*ways));
	double below = 0, above = 0;

	if (!ways)
		return -ENOMEM;
	ways[0] = 1;
	for (size_t i = 0; i < n; i++)
		for (size_t sum = total; sum >= list[i].rank; sum--)
			ways[sum] += ways[sum - list[i].rank];
	for (size_t sum = 0; sum <= total; sum++) {
		below += sum <= positive ? ways[sum] : 0;
		above += sum >= positive ? ways[sum] : 0;
	}
	free(ways);
	*p = fmin(1, 2 * ldexp(fmin(below, above), -(int)n));
	return 0;
}

static double approximate(double n, double positive, double ties)
{
	double off = positive - n * (n + 1) / 4;
	double deviation = sqrt(n * (n + 1) * (2 * n + 1) / 24 - ties / 48);

	/* at the mean there is nothing to correct */
	if (fabs(off) < 0.5)
		return 1;
	return 2 * pnorm(-(fabs(off) - 0.5), 0, deviation, LOWER_TAIL, NOT_LOG);
}

int signed_rank_test(const double *difference, size_t n, double *p)
{
	struct ranked *list = malloc((n + 1) * sizeof(*list));
	size_t used = 0, positive = 0;
	double ties;
	int err = 0;

	if (!list)
		return -ENOMEM;
	for (size_t i = 0; i < n; i++)
		if (difference[i] != 0)
			list[used++] = (struct ranked){ .size = fabs(difference[i]),
							.positive = difference[i] > 0 };
	qsort(list, used, sizeof(*list), by_size);
	ties = assign_ranks(list, used);
	for (size_t i = 0; i < used; i++)
		positive += list[i].positive ? list[i].rank : 0;
	if (!used)
		*p = 1;
	else if (used <= SIGNED_RANK_EXACT)
		err = exact(list, used, positive, p);
	else
		*p = approximate((double)used, (double)positive / 2, ties);
	free(list);
	return err;
}
