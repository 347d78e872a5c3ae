/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The distributions of R, by libRmath, which takes nothing else of R. */
#ifndef DAXMARK_COMPARE_RMATH_H
#define DAXMARK_COMPARE_RMATH_H

/* Without this the header renames all functions to those of R's own library. */
#define MATHLIB_STANDALONE
#include <Rmath.h>

/* The last two arguments of each function: which tail, and whether of logarithms. */
enum { UPPER_TAIL, LOWER_TAIL };
enum { NOT_LOG };

#endif
