/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The rows of a forest plot, group by group. */
#ifndef DAXMARK_FIGURE_PLOT_CHANGE_ROWS_H
#define DAXMARK_FIGURE_PLOT_CHANGE_ROWS_H

#include <stdbool.h>

#include "base/text.h"
#include "compare/comparison.h"

/* What is beyond so many percent stands at the edge, its number beside it. */
#define EDGE_PCT 1000

/* Adds the data of plot_change() about what is shown. */
void plot_change_rows(struct text *data, const struct comparison *comparison, const char *bench,
		      const bool *shown);

#endif
