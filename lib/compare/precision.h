/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How many boots and operations it takes to know a change as well as wanted.
 * Everything is in logarithms of ratios: 0.01 is about 1%.
 */
#ifndef DAXMARK_COMPARE_PRECISION_H
#define DAXMARK_COMPARE_PRECISION_H

#include <stddef.h>

/*
 * From simulation: below so many, no rule held its nominal error rate. See
 * docs/statistics.md.
 */
#define PAIRS_MIN 5

/* More is "not this way": no machine boots so often. */
#define PAIRS_MAX 100000

/* What makes the log ratio of one pair of boots vary: standard deviations. */
struct pair_spread {
	double total;  /* as it was seen over the pairs */
	double within; /* the part that the operations of the two boots account for */
};

/* NAN in either, for what is not known, gives NAN in whatever it is needed for. */

/*
 * Of variances: what is left of the total when that within boots is taken out,
 * sqrt(total^2 - within^2), at least 0. That between boots, which no number of
 * operations makes smaller.
 */
double spread_between(const struct pair_spread *spread);

/*
 * That of a pair whose boots measure factor times as many operations: the
 * variance of a quantile falls with their number (Mosteller, Annals of
 * Mathematical Statistics 17, 1946).
 */
double spread_with(const struct pair_spread *spread, double factor);

/* Half the width of the 95% interval for the mean of n log ratios; NAN of fewer than two. */
double interval_half(double deviation, size_t n);

/*
 * The smallest n >= PAIRS_MIN with interval_half(deviation, n) <= half, where
 * half > 0; 0 where that is more than PAIRS_MAX. As the deviation is itself an
 * estimate, an interval comes out wider than wanted about every other time.
 */
size_t pairs_needed(double deviation, double half);

/*
 * How many times as many operations make the variance within boots a tenth of
 * that between them: what more would bring is not worth its time. At least 1;
 * INFINITY where boots do not differ by more than their operations.
 */
double operations_worth(const struct pair_spread *spread);

#endif
