/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which costs of a group, [start, end), a mail has room for. */
#ifndef DAXMARK_REPORT_COST_SELECTION_H
#define DAXMARK_REPORT_COST_SELECTION_H

#include <stdbool.h>

#include "compare/comparison.h"

/* How much a cost changed at the step that changed it most, in percent without a sign; 0: not at
 * all. */
double change_size(const struct comparison *comparison, size_t cost);

/*
 * Whether that is 1% or more. Less is a few instructions on a path that nobody changed: told,
 * but at the end.
 */
bool change_is_large(const struct comparison *comparison, size_t cost);

/* How many of the group changed that much. */
size_t selection_count(const struct comparison *c, size_t start, size_t end);

/*
 * An earlier group of the same benchmark and access, and of so many changes
 * that it is cut, where the same arms changed in the same direction: its file
 * system, else NULL.
 */
const char *selection_like(const struct comparison *c, size_t start, size_t end);

/*
 * Whether a cost has a row of its own. A small group is shown whole, a larger
 * one by its large changes, or the largest of them in either direction; none of
 * it is shown where selection_like() finds a group to point to.
 */
bool selection_has(const struct comparison *c, size_t start, size_t end, size_t cost);

#endif
