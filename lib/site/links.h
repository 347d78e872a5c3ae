/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What all HTML here is made of. */
#ifndef DAXMARK_SITE_LINKS_H
#define DAXMARK_SITE_LINKS_H

#include "site/page.h"

/* From where a link goes: index.html, or a file beside the graphs. */
enum page_from { FROM_INDEX, FROM_GRAPHS };

/* The files of a night that a reader may want, as far as they are there. */
extern const char *const page_reports[];
bool page_has_report(const struct page *page, const struct read_night *night, const char *file);

/* The day of a date. */
void page_date(struct text *text, const char *date);

/*
 * "2026-11-24 6.13-rc5" and links to its reports, or that its results are gone.
 */
void page_night(struct text *text, const struct page *page, const struct read_night *night,
		enum page_from from);

/* A link from index.html to the report of a night, if there is one. */
void page_report(struct text *text, const struct page *page, const struct read_night *night,
		 const char *words);

/* Links to the files of a series: data, and both kinds of graph. */
void page_files(struct text *text, const struct read_series *series, enum page_from from);

/* A link to the page of a series, with its name in words. */
void page_link(struct text *text, const struct read_series *series, enum page_from from);

/*
 * Head and end of a page. What the style and the script may do is said by a policy
 * with their digests: nothing else runs, is loaded from elsewhere or sent.
 */
void page_begin(struct text *text, const struct page *page, const char *title, bool script);
void page_end(struct text *text, const struct page *page, bool script);

#endif
