/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Internal: parts of graph.h. The first ones serve all blocks, the others add blocks. */
#ifndef DAXMARK_SITE_GRAPH_PARTS_H
#define DAXMARK_SITE_GRAPH_PARTS_H

#include "site/page.h"

enum graph_mark { MARK_WORSE, MARK_BETTER, MARK_ACKNOWLEDGED, MARK_STARTS };

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
