/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which figures there are of a comparison. */
#ifndef DAXMARK_FIGURE_FIGURES_H
#define DAXMARK_FIGURE_FIGURES_H

#include "figure/gnuplot.h"
#include "figure/plot_arms.h"

/* Makes it a name of files that will do anywhere: "-" stands for other characters. */
void figures_plain(char *name);

/* STATUS_USAGE, and says so, when there is no such arm. */
enum status figures_check(const struct comparison *comparison, struct plot_arms arms);

/* Draws them all, those of single arms for arms; prints what went wrong. */
enum status figures_draw(const struct gnuplot *gnuplot, const struct comparison *comparison,
			 struct plot_arms arms);

/* STATUS_USAGE, and says so, when a side was not measured by several threads. */
enum status figures_check_one(const struct comparison *comparison);

/* Draws what several threads at once reached on one side; prints what went wrong. */
enum status figures_draw_one(const struct gnuplot *gnuplot, const struct comparison *comparison);

#endif
