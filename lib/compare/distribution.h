/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The distributions that intervals and tests are read from. Each is checked
 * against GSL in tests/unit/test_distribution.c, to 1e-9.
 */
#ifndef DAXMARK_COMPARE_DISTRIBUTION_H
#define DAXMARK_COMPARE_DISTRIBUTION_H

#include <stdint.h>

/* P(Z <= x) of the standard normal distribution: erfc(-x / sqrt 2) / 2. */
double normal_cdf(double x);

/*
 * The x with normal_cdf(x) = p. Starts at formula 26.2.23 of Abramowitz and
 * Stegun (Handbook of Mathematical Functions, 1964), then takes steps of Halley's
 * method. -INFINITY at 0, INFINITY at 1, NAN outside of them.
 */
double normal_quantile(double p);

/*
 * P(T > t) of Student's t with df > 0 degrees of freedom, which may be a
 * fraction: I_x(df / 2, 1 / 2) / 2 with x = df / (df + t^2), Abramowitz and
 * Stegun 26.7.1. Small probabilities keep their digits.
 */
double student_upper(double t, double df);

/* P(T <= t). */
double student_cdf(double t, double df);

/* The t with student_cdf(t, df) = p, by Newton's method within a bracket. */
double student_quantile(double p, double df);

/*
 * P(K <= k) of k successes in n > 0 trials of probability p each:
 * I_{1-p}(n - k, k + 1), Abramowitz and Stegun 26.5.24.
 */
double binomial_cdf(int64_t k, int64_t n, double p);

#endif
