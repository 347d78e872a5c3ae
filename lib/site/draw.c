// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/output.h"
#include "history/actions.h"
#include "history/store.h"
#include "record/build_id.h"
#include "site/draw.h"

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
	status = output_write(path, &text);
	text_free(&text);
	return status;
}

static enum status make_all(struct drawing *d, const char *output)
{
	enum status status;

	if (page_find_stale(d))
		return complain_memory();
	status = gnuplot_begin(&d->gnuplot, d->graphs);
	if (status != STATUS_DONE)
		return status;
	status = gnuplot_end(&d->gnuplot, page_make_stale(d));
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
		return complain_memory();
	d->page.last = last;
	err = read_last(d, last);
	status = err ? (enum status)history_fail(d->history, err) : make_all(d, output);
	read_values_free(last, view->n_series);
	free(last);
	release(d);
	return status;
}

/* What a page looks like is made of these, and of this program. */
static enum status with_look(struct drawing *d, const char *output)
{
	static const char *const scripts[] = { "common.gp",	   "history-marks.gp", "history.gp",
					       "history-bench.gp", "page.css",	       "page.js" };
	char *text[sizeof(scripts) / sizeof(scripts[0])] = { NULL }, path[PATH_MAX + 32];
	const size_t n = sizeof(scripts) / sizeof(scripts[0]);
	enum status status = gnuplot_find(&d->gnuplot);
	char build[BUILD_ID_MAX];
	struct sha256_ctx sha;

	build_id_self(build);
	sha256_init(&sha);
	sha256_text(&sha, build);
	for (size_t i = 0; i < n && status == STATUS_DONE; i++) {
		snprintf(path, sizeof(path), "%s/%s", d->gnuplot.scripts, scripts[i]);
		text[i] = page_read(path);
		if (text[i]) {
			sha256_text(&sha, text[i]);
		} else {
			complain("%s: %s", path, strerror(errno));
			status = STATUS_ENVIRONMENT;
		}
	}
	sha256_hex(&sha, d->page.look);
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

enum status page_draw(struct history *h, const char *output, struct page_drawn *drawn)
{
	struct drawing d = { .history = h, .page = { .results = h->dir } };
	struct view view;
	enum status status;
	int err = read_view(h, NULL, &view);

	if (err)
		return history_fail(h, err);
	d.page.view = &view;
	status = with_folders(&d, output);
	*drawn = (struct page_drawn){ .series = view.n_series, .drawn = d.drawn };
	view_free(&view);
	return status;
}
