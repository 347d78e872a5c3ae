/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAXMARK_COMPARE_HOLM_H
#define DAXMARK_COMPARE_HOLM_H

#include <stddef.h>

/*
 * The p-values of n tests, each raised so that rejecting those of at most alpha
 * rejects one true hypothesis or more with probability alpha at most, whatever
 * the tests have to do with each other. The i-th smallest of m becomes
 * the largest of (m - j + 1) p_j for j <= i, at most 1: S. Holm, A Simple
 * Sequentially Rejective Multiple Test Procedure, Scand. J. Statist. 6, 1979.
 * A NAN is no test: it stays and does not count. 0 or -ENOMEM.
 */
int holm_adjust(const double *p, size_t n, double *adjusted);

#endif
