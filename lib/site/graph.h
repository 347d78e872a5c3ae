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

#endif
