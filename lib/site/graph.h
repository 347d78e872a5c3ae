/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What plots/history.gp and plots/history-bench.gp draw from. The data of a graph
 * are blocks, two empty lines apart, none of them empty:
 *
 *   0 values   night (from 1), value, low, high
 *   1 levels   first night, nights more, level
 *   2 bands    first and last night that a change may have come with
 *   3 marks    night, kind (enum graph_mark)
 *   4 labels   night, lane (from 0), 1 when it stands left of its mark, kind, words
 *   5 skipped  night that has no value; days that went by without a night before
 *              it, else 0
 *   6 ticks    night, date, kernel
 *   7 strip    night, least, median, most of a stretch of the whole history
 *   8 marks of the strip, as 3
 *
 * Words come last in a row, as far as that can be, and are plain.
 */
#ifndef DAXMARK_SITE_GRAPH_H
#define DAXMARK_SITE_GRAPH_H

#include "history/history_words.h"
#include "site/page.h"

enum graph_mark { MARK_WORSE, MARK_BETTER, MARK_ACKNOWLEDGED, MARK_STARTS };

struct graph {
	struct text data;
	size_t from;	  /* the first night that is drawn, an index into the view's */
	double low, high; /* of the values' axis */
	double strip_low, strip_high;
	bool logarithmic;
	bool strip;
	size_t lanes; /* of labels */
};

/* Makes the blocks; graph->data is to be freed. */
void graph_make(struct graph *graph, const struct page_series *s);

/* Its line in the list of graphs: numbers, name, title, and what the axis is of. */
void graph_list(struct text *list, const struct graph *graph, const struct page_series *s);

/* Its line among the panels of its benchmark. */
void graph_panel(struct text *panels, const struct graph *graph, const struct page_series *s);

/* The line of a benchmark in the list of their figures: panels, name, title, axis. */
void graph_list_bench(struct text *list, const struct read_series *series, size_t panels);

/* --- Parts of the above */

/* As it is drawn: the value of a count, else its change to the baseline in percent. */
double graph_value(const struct page_series *s, const struct read_value *value);
double graph_bound(const struct page_series *s, const struct read_value *value, double ratio);
double graph_level(const struct page_series *s, const struct segment *segment);
bool graph_is_count(const struct read_series *series);

/* The night's place on the axis. */
double graph_place(const struct page_series *s, size_t night);

/* Ends a block; one without a row gets one that is left of every axis. */
void graph_block(struct text *data);

/* Words in a cell: what gnuplot gives a meaning is replaced, what is longer cut. */
void graph_words(struct text *text, const char *words, size_t longest);

/* Blocks 2 to 4, and 8; *lanes becomes how many labels stand above each other. */
void graph_marks(struct text *data, const struct page_series *s, size_t from, size_t *lanes);
void graph_strip_marks(struct text *data, const struct page_series *s);

/* Blocks 5 and 6. */
void graph_nights(struct text *data, const struct page_series *s, size_t from);

/* Block 7, and the least and most of it. */
void graph_strip(struct text *data, const struct page_series *s, double *low, double *high);

#endif
