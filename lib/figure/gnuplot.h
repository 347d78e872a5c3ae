/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Running the scripts in plots/. All functions print what went wrong. */
#ifndef DAXMARK_FIGURE_GNUPLOT_H
#define DAXMARK_FIGURE_GNUPLOT_H

#include <limits.h>

#include "base/complain.h"
#include "base/text.h"

struct gnuplot {
	const char *output;	/* where the figures go */
	char scripts[PATH_MAX]; /* where the scripts are */
	char drawing[PATH_MAX]; /* a folder inside output, until all are whole */
};

/* Finds the scripts alone. */
enum status gnuplot_find(struct gnuplot *gnuplot);

/*
 * Finds the scripts and makes the folders. The scripts are in
 * $DAXMARK_DATADIR/plots, else ../plots from this program, else where they
 * were installed.
 */
enum status gnuplot_begin(struct gnuplot *gnuplot, const char *output);

/*
 * Draws name.svg and name.png from data, which is kept as name.tsv. A script
 * gets as ARG1 the data, as ARG2 the output without what follows the dot, then
 * words (NULL-terminated, at most 7).
 */
enum status gnuplot_draw(const struct gnuplot *gnuplot, const char *script, const char *name,
			 const struct text *data, const char *const *words);

/*
 * Draws many figures in few runs of a script, which gets as ARG1 a list of them, a
 * line a figure, and as ARG2 the folder: in gnuplot->drawing lies what they are drawn from (.tsv).
 */
enum status gnuplot_draw_all(const struct gnuplot *gnuplot, const char *script,
			     const struct text *list);

/* Removes all that is named .tsv, where figures are not to be kept with their data. */
void gnuplot_drop_data(const struct gnuplot *gnuplot);

/* Moves the figures to their place when status is STATUS_DONE, else drops them. */
enum status gnuplot_end(struct gnuplot *gnuplot, enum status status);

#endif
