/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Figures of more than two sides in a row. */
#ifndef DAXMARK_FIGURE_FIGURES_STEPS_H
#define DAXMARK_FIGURE_FIGURES_STEPS_H

#include "compare/comparison.h"
#include "figure/gnuplot.h"
#include "figure/plot_arms.h"

/*
 * Draws what each benchmark costs on each side, of the named arms alone if there are
 * names. Prints what went wrong.
 */
enum status figures_draw_steps(const struct gnuplot *gnuplot, const struct comparison *comparison,
			       struct plot_arms arms);

#endif
