// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>

#include "compare/quantile.h"
#include "compare/rmath.h"
#include "record/histogram.h"

#define TAIL 0.025

/*
 * The smallest k with P(K <= k) >= p; there is one, as P(K <= n) is 1. R 4.2's own
 * qbinom(0.025, 4585, 0.99) is 4585 where 4526 is right, so this searches pbinom().
 */
static int64_t binomial_quantile(double p, int64_t n, double q)
{
	int64_t below = -1, k = n;

	while (k - below > 1) {
		int64_t middle = below + (k - below) / 2;

		if (pbinom((double)middle, (double)n, q, LOWER_TAIL, NOT_LOG) >= p)
			k = middle;
		else
			below = middle;
	}
	return k;
}

void quantile_ranks(int64_t n, double q, int64_t *low, int64_t *high)
{
	*low = binomial_quantile(TAIL, n, q);
	*high = binomial_quantile(1 - TAIL, n, q) + 1;
}

/* The bucket of a rank, and how many operations lie in those before it. */
static const struct side_bucket *bucket_of(const struct side_sample *sample, int64_t rank,
					   int64_t *before)
{
	const struct side_bucket *bucket = sample->buckets;

	*before = 0;
	while (bucket < sample->buckets + sample->n_buckets - 1 &&
	       *before + (int64_t)bucket->count < rank)
		*before += (int64_t)bucket++->count;
	return bucket;
}

static double next_lowest(const struct side_bucket *bucket)
{
	size_t index = histogram_bucket(bucket->lowest);

	if (index + 1 == HISTOGRAM_BUCKETS)
		return ldexp(1, 64);
	return (double)histogram_lowest(index + 1);
}

/* What was rounded to a bucket began half a unit below it. */
static double value_within(const struct side_bucket *bucket, int64_t rank, int64_t before)
{
	double lowest = fmax((double)bucket->lowest - 0.5, 0), end = next_lowest(bucket) - 0.5;

	return lowest + (end - lowest) * ((double)(rank - before) - 0.5) / (double)bucket->count;
}

void quantile_interval(const struct side_sample *sample, double q,
		       struct quantile_interval *interval)
{
	const struct side_bucket *first, *last;
	int64_t low, high, before_low, before_high;

	*interval = (struct quantile_interval){ 0, INFINITY, NAN };
	quantile_ranks(sample->n, q, &low, &high);
	first = bucket_of(sample, low, &before_low);
	last = bucket_of(sample, high, &before_high);
	if (low >= 1)
		interval->low = (double)first->lowest;
	if (high <= sample->n)
		interval->high = next_lowest(last) - 1;
	if (low >= 1 && high <= sample->n)
		interval->error = log(value_within(last, high, before_high) /
				      value_within(first, low, before_low)) /
				  (2 * qnorm(1 - TAIL, 0, 1, LOWER_TAIL, NOT_LOG));
}
