/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rows of the cost and the semantics tables, as all text reports show them. */
#ifndef DAXMARK_REPORT_ROWS_H
#define DAXMARK_REPORT_ROWS_H

#include "base/grid.h"
#include "report/groups.h"
#include "report/labels.h"

/*
 * "First write to a 4 KiB page (ext4, DAX), guest instructions"; the figures
 * of one side have a unit each where they are times, and say what they are of.
 */
void rows_title(struct text *text, size_t width, const struct comparison *c, size_t start);

/* Adds "First words: the rest." as lines, if there is a rest; frees it. */
void rows_remark(struct text *text, size_t width, const char *first, struct text *rest);

/* The line of headings: how many operations are behind each figure of a group. */
void rows_operations(struct grid *grid, const struct comparison *c, size_t start, size_t end);

/* The same where sides are judged: of times how many pairs of boots, and operations of one. */
void rows_judged(struct grid *grid, const struct comparison *c, size_t start, size_t end);

/* The line of one cost of the group [start, end), with its name. */
void rows_name(struct grid *grid, const struct comparison *c, size_t start, size_t end,
	       size_t cost);

/* The columns of what rows_headings() and rows_figures() fill: name, figures, verdict. */
#define ROWS_ALIGN "lrrrrrl"

/* The headings of columns 1 on, in the last row. */
void rows_headings(struct grid *grid, const struct comparison *c);

/*
 * An empty table for the costs of a group, with its line of headings.
 */
void rows_begin(struct grid *grid, const struct comparison *c, size_t start, size_t end);

/*
 * Of a count the range of its change over the seeds, "" where that is nil or the
 * verdict is that there is none; of a time the 95% interval. buffer has LABEL_SIZE bytes.
 */
const char *rows_range(const struct comparison *c, const struct judgement *j, char *buffer);

/*
 * Columns 1 on of the last row: base, new, change and verdict; of counts the
 * spread over the seeds of a side and the range of the change over them, where
 * they are not nil; of times the 95% interval.
 */
void rows_figures(struct grid *grid, const struct comparison *c, const struct cost *m);

/* One cost of the group [start, end). */
void rows_cost(struct grid *grid, const struct comparison *c, size_t start, size_t end,
	       size_t cost);

/*
 * For a group of first writes with DAX, a line that says what the write fault
 * costs through the page cache.
 */
void rows_page_cache(struct text *text, size_t width, const struct comparison *c, size_t start,
		     size_t end);

/*
 * Lines that say where the sides, or DAX and the page cache, take a different
 * number of page faults for the same arm: their costs an operation then do not
 * compare as they stand.
 */
void rows_faults(struct text *text, size_t width, const struct comparison *c, size_t start,
		 size_t end);

#endif
