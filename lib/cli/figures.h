/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which figures there are of a comparison. */
#ifndef DAXMARK_CLI_FIGURES_H
#define DAXMARK_CLI_FIGURES_H

#include "cli/gnuplot.h"
#include "report/plot_arms.h"

/* STATUS_USAGE, and says so, when there is no such arm. */
enum status figures_check(const struct comparison *comparison, struct plot_arms arms);

/* Draws them all, those of single arms for arms; prints what went wrong. */
enum status figures_draw(const struct gnuplot *gnuplot, const struct comparison *comparison,
			 struct plot_arms arms);

#endif
