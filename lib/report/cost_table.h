/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Figures of a series with a column a side, and below each what its step changed. */
#ifndef DAXMARK_REPORT_COST_TABLE_H
#define DAXMARK_REPORT_COST_TABLE_H

#include "base/text.h"
#include "compare/comparison.h"

/* Costs of the group [start, end). */
struct cost_part {
	const struct comparison *c;
	size_t start, end;
	bool full; /* for a terminal: all of them, each comparison in words */
};

void cost_table(struct text *text, size_t width, const struct cost_part *part);

#endif
