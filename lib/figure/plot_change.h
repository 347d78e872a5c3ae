/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The forest plot: how much each cost changed, with its interval, grouped by
 * benchmark and target. plots/change.gp draws it.
 */
#ifndef DAXMARK_FIGURE_PLOT_CHANGE_H
#define DAXMARK_FIGURE_PLOT_CHANGE_H

#include "figure/plot.h"

/*
 * Fills *plot with the costs of one benchmark, or of all (bench is NULL);
 * plot_free() it. Those of one benchmark are all shown unless they are more than
 * a reader can take in. Of more, and of all benchmarks together, only those that
 * changed or are inconclusive, the largest of them; where there is none, the
 * largest change of each group.
 *
 * A block of data a column of the figure. Columns: place from the top in rows,
 * then of a group
 *   "head", its name, and in words what it has but is not shown
 * and of a cost
 *   its verdict, name, the change in words, the change and the ends of its
 *   interval in percent
 * panels are the legend: "worse 3" and so on in the order of the verdicts, then
 * what is no change; extra is the least and the largest percentage of the axis
 * and, once more, what is no change.
 * 0 or -ENOMEM.
 */
int plot_change(struct plot *plot, const struct comparison *comparison, const char *bench);

#endif
