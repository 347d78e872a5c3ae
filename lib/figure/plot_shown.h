/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which costs a figure has room for: shown[i] says it of cost i of a
 * comparison.
 */
#ifndef DAXMARK_FIGURE_PLOT_SHOWN_H
#define DAXMARK_FIGURE_PLOT_SHOWN_H

#include <stdbool.h>

#include "base/text.h"
#include "compare/comparison.h"

/*
 * Shows those of one benchmark (NULL: of all), and of them those that are the
 * same only if so told. Returns how many.
 */
size_t shown_choose(const struct comparison *c, const char *bench, bool same_too, bool *shown);

/*
 * Leaves of those in [start, end) at most so many: what changed before what did
 * not, the larger change before the smaller.
 */
void shown_limit(const struct comparison *c, size_t start, size_t end, size_t most, bool *shown);

/*
 * Adds before and "1 worse, 12 same", what is not shown of the benchmark (NULL:
 * of any) in [start, end); nothing when all is.
 */
void shown_rest(struct text *text, const char *before, const struct comparison *c,
		const char *bench, size_t start, size_t end, const bool *shown);

#endif
