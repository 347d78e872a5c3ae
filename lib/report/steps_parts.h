/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parts of the reports on several sides. */
#ifndef DAXMARK_REPORT_STEPS_PARTS_H
#define DAXMARK_REPORT_STEPS_PARTS_H

#include "base/grid.h"
#include "base/text.h"
#include "compare/steps.h"
#include "report/labels.h"

/*
 * Whether columns are headed by the places of the sides in the row: there are
 * too many, or their labels are too long or not distinct.
 */
bool steps_numbered(const struct steps *steps);

/* What heads the column of side i; buffer has LABEL_SIZE bytes. */
const char *steps_heading(const struct steps *steps, size_t i, char *buffer);

/* A side in a sentence: "with", or number 2 "with" where others have its label. buffer has 2 *
 * LABEL_SIZE bytes. */
const char *steps_quoted(const struct steps *steps, size_t i, char *buffer);

/* The sentences of a mail: the last side against the first, and who brought it. */
void steps_summary(struct text *text, size_t width, const struct steps *steps);

/* One entry a step: what it changed. */
void steps_list(struct text *text, size_t width, const struct steps *steps);

/* Tables of costs: of all metrics, or of those that changed at some step. */
void steps_all_costs(struct text *text, size_t width, const struct steps *steps);
void steps_changed_costs(struct text *text, size_t width, const struct steps *steps);

/*
 * The checks that are not kept on every side, a column a side; unless full,
 * only for the ends and where something changed when the sides are many.
 */
void steps_checks(struct text *text, size_t width, const struct steps *steps, bool full);

/* So many sides have a column each in a mail. */
#define STEPS_SHOWN_WHOLE 5

/* What was skipped everywhere, then what only some sides lack. */
void steps_left_out(struct text *text, size_t width, const struct steps *steps);

/* How it was measured, each thing once. */
void steps_facts(struct text *text, size_t width, const struct steps *steps);

/*
 * A table with a column for each of some sides. Where they are too many for the
 * width it becomes several, one below the other; fill() makes the rows for
 * cols[0] to cols[n - 1], is_last when these end with the last of them.
 */
struct steps_columns {
	const struct steps *steps;
	const size_t *cols; /* sides */
	size_t n;
	bool is_last;
};

void steps_blocks(struct text *text, size_t width, const struct steps_columns *all,
		  void (*fill)(struct grid *grid, const struct steps_columns *columns,
			       const void *user),
		  const void *user);

#endif
