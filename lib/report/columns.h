/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What reports call the sides of a comparison, and tables with a column a side. */
#ifndef DAXMARK_REPORT_COLUMNS_H
#define DAXMARK_REPORT_COLUMNS_H

#include "base/grid.h"
#include "base/text.h"
#include "report/labels.h"

/* The places of side i and of failed side k in the series as it was given, from 0. */
size_t side_place(const struct comparison *comparison, size_t i);
size_t failed_place(const struct comparison *comparison, size_t k);

/*
 * Whether the columns of a series are headed by the places of the sides: there are
 * too many, or their labels are too long or not distinct.
 */
bool sides_numbered(const struct comparison *comparison);

/* What heads the column of side i: "" of one side, see label_sides() of two. buffer has LABEL_SIZE
 * bytes. */
const char *side_heading(const struct comparison *comparison, size_t i, char *buffer);

#define QUOTED_SIZE 256

/*
 * A side in a sentence: "with", or number 2 "with" where others have its label. buffer has
 * QUOTED_SIZE bytes.
 */
const char *side_quoted(const struct comparison *comparison, size_t i, char *buffer);

/* So many sides have a column each in a mail. */
#define SIDES_SHOWN_WHOLE 5

/* Some sides of a comparison. */
struct columns {
	const struct comparison *of;
	size_t cols[SIDES_MAX];
	size_t n;
	bool is_last; /* they end with the last that there is */
};

/* All of them. */
struct columns columns_all(const struct comparison *comparison);

/* The headings, from column 1 of the last row on. */
void columns_headings(struct grid *grid, const struct columns *columns);

/*
 * A table with a column each. Where they are too many for the width it becomes several, one
 * below the other; fill() makes the rows for those in its columns.
 */
void columns_print(struct text *text, size_t width, const struct columns *all,
		   void (*fill)(struct grid *grid, const struct columns *columns, const void *user),
		   const void *user);

#endif
