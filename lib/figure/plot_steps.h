/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a cost is on each side of a series; plots/steps.gp draws it. */
#ifndef DAXMARK_FIGURE_PLOT_STEPS_H
#define DAXMARK_FIGURE_PLOT_STEPS_H

#include "compare/comparison.h"
#include "figure/plot.h"
#include "figure/plot_arms.h"

/* What the script takes beside the plot: lists as plot_panel() makes them. */
struct plot_steps {
	struct plot plot;
	struct text targets; /* a line each, in the order of the blocks */
	struct text sides;
	struct text caption;
};

/*
 * Fills *s with one benchmark, of which only the named arms if there are names;
 * plot.data is empty where there is nothing to draw. plot_steps_free() it.
 *
 * plot.extra is "LOW HIGH STYLE...": the axis, and for each target 1 plus 1 where it is
 * not DAX plus 2 for each file system before its own. The data are a block a panel, in it
 * a part a target, apart by an empty line: number of the side from 1, cost, NAN where the
 * side has none; then a block a panel of words beside the last points: height, words,
 * number of the target; then one of the sides: number, label.
 */
void plot_steps(struct plot_steps *s, const struct comparison *comparison, const char *bench,
		struct plot_arms arms);

/* 0 or -ENOMEM, for all of its texts. */
int plot_steps_error(const struct plot_steps *s);

void plot_steps_free(struct plot_steps *s);

#endif
