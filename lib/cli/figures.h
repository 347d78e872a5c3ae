/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which figures there are of a comparison. */
#ifndef DAXMARK_CLI_FIGURES_H
#define DAXMARK_CLI_FIGURES_H

#include "cli/gnuplot.h"

/* Draws them all; prints what went wrong. */
enum status figures_draw(const struct gnuplot *gnuplot, const struct comparison *comparison);

#endif
