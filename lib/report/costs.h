/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tables of costs. */
#ifndef DAXMARK_REPORT_COSTS_H
#define DAXMARK_REPORT_COSTS_H

#include "base/text.h"
#include "compare/comparison.h"

/*
 * For a mail: what changed, of two sides with its controls, the first write before all else;
 * and how much did not change.
 */
void report_costs(struct text *text, size_t width, const struct comparison *comparison);

/* For a terminal: all of them, in the order of the records. */
void report_all_costs(struct text *text, size_t width, const struct comparison *comparison);

#endif
