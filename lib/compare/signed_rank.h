/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAXMARK_COMPARE_SIGNED_RANK_H
#define DAXMARK_COMPARE_SIGNED_RANK_H

#include <stddef.h>

/* Up to so many differences the distribution is enumerated, as R does. */
#define SIGNED_RANK_EXACT 50

/*
 * Wilcoxon's signed-rank test (Biometrics Bulletin 1, 1945): *p is the
 * two-sided p-value of n differences being symmetric about 0.
 *
 * Zeros are left out; equal sizes share the mean of their ranks. Up to
 * SIGNED_RANK_EXACT differences *p is exact: twice the smaller tail of the
 * distribution over all signs with these ranks, ties included. Above, it is
 * the normal approximation with the correction for ties (Lehmann,
 * Nonparametrics, 1975, appendix) and for continuity, as in R's
 * wilcox.test(exact = FALSE). 1 where every difference is 0.
 * 0, or -ENOMEM.
 */
int signed_rank_test(const double *difference, size_t n, double *p);

#endif
