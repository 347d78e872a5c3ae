/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which figure of its single operations a cost is judged and reported by.
 *
 * The median, as one slow operation does not move it, unless it is the figure of
 * one kind of operation alone. The mean leads instead where on any side, in more
 * than half of its boots,
 *   - operations took page faults, but fewer than one each: one fault brings in
 *     several pages, and the operation of a page that is there already costs next to
 *     nothing. Then the work a page is what compares. Fewer than one fault in 512
 *     operations are strays, for no fault brings in more than 512 pages of 4 KiB
 *   - or the middle of the operations lies between two kinds: rank 60% is half as
 *     much again as rank 40%, or more.
 * It is decided once for a cost over all sides that are compared, so that every
 * side shows the same figure.
 */
#ifndef DAXMARK_COMPARE_FIGURE_H
#define DAXMARK_COMPARE_FIGURE_H

#include "record/side.h"

enum figure {
	FIGURE_MEDIAN,
	FIGURE_MEAN,
};

/* "median" or "mean". */
const char *figure_name(enum figure figure);

/* A cost that the mean leads, by the sample of a boot; and why, in words. */
struct figure_led {
	const struct side_sample *like;
	const char *why;
};

/* The costs of some sides that the mean leads. */
struct figures {
	struct figure_led *list;
	size_t n;
};

/* Finds these; samples belong to the sides. 0, or -ENOMEM; figures_free() after either. */
int figures_find(const struct side *const *sides, size_t n, struct figures *figures);
void figures_free(struct figures *figures);

/* That of this cost; *why is "" for the median. */
enum figure figures_of(const struct figures *figures, const struct cost_name *name,
		       const char **why);

#endif
