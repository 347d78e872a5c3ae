/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What each arm of a benchmark costs on both sides; plots/cost.gp draws it. */
#ifndef DAXMARK_FIGURE_PLOT_COST_H
#define DAXMARK_FIGURE_PLOT_COST_H

#include "figure/plot.h"

/*
 * Fills *plot; plot_free() it. A panel and a block of data a target. Columns:
 * row in the block from 1, arm (and metric where there are several), base, new,
 * words for both and the change, verdict.
 */
void plot_cost(struct plot *plot, const struct comparison *comparison, const char *bench);

#endif
