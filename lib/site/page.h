/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A history as a page: index.html, and for every series a page, a graph and its
 * data. This folder makes the texts; lib/cli has gnuplot draw and puts the files
 * in their places.
 */
#ifndef DAXMARK_SITE_PAGE_H
#define DAXMARK_SITE_PAGE_H

#include "base/sha256.h"
#include "base/text.h"
#include "history/segments.h"

/* Below the page: everything but index.html. */
#define PAGE_GRAPHS "graphs"

/* Nights that are drawn one by one; of a longer history a strip shows the rest. */
#define PAGE_NIGHTS 365

/* The last nights of a sparkline. */
#define PAGE_SPARK 90

/* Of a file without its ending: plain everywhere. */
#define PAGE_NAME_MAX 160

struct page {
	const struct view *view;
	const struct read_values *last; /* by series, its values in the last PAGE_SPARK nights */
	const char *results;		/* the folder of the nights, to see what there is */
	const char *nights;		/* the way there from index.html: "" or "../results/" */
	const char *style, *script;	/* of index.html */
	char look[SHA256_HEX_MAX];	/* of what draws: another one draws all again */
};

/* A series with all that is drawn of it. */
struct page_series {
	const struct page *page;
	const struct read_series *series;
	const struct read_value *values;
	size_t n;
	const struct segment *segments;
	size_t n_segments;
	size_t first, end; /* the nights of its branch and mode */
};

/* The first of the last PAGE_NIGHTS nights. */
size_t page_first_shown(const struct page_series *s);

/*
 * The name of its files: letters, digits and ".-_+=", of any series another one.
 * That of a figure of all costs of its benchmark, branch and mode.
 */
void page_name_series(const struct read_series *series, char name[PAGE_NAME_MAX]);
void page_name_bench(const struct read_series *series, char name[PAGE_NAME_MAX]);

/* Whether two are of one branch and mode; and of one benchmark, too. */
bool page_same_line(const struct read_series *one, const struct read_series *two);
bool page_same_bench(const struct read_series *one, const struct read_series *two);

/*
 * What the files of the series are made from: as long as it is the same, they are.
 * seed is page_stamp_nights() of its branch and mode.
 */
void page_stamp_nights(const struct page *page, size_t first, size_t end,
		       char stamp[SHA256_HEX_MAX]);
void page_stamp_series(const struct page *page, const struct read_series *series, const char *seed,
		       char stamp[SHA256_HEX_MAX]);

/* The last change of a series, or NULL. */
const struct read_change *page_last_change(const struct view *view,
					   const struct read_series *series);

/* Files for one series; and for all. They end in ".html" and ".csv". */
void page_series_html(struct text *text, const struct page_series *s);
void page_series_csv(struct text *text, const struct page_series *s);
void page_index(struct text *text, const struct page *page);

#endif
