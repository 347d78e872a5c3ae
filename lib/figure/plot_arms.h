/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which arms have figures of their own. */
#ifndef DAXMARK_FIGURE_PLOT_ARMS_H
#define DAXMARK_FIGURE_PLOT_ARMS_H

#include <stdbool.h>

#include "base/text.h"
#include "compare/comparison.h"

/* Those that a user asked for; none: those that are worth a look. */
struct plot_arms {
	const char *const *names;
	size_t n;
};

/* Whether name means the arm of a cost: "idle", "freeze idle", "freeze idle thaw". */
bool plot_arm_is(const struct cost *cost, const char *name);

/*
 * Puts one cost (its index) for each arm that is to have a figure into list,
 * which has room for all of the comparison, and returns how many. Of those that are
 * worth a look: in each benchmark the one that became the most worse and the one
 * that became the most better, the write fault in place of another first write;
 * the write fault in any case; and where that gives none, the first on a target.
 */
size_t plot_arms_choose(const struct comparison *comparison, struct plot_arms arms, size_t *list);

/* Adds the names of all arms, "cold, read-then-write, ...". */
void plot_arms_list(struct text *text, const struct comparison *comparison);

#endif
