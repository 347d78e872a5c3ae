/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parts of index.html and of what lies behind it. */
#ifndef DAXMARK_SITE_PARTS_H
#define DAXMARK_SITE_PARTS_H

#include "history/text_history.h"
#include "site/links.h"

/* What is said of a series: a state of its last change or what was seen instead. */
struct page_state {
	const char *name;  /* "new", "open", "acknowledged", "drifts", "autocorrelated", "quiet" */
	const char *style; /* "worse", "better" or "quiet" */
};

struct page_state page_state(const struct view *view, const struct read_series *series);

/* The last PAGE_SPARK nights of a series as a drawing of one line. */
void page_spark(struct text *text, const struct page *page, const struct read_series *series);

/* On the page of its series: one change as an item of a list, with the nights around it. */
void page_change(struct text *text, const struct page *page, const struct read_change *change);

/*
 * On index.html: changes as lists, one for those that came with the same nights. It
 * crosses them out as it goes.
 */
void page_changes(struct text *text, const struct page *page, struct listed_change *listed,
		  size_t n);

/*
 * On index.html: the checks that the night, the last of its branch and mode, is the first
 * to find different, or the others that fail in it, as a list. Returns how many.
 */
size_t page_checks(struct text *text, const struct page *page, size_t night, bool newest);

/* The last night of every branch and mode, those with news first: what is new, what is still open.
 */
void page_news(struct text *text, const struct page *page);

/* All series, a row each, and what chooses among them. */
void page_table(struct text *text, const struct page *page);

/* A figure a benchmark, and the last nights. */
void page_benches(struct text *text, const struct page *page);
void page_nights(struct text *text, const struct page *page);

/* "main, counts" */
void page_line(struct text *text, const char *branch, const char *mode);

/* Whether the night is the last of its branch and mode. */
bool page_is_last(const struct view *view, size_t night);

/* Whether there is more than one branch and mode, so that each has to be named. */
bool page_has_lines(const struct view *view);

#endif
