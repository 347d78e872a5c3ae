/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Figures with a column a side, and below each what its step changed. */
#ifndef DAXMARK_REPORT_STEPS_COST_TABLE_H
#define DAXMARK_REPORT_STEPS_COST_TABLE_H

#include "report/steps_parts.h"

/* Some metrics of the group [start, end) of steps->all. */
struct cost_part {
	const struct steps *steps;
	size_t start, end;
	const bool *shown; /* of each metric */
	bool full;	   /* for a terminal: each comparison in words */
};

void cost_table(struct text *text, size_t width, const struct cost_part *part);

/* Whether nothing is to be said of a metric but that it stayed the same. */
bool cost_stayed(const struct steps *steps, size_t metric);

/* Its change at the step that changed it most, in either direction; NULL when none did. */
const struct metric_change *cost_largest(const struct steps *steps, size_t metric);

#endif
