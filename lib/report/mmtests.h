/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A comparison in the shape of mmtests' compare-kernels: a column a kernel, a
 * row a metric, beside each value the change against the first column with
 * mmtests' sign: positive is better.
 */
#ifndef DAXMARK_REPORT_MMTESTS_H
#define DAXMARK_REPORT_MMTESTS_H

#include <stdbool.h>

#include "base/grid.h"
#include "base/text.h"
#include "compare/compare.h"

#define MMTESTS_WIDTH 100

void report_mmtests(struct text *text, const struct comparison *comparison);

/* Parts of that. What the figures are. */
void mmtests_legend(struct text *text, const struct comparison *comparison);

/* Begins the row of a metric of the group [start, end), with its name in column 0. */
void mmtests_name(struct grid *grid, const struct comparison *c, size_t start, size_t end,
		  size_t metric);

/* The same for the row of its p99. */
void mmtests_tail_name(struct grid *grid, const struct comparison *c, size_t start, size_t end,
		       size_t metric);

/*
 * "3586.00 *-260.76%*" in the last row: value, and beside it the change, in stars
 * where it is proved, else in brackets. change is NULL in the column of what all
 * others are compared with.
 */
void mmtests_value(struct grid *grid, size_t column, double value, const struct judgement *change,
		   bool higher_is_better);

#endif
