// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <stdlib.h>

#include "base/output.h"
#include "history/actions.h"
#include "site/draw.h"
#include "site/graph.h"

/* So many series are read at once, which bounds the memory. */
#define BATCH 50

static enum status write_beside(struct drawing *d, const char *name, const char *ending,
				struct text *text)
{
	char path[PATH_MAX];
	enum status status;

	if (snprintf(path, sizeof(path), "%s/%s.%s", d->gnuplot.drawing, name, ending) >=
	    (int)sizeof(path)) {
		complain("%s: the name is too long", d->graphs);
		return STATUS_ENVIRONMENT;
	}
	status = output_write(path, text);
	text_free(text);
	return status;
}

static enum status make_series(struct drawing *d, const struct page_series *s, struct group *group)
{
	struct text html = { 0 }, csv = { 0 };
	char name[PAGE_NAME_MAX];
	struct graph graph;
	enum status status;

	page_name_series(s->series, name);
	graph_make(&graph, s);
	graph_list(&d->graph_list, &graph, s);
	graph_panel(&group->panels, &graph, s);
	page_series_html(&html, s);
	page_series_csv(&csv, s);
	status = write_beside(d, name, "tsv", &graph.data);
	if (status == STATUS_DONE)
		status = write_beside(d, name, "html", &html);
	if (status == STATUS_DONE)
		status = write_beside(d, name, "csv", &csv);
	text_free(&graph.data);
	text_free(&html);
	text_free(&csv);
	d->drawn++;
	return status;
}

static enum status make_read(struct drawing *d, size_t at, const struct read_values *of)
{
	struct page_series s = { .page = &d->page,
				 .series = &d->page.view->series[at],
				 .values = of->values,
				 .n = of->n };
	struct segment *segments;
	enum status status = STATUS_DONE;

	if (view_segments(d->page.view, s.series, s.values, s.n, &segments, &s.n_segments))
		return complain_memory();
	s.segments = segments;
	view_nights(d->page.view, s.series, &s.first, &s.end);
	if (s.end > s.first)
		status = make_series(d, &s, &d->groups[d->group_of[at]]);
	free(segments);
	return status;
}

/* From series at on, as many as are read at once; *next becomes the one behind. */
static enum status make_batch(struct drawing *d, size_t at, size_t *next)
{
	const struct read_series *series = d->page.view->series;
	struct read_values of[BATCH];
	enum status status = STATUS_DONE;
	size_t n = 0;
	int err;

	while (n < BATCH && at + n < d->page.view->n_series &&
	       page_same_line(&series[at], &series[at + n]))
		n++;
	*next = at + n;
	while (n && !d->groups[d->group_of[at + n - 1]].stale)
		n--;
	if (!n)
		return STATUS_DONE;
	err = read_values_of(d->history, d->page.view, &series[at], n, 0, of);
	if (err)
		return history_fail(d->history, err);
	for (size_t i = 0; i < n && status == STATUS_DONE; i++)
		if (d->groups[d->group_of[at + i]].stale)
			status = make_read(d, at + i, &of[i]);
	read_values_free(of, n);
	return status;
}

static enum status make_figures(struct drawing *d)
{
	enum status status = STATUS_DONE;

	for (size_t i = 0; i < d->n_groups && status == STATUS_DONE; i++) {
		struct group *group = &d->groups[i];
		char name[PAGE_NAME_MAX];

		if (!group->stale || !group->panels.length)
			continue;
		page_name_bench(group->first, name);
		graph_list_bench(&d->bench_list, group->first, group->n);
		status = write_beside(d, name, "panels.tsv", &group->panels);
	}
	return status;
}

enum status page_make_stale(struct drawing *d)
{
	enum status status = STATUS_DONE;
	size_t at = 0;

	while (at < d->page.view->n_series && status == STATUS_DONE)
		status = make_batch(d, at, &at);
	if (status == STATUS_DONE)
		status = make_figures(d);
	if (status == STATUS_DONE && d->graph_list.length)
		status = gnuplot_draw_all(&d->gnuplot, "history.gp", &d->graph_list);
	if (status == STATUS_DONE && d->bench_list.length)
		status = gnuplot_draw_all(&d->gnuplot, "history-bench.gp", &d->bench_list);
	gnuplot_drop_data(&d->gnuplot);
	return status;
}
