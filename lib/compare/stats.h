/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Figures of a few numbers, one a boot. None of them may be negative, if not said otherwise. */
#ifndef DAXMARK_COMPARE_STATS_H
#define DAXMARK_COMPARE_STATS_H

#include <stddef.h>

/*
 * The middle of n > 0 numbers, the mean of the two middle ones when n is
 * even. Sorts values.
 */
double stats_median(double *values, size_t n);

/*
 * By how many percent other is more than base: (other / base - 1) * 100.
 * 0 when both are 0; INFINITY when only base is 0, as nothing is a percentage
 * of 0.
 */
double stats_change_pct(double base, double other);

/*
 * (largest - smallest) / median * 100 of n > 0 numbers: how far boots of one
 * side lie apart, in percent. 0 when all are equal, also when all are 0;
 * INFINITY when they differ around a median of 0. Sorts values.
 */
double stats_spread_pct(double *values, size_t n);

/*
 * The mean of n > 0 numbers, which here may be negative; *deviation becomes
 * their standard deviation, with n - 1 as the divisor, and 0 when n is 1.
 * Numbers that are equal but for their last digits have a deviation of 0.
 */
double stats_mean(const double *values, size_t n, double *deviation);

#endif
