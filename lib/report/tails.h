/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tails of costs, their p99s, where one is proved to have changed. Else nothing. */
#ifndef DAXMARK_REPORT_TAILS_H
#define DAXMARK_REPORT_TAILS_H

#include "base/text.h"
#include "compare/span.h"

/* " Tails (p99): 1 worse, a first write to a hole on ext4 DAX (900 to 1168 ns, +29.8%)." */
void tails_sentence(struct text *text, struct span span);

/* "p99: 1 worse (+29.8%), 2 better (-3.0% to -5.0%)", after "; " where something stands before. */
void tails_counts(struct text *text, struct span span);

/* Whether a step changed the p99 of a cost. */
bool tails_any_step(const struct comparison *comparison, size_t cost);

/*
 * Of two sides a line each, the largest changes first, at most so many of them. Of a series
 * a column a side, of the costs of which a step changed the p99.
 */
void tails_table(struct text *text, size_t width, const struct comparison *comparison, size_t most);

#endif
