/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One dot a boot and side, joined by pair: what a verdict was made from, and
 * whether the machine drifted or a boot stands apart. plots/boots.gp draws it.
 */
#ifndef DAXMARK_FIGURE_PLOT_BOOTS_H
#define DAXMARK_FIGURE_PLOT_BOOTS_H

#include "figure/plot.h"
#include "figure/plot_arms.h"

/*
 * Fills *plot with costs of one benchmark; plot_free() it. Those of the arms
 * that a user asked for, which may be none and leaves data empty; else those
 * that changed, or where there are few of them others, the largest changes
 * first.
 *
 * A panel and a block of data a cost. Columns: place, median of the base's
 * boot, place, median of the other boot of the pair, the pair's name. Timed
 * boots have their places in the order in which they were made where that is
 * known; else both of a pair have the same one. Of each panel there are two
 * titles, its cost and the change; extra names the places.
 * 0 or -ENOMEM.
 */
int plot_boots(struct plot *plot, const struct comparison *comparison, const char *bench,
	       struct plot_arms arms);

#endif
