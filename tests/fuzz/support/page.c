// SPDX-License-Identifier: GPL-2.0-or-later
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "site/graph.h"
#include "tests/fuzz/support/look.h"
#include "tests/fuzz/support/page.h"

static void look_name(const char *name)
{
	for (const char *c = name; *c; c++)
		if (!isalnum((unsigned char)*c) && !strchr(".-_+=", *c))
			look_wrong("a name of a file that is not plain", name);
	if (!isalnum((unsigned char)*name) && *name != '_')
		look_wrong("a name of a file that begins as an option or a hidden one", name);
}

static void look_graph(const struct page_series *s)
{
	struct text lists = { 0 };
	struct graph graph;

	graph_make(&graph, s);
	graph_list(&lists, &graph, s);
	graph_panel(&lists, &graph, s);
	graph_list_bench(&lists, s->series, 1);
	look_plain(&graph.data, 0, 1);
	look_plain(&lists, 0, 1);
}

static void look_series(const struct page *page, const struct read_series *series,
			const struct read_values *of)
{
	struct page_series s = { page, series, of->values, of->n, NULL, 0, 0, 0 };
	struct segment *segments = NULL;
	char name[PAGE_NAME_MAX];
	struct text text = { 0 };

	page_name_series(series, name);
	look_name(name);
	page_name_bench(series, name);
	look_name(name);
	view_nights(page->view, series, &s.first, &s.end);
	if (s.end == s.first ||
	    view_segments(page->view, series, of->values, of->n, &segments, &s.n_segments))
		return;
	s.segments = segments;
	look_graph(&s);
	page_series_html(&text, &s);
	look_page(&text);
	page_series_csv(&text, &s);
	look_plain(&text, 0, 0);
	free(segments);
}

void page_look(struct history *h, const struct view *view, size_t n_series)
{
	struct read_values *last = calloc(view->n_series + 1, sizeof(*last));
	struct page page = { .view = view,
			     .last = last,
			     .results = h->dir,
			     .nights = "",
			     .style = "",
			     .script = "" };
	struct text text = { 0 };
	int err = last ? 0 : -1;

	for (size_t i = 0; i < view->n_series && !err; i++)
		err = read_values_of(h, view, &view->series[i], 1, 0, &last[i]);
	if (err) {
		look_reason(h->error);
	} else {
		page_index(&text, &page);
		look_page(&text);
		for (size_t i = 0; i < view->n_series && i < n_series; i++)
			look_series(&page, &view->series[i], &last[i]);
	}
	if (last)
		read_values_free(last, view->n_series);
	free(last);
}
