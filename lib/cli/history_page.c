// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * daxmark history page: index.html, and a page, a graph and data for every series.
 * What is made together is drawn again together: the series of one benchmark,
 * branch and mode, and their figure. It is drawn in a folder of its own and moved
 * when it is whole; the list of stamps comes last, so that what a killed one left
 * undone is done by the next.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/gnuplot.h"
#include "cli/history.h"
#include "cli/page_files.h"
#include "history/store.h"
#include "page/graph.h"

/* So many series are read at once, which bounds the memory. */
#define BATCH 50

/* The series of one benchmark, branch and mode. */
struct group {
	const struct read_series *first;
	char stamp[SHA256_HEX_MAX];
	struct text panels;
	size_t n;
	bool stale;
};

struct drawing {
	struct history *history;
	struct page page;
	struct gnuplot gnuplot;
	char graphs[PATH_MAX];
	struct page_list there, wanted;
	struct group *groups;
	size_t n_groups;
	size_t *group_of; /* by series */
	struct text graph_list, bench_list;
	size_t drawn;
};

static enum status no_memory(void)
{
	complain("out of memory");
	return STATUS_ENVIRONMENT;
}

/* --- What is to be drawn */

static struct group *find_group(struct drawing *d, const struct read_series *series)
{
	for (size_t i = 0; i < d->n_groups; i++)
		if (page_same_bench(d->groups[i].first, series))
			return &d->groups[i];
	d->groups[d->n_groups].first = series;
	return &d->groups[d->n_groups++];
}

/* A group's stamp is of those of its series. */
static void stamp_groups(struct drawing *d)
{
	const struct view *view = d->page.view;
	char seed[SHA256_HEX_MAX] = "";
	size_t first, end;

	for (size_t i = 0; i < view->n_series; i++) {
		struct group *group = find_group(d, &view->series[i]);
		char stamp[SHA256_HEX_MAX];
		struct sha256 sha;

		if (!i || !page_same_line(&view->series[i - 1], &view->series[i])) {
			view_nights(view, &view->series[i], &first, &end);
			page_stamp_nights(&d->page, first, end, seed);
		}
		page_stamp_series(&d->page, &view->series[i], seed, stamp);
		sha256_begin(&sha);
		sha256_add(&sha, group->stamp, sizeof(group->stamp));
		sha256_add(&sha, stamp, sizeof(stamp));
		sha256_end(&sha, group->stamp);
		group->n++;
		d->group_of[i] = (size_t)(group - d->groups);
	}
}

static int want(struct drawing *d, struct group *group, const char *name, bool figure)
{
	int err = page_list_add(&d->wanted, name, group->stamp, figure);

	if (!err)
		group->stale |=
			!page_is_made(&d->there, d->graphs, &d->wanted.made[d->wanted.n - 1]);
	return err;
}

static int find_stale(struct drawing *d)
{
	const struct view *view = d->page.view;
	char name[PAGE_NAME_MAX];
	int err = page_list_read(&d->there, d->graphs);

	d->groups = calloc(view->n_series + 1, sizeof(*d->groups));
	d->group_of = calloc(view->n_series + 1, sizeof(*d->group_of));
	if (err || !d->groups || !d->group_of)
		return -ENOMEM;
	stamp_groups(d);
	for (size_t i = 0; i < view->n_series && !err; i++) {
		page_name_series(&view->series[i], name);
		err = want(d, &d->groups[d->group_of[i]], name, false);
	}
	for (size_t i = 0; i < d->n_groups && !err; i++) {
		page_name_bench(d->groups[i].first, name);
		err = want(d, &d->groups[i], name, true);
	}
	return err;
}

/* --- The files of a series */

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
	status = cli_write(path, text);
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
		return no_memory();
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

static enum status draw(struct drawing *d)
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

/* --- The page itself */

static int read_last(struct drawing *d, struct read_values *last)
{
	const struct view *view = d->page.view;
	size_t at = 0, n, first, end;
	int err = 0;

	for (; at < view->n_series && !err; at += n) {
		for (n = 1; at + n < view->n_series &&
			    page_same_line(&view->series[at], &view->series[at + n]);)
			n++;
		view_nights(view, &view->series[at], &first, &end);
		err = read_values_of(d->history, view, &view->series[at], n,
				     end - first > PAGE_SPARK ? end - PAGE_SPARK : first,
				     last + at);
	}
	return err;
}

static enum status write_index(struct drawing *d, const char *output)
{
	struct text text = { 0 };
	char path[PATH_MAX];
	enum status status;

	page_index(&text, &d->page);
	snprintf(path, sizeof(path), "%s/index.html", output);
	status = cli_write(path, &text);
	text_free(&text);
	return status;
}

static enum status make_all(struct drawing *d, const char *output)
{
	enum status status;

	if (find_stale(d))
		return no_memory();
	status = gnuplot_begin(&d->gnuplot, d->graphs);
	if (status != STATUS_DONE)
		return status;
	status = gnuplot_end(&d->gnuplot, draw(d));
	if (status == STATUS_DONE)
		status = write_index(d, output);
	if (status == STATUS_DONE)
		status = page_list_write(&d->wanted, d->graphs);
	if (status == STATUS_DONE)
		page_remove_rest(&d->there, &d->wanted, d->graphs);
	return status;
}

static void release(struct drawing *d)
{
	for (size_t i = 0; i < d->n_groups; i++)
		text_free(&d->groups[i].panels);
	free(d->groups);
	free(d->group_of);
	text_free(&d->graph_list);
	text_free(&d->bench_list);
	page_list_free(&d->there);
	page_list_free(&d->wanted);
}

static enum status with_values(struct drawing *d, const char *output)
{
	const struct view *view = d->page.view;
	struct read_values *last = calloc(view->n_series + 1, sizeof(*last));
	enum status status;
	int err;

	if (!last)
		return no_memory();
	d->page.last = last;
	err = read_last(d, last);
	status = err ? (enum status)history_fail(d->history, err) : make_all(d, output);
	read_values_free(last, view->n_series);
	free(last);
	release(d);
	return status;
}

/* What a page looks like is made of these. */
static enum status with_look(struct drawing *d, const char *output)
{
	static const char *const scripts[] = { "common.gp",	   "history-marks.gp", "history.gp",
					       "history-bench.gp", "page.css",	       "page.js" };
	char *text[sizeof(scripts) / sizeof(scripts[0])] = { NULL }, path[PATH_MAX + 32];
	const size_t n = sizeof(scripts) / sizeof(scripts[0]);
	enum status status = gnuplot_find(&d->gnuplot);
	struct sha256 sha;

	sha256_begin(&sha);
	for (size_t i = 0; i < n && status == STATUS_DONE; i++) {
		snprintf(path, sizeof(path), "%s/%s", d->gnuplot.scripts, scripts[i]);
		text[i] = page_read(path);
		if (text[i]) {
			sha256_add(&sha, text[i], strlen(text[i]));
		} else {
			complain("%s: %s", path, strerror(errno));
			status = STATUS_ENVIRONMENT;
		}
	}
	sha256_end(&sha, d->page.look);
	d->page.style = text[n - 2];
	d->page.script = text[n - 1];
	if (status == STATUS_DONE)
		status = with_values(d, output);
	for (size_t i = 0; i < n; i++)
		free(text[i]);
	return status;
}

/* Makes a folder if there is none. */
static enum status make_folder(const char *path)
{
	if (!mkdir(path, 0777) || errno == EEXIST)
		return STATUS_DONE;
	complain("%s: %s", path, strerror(errno));
	return STATUS_ENVIRONMENT;
}

static enum status with_folders(struct drawing *d, const char *output)
{
	char way[PATH_MAX];
	enum status status = make_folder(output);
	int lock, err;

	if (snprintf(d->graphs, sizeof(d->graphs), "%s/" PAGE_GRAPHS, output) >=
	    (int)sizeof(d->graphs) - 2 * PAGE_NAME_MAX) {
		complain("%s: the name is too long", output);
		return STATUS_USAGE;
	}
	if (status == STATUS_DONE)
		status = make_folder(d->graphs);
	if (status != STATUS_DONE)
		return status;
	err = page_way(output, d->history->dir, way, sizeof(way));
	lock = err ? err : store_lock(d->graphs);
	if (lock < 0) {
		complain("%s: %s", output, strerror(-lock));
		return STATUS_ENVIRONMENT;
	}
	d->page.nights = way;
	page_sweep(d->graphs);
	status = with_look(d, output);
	close(lock);
	return status;
}

int history_action_page(struct history *h, const struct history_arguments *a)
{
	struct drawing d = { .history = h, .page = { .results = h->dir } };
	const char *output = a->output ? a->output : a->results;
	struct view view;
	enum status status;
	int err = read_view(h, NULL, &view);

	if (err)
		return history_fail(h, err);
	d.page.view = &view;
	status = with_folders(&d, output);
	if (status == STATUS_DONE)
		printf("%s/index.html: %zu of %zu series drawn\n", output, d.drawn, view.n_series);
	view_free(&view);
	return status;
}
