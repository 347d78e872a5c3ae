// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <string.h>

#include "base/markup.h"
#include "history/text_history.h"
#include "history/text_promises.h"
#include "site/parts.h"

/* Of each branch and mode; the folders have them all. */
#define NIGHTS_SHOWN 30

static size_t count_bench(const struct view *view, size_t first)
{
	size_t n = 0;

	for (size_t i = first; i < view->n_series; i++)
		n += page_same_bench(&view->series[i], &view->series[first]);
	return n;
}

static bool begins_bench(const struct view *view, size_t series)
{
	for (size_t i = 0; i < series; i++)
		if (page_same_bench(&view->series[i], &view->series[series]))
			return false;
	return true;
}

static void add_bench(struct text *text, const struct read_series *s, size_t costs)
{
	char name[PAGE_NAME_MAX];

	page_name_bench(s, name);
	text_add(text, "<details><summary>");
	markup_escape(text, series_title(s));
	text_add(text, ", ");
	page_line(text, s->branch, s->mode);
	text_add(text,
		 ": %zu cost%s</summary>\n<a class=\"graph\" href=\"" PAGE_GRAPHS
		 "/%s.svg\"><img loading=\"lazy\" src=\"" PAGE_GRAPHS
		 "/%s.svg\" alt=\"all costs of ",
		 costs, costs == 1 ? "" : "s", name, name);
	markup_escape(text, s->bench);
	text_add(text,
		 " over the same nights\"></a> <a href=\"" PAGE_GRAPHS
		 "/%s.png\">png</a></details>\n",
		 name);
}

void page_benches(struct text *text, const struct page *page)
{
	for (size_t i = 0; i < page->view->n_series; i++)
		if (begins_bench(page->view, i))
			add_bench(text, &page->view->series[i], count_bench(page->view, i));
}

/* Changes that were found in a night, or that it is the first of another environment. */
static void add_found(struct text *text, const struct view *view, size_t night)
{
	size_t worse = 0, better = 0;

	for (size_t i = 0; i < view->n_changes; i++) {
		if (view->changes[i].found != night)
			continue;
		worse += view->changes[i].worse;
		better += !view->changes[i].worse;
	}
	if (worse)
		text_add(text, "%zu worse ", worse);
	if (better)
		text_add(text, "%zu better ", better);
	if (*view->nights[night].starts)
		text_add(text, "other %s", view->nights[night].starts);
}

void page_nights(struct text *text, const struct page *page)
{
	const struct view *view = page->view;

	text_add(text, "<table id=\"nights\">\n<thead><tr><th scope=\"col\">night</th>"
		       "<th scope=\"col\">branch</th><th scope=\"col\">found</th></tr></thead>\n"
		       "<tbody>\n");
	for (size_t last = view->n_nights; last > 0; last--) {
		size_t shown = 0;

		if (!page_is_last(view, last - 1))
			continue;
		for (size_t i = last; i > 0 && shown < NIGHTS_SHOWN; i--, shown++) {
			if (i < last && page_is_last(view, i - 1))
				break;
			text_add(text, "<tr><td>");
			page_night(text, page, &view->nights[i - 1], FROM_INDEX);
			text_add(text, "</td><td>");
			page_line(text, view->nights[i - 1].night.branch, view->nights[i - 1].mode);
			text_add(text, "</td><td>");
			add_found(text, view, i - 1);
			text_add(text, "</td></tr>\n");
		}
	}
	text_add(text, "</tbody>\n</table>\n");
}

void page_index(struct text *text, const struct page *page)
{
	size_t all = count_regressions(page->view), broken = 0;
	char title[96] = "daxmark: ";

	/* what a browser's tab shows */
	for (size_t i = 0; i < page->view->n_nights; i++)
		broken += count_newly_broken(page->view, i);
	if (broken)
		snprintf(title, sizeof(title), "daxmark: %zu check%s newly failing, ", broken,
			 broken == 1 ? "" : "s");
	snprintf(title + strlen(title), sizeof(title) - strlen(title), "%zu new worse",
		 all - broken);
	page_begin(text, page, title, true);
	text_add(text, "<a class=\"skip\" href=\"#costs\">to the costs</a>\n"
		       "<header><h1>daxmark: nights</h1></header>\n<main id=\"index\">\n"
		       "<section aria-labelledby=\"news\">\n<h2 id=\"news\">What is new</h2>\n");
	page_news(text, page);
	text_add(text, "</section>\n<section aria-labelledby=\"costs\">\n"
		       "<h2 id=\"costs\">All costs</h2>\n");
	page_table(text, page);
	text_add(text, "</section>\n<section aria-labelledby=\"benches\">\n"
		       "<h2 id=\"benches\">By benchmark</h2>\n");
	page_benches(text, page);
	text_add(text, "</section>\n<section aria-labelledby=\"nights-head\">\n"
		       "<h2 id=\"nights-head\">Last nights</h2>\n");
	page_nights(text, page);
	text_add(text, "</section>\n</main>\n");
	page_end(text, page, true);
}
