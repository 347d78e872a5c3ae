/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which figures there are of a comparison. */
#ifndef DAXMARK_FIGURE_FIGURES_H
#define DAXMARK_FIGURE_FIGURES_H

#include "figure/gnuplot.h"
#include "figure/plot_arms.h"

/* STATUS_USAGE, and says so, when there is no such arm, or one side has no figure. */
enum status figures_check(const struct comparison *comparison, struct plot_arms arms);

/*
 * Draws them all: of one side what several threads at once reached; of two those of single
 * arms for arms, too; of a series what each benchmark costs on each side, of these arms alone
 * if there are any. Prints what went wrong.
 */
enum status figures_draw(const struct gnuplot *gnuplot, const struct comparison *comparison,
			 struct plot_arms arms);

#endif
