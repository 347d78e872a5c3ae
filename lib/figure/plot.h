/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What gnuplot draws a figure from. plots/ holds the scripts; data is
 * tab-separated, its blocks are two empty lines apart (gnuplot's index).
 */
#ifndef DAXMARK_FIGURE_PLOT_H
#define DAXMARK_FIGURE_PLOT_H

#include "base/text.h"
#include "compare/comparison.h"

struct plot {
	const char *unit; /* of a cost, as label_unit() has it */
	struct text data;
	struct text title;
	struct text panels; /* their titles, added by plot_panel() */
	struct text extra;  /* what one script alone takes */
	struct text note;   /* the first line of the caption */
};

void plot_free(struct plot *plot);

/* 0 or -ENOMEM, for all of its texts. */
int plot_error(const struct plot *plot);

/*
 * Adds a name from a result file as gnuplot can take it, in a cell or between
 * double quotes, which end a string there as a backslash begins something
 * else: these become ' and /. What is too long for a figure ends in "...".
 */
void plot_word(struct text *text, const char *word);

/* Adds a title in double quotes, apart from those there are: gnuplot's word(). */
void plot_panel(struct text *panels, const char *title);

/* Ends a block of data if one was begun. */
void plot_block(struct text *data);

/* The arm, with the metric where one arm has several. */
void plot_arm(struct text *text, const struct cost *metric, bool one_metric);

/*
 * Adds to a note which costs of the benchmark (NULL: of any) have means for figures, a
 * sentence after others; nothing where none has.
 */
void plot_means(struct text *note, const struct comparison *comparison, const char *bench);

/* "cold, ext4 DAX" as a title of a panel: arm is the cost's, named as the figure needs it. */
void plot_arm_panel(struct text *panels, const struct cost *cost, const char *arm);

/* "ext4 DAX", as a title of a panel. */
void plot_target(struct text *panels, const struct cost *cost);

/* "24 to 6144": operations of an arm and side, of one benchmark or of all (NULL). */
void plot_operations_range(struct text *text, const struct comparison *comparison,
			   const char *bench);

/* The note, then kernels, boots, machine and the meaning of the unit, in short lines. */
void plot_caption(struct text *text, const struct plot *plot, const struct comparison *comparison);

/* Parts of it: a side's kernel; boots, machine and the meaning of the unit. */
void plot_caption_kernel(struct text *text, const struct side *side, const char *label);
void plot_caption_machine(struct text *text, const struct comparison *comparison);

#endif
