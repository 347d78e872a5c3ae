/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What gnuplot draws: tab-separated numbers, one block a target, the blocks
 * two empty lines apart (gnuplot's index). plots/ holds the scripts.
 */
#ifndef DAXMARK_REPORT_PLOTDATA_H
#define DAXMARK_REPORT_PLOTDATA_H

#include "report/text.h"
#include "verdict/compare.h"

/*
 * Adds a name from a result file as gnuplot can take it, in a cell or between
 * double quotes, which end a string there as a backslash begins something
 * else: these become ' and /. What is too long for a figure ends in "...".
 */
void plotdata_word(struct text *text, const char *word);

/* Adds a word in double quotes, apart from what is there: gnuplot's word(). */
void plotdata_title(struct text *titles, const char *word);

/*
 * The costs of one benchmark. Columns: row in the block from 1, arm (and
 * metric where there are several), base, new, words for both and the change,
 * verdict.
 */
void plotdata_cost(struct text *text, const struct comparison *comparison, const char *bench);

/*
 * How single operations of one arm and metric are distributed, all boots of a
 * side together. Two blocks a target, base and new. Columns: the lowest value
 * x of a bucket, the share of operations in it or below, the share in it or
 * above.
 * 0 or -ENOMEM.
 */
int plotdata_distribution(struct text *text, const struct comparison *comparison,
			  const struct metric_change *like);

/* The names of the blocks' targets in the order of the blocks, as titles. */
void plotdata_cost_titles(struct text *text, const struct comparison *comparison,
			  const char *bench);
void plotdata_distribution_titles(struct text *text, const struct comparison *comparison,
				  const struct metric_change *like);

/* Kernels, seeds, machine and the meaning of the unit, in a few short lines. */
void plotdata_caption(struct text *text, const struct comparison *comparison);

#endif
