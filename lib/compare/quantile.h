/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where a quantile of single operations lies, seen from one boot's histogram.
 *
 * The intervals are for independent operations. Those of a pass are not quite
 * that, and boots differ by more than their operations do: an interval says how
 * well one boot knows its own quantile, never how well a kernel's is known.
 */
#ifndef DAXMARK_COMPARE_QUANTILE_H
#define DAXMARK_COMPARE_QUANTILE_H

#include "record/side.h"

/*
 * The ranks, from 1, of the order statistics between which the q-quantile of
 * n > 0 independent operations lies with 95% confidence or more, 2.5% at most on
 * either side, whatever their distribution: *low is the largest l with
 * P(K <= l - 1) <= 2.5% and *high the smallest u with P(K >= u) <= 2.5%, K
 * binomial of n trials and probability q (David and Nagaraja, Order
 * Statistics, 2003, 7.1; Hahn and Meeker, Statistical Intervals, 1991, 5.2).
 * *low is 0 and *high is n + 1 where n operations are too few for a bound.
 */
void quantile_ranks(int64_t n, double q, int64_t *low, int64_t *high);

struct quantile_interval {
	/*
	 * In the metric's unit, rounded to whole ones and outwards to the ends of
	 * buckets. 0 and INFINITY where there is no bound.
	 */
	double low;
	double high;
	/*
	 * The standard error of the logarithm of the quantile that the operations
	 * account for: the width of the interval, with operations evenly spread in
	 * their bucket, as multiples of that of a normal distribution. NAN where
	 * there is no bound.
	 */
	double error;
};

/* Of the operations that sample's histogram counts, 0 < q < 1. */
void quantile_interval(const struct side_sample *sample, double q,
		       struct quantile_interval *interval);

#endif
