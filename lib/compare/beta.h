/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The incomplete beta function, which Student's t and the binomial come from. */
#ifndef DAXMARK_COMPARE_BETA_H
#define DAXMARK_COMPARE_BETA_H

/*
 * Gamma(n + 1) / (Gamma(k + 1) Gamma(n - k + 1)) p^k q^(n - k) for real
 * 0 <= k <= n, n > 0, and q = 1 - p: with whole k and n the probability of k
 * successes in n trials. By C. Loader, "Fast and Accurate Computation of Binomial
 * Probabilities", 2000, which keeps its digits for millions of trials.
 */
double beta_binomial_term(double k, double n, double p, double q);

/*
 * I_x(a, b), the regularized incomplete beta function, for a, b > 0 and
 * 0 <= x <= 1. y is 1 - x, given apart because the caller often knows it with
 * more digits. The continued fraction of DLMF 8.17.22 (dlmf.nist.gov/8.17),
 * evaluated by Lentz's method. Relative error below 1e-10.
 */
double beta_incomplete(double a, double b, double x, double y);

#endif
