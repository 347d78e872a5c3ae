/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a cost does as a file comes into the page cache in another way; plots/fill.gp draws it. */
#ifndef DAXMARK_FIGURE_PLOT_FILL_H
#define DAXMARK_FIGURE_PLOT_FILL_H

#include "figure/plot.h"

/*
 * Fills *plot with one benchmark, data is empty where its files were filled in one
 * way alone; plot_free() it. A panel and a block of data an arm and target: sizes of a
 * write call first, by size, an empty line, then the other ways. Columns: place, words
 * of the way with the size of the folios, the mean costs of both sides.
 * 0 or -ENOMEM.
 */
int plot_fill(struct plot *plot, const struct comparison *comparison, const char *bench);

#endif
