/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A comparison in the shape of mmtests' compare-kernels: a column a kernel, a
 * row a cost, beside each value the change against the first column with
 * mmtests' sign: positive is better. Of a series below that what each step changed.
 */
#ifndef DAXMARK_REPORT_MMTESTS_H
#define DAXMARK_REPORT_MMTESTS_H

#include "base/text.h"
#include "compare/comparison.h"

#define MMTESTS_WIDTH 100

void report_mmtests(struct text *text, const struct comparison *comparison);

#endif
