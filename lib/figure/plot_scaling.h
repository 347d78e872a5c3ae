/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What several threads at once reached, of one side; plots/scaling.gp draws it. */
#ifndef DAXMARK_FIGURE_PLOT_SCALING_H
#define DAXMARK_FIGURE_PLOT_SCALING_H

#include "figure/plot.h"

/*
 * Fills *plot with one benchmark, data is empty where it was not measured by
 * several threads; plot_free() it. A panel and a block of data an arm and
 * target. Columns: threads, operations a second on one file, the same on a file
 * each, both "nan" where not measured. Of each panel there are two titles, the arm
 * and its efficiency with the most threads.
 * 0 or -ENOMEM.
 */
int plot_scaling(struct plot *plot, const struct comparison *comparison, const char *bench);

#endif
