/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How the single operations of one arm are distributed; plots/operations.gp
 * draws it.
 */
#ifndef DAXMARK_FIGURE_PLOT_OPERATIONS_H
#define DAXMARK_FIGURE_PLOT_OPERATIONS_H

#include "figure/plot.h"

/*
 * Fills *plot with one arm and cost on all targets that have it, all boots of
 * a side together; plot_free() it. A panel and two blocks of data a target, base
 * and new. Columns: the lowest value x of a bucket, the share of operations in
 * it or below, the share in it or above.
 * 0 or -ENOMEM.
 */
int plot_operations(struct plot *plot, const struct comparison *comparison,
		    const struct cost *like);

#endif
