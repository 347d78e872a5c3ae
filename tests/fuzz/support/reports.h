/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every report there is, looked at. */
#ifndef DAXMARK_TESTS_FUZZ_REPORTS_H
#define DAXMARK_TESTS_FUZZ_REPORTS_H

#include "compare/compare.h"
#include "compare/steps.h"

/* Of a side with itself: what daxmark show, size and plot make of one file. */
void reports_of_one(const struct comparison *comparison);

/* Of two: compare in each format, and the data of each figure. */
void reports_of_two(const struct comparison *comparison);

/* Of a row of them. */
void reports_of_steps(const struct steps *steps);

#endif
