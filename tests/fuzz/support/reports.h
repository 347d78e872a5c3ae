/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every report there is, looked at. */
#ifndef DAXMARK_TESTS_FUZZ_REPORTS_H
#define DAXMARK_TESTS_FUZZ_REPORTS_H

#include "compare/comparison.h"

/* Of one side: what daxmark show and plot make of one file. */
void reports_of_one(const struct comparison *comparison);

/* Of two: compare in each format, size, and the data of each figure. */
void reports_of_two(const struct comparison *comparison);

/* Of more than two. */
void reports_of_series(const struct comparison *comparison);

#endif
