// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "figure/plot_scaling.h"
#include "report/groups.h"
#include "report/labels.h"
#include "report/scaling_table.h"

/* As many panels as can be read. */
#define PANELS_MAX 24

/* What one arm on one target reached, by threads and kind of files. */
struct point {
	int64_t threads;
	double one;
	double each;
	double one_efficiency;
	double each_efficiency;
};

static int by_threads(const void *a, const void *b)
{
	const struct point *p = a, *q = b;

	return (p->threads > q->threads) - (p->threads < q->threads);
}

/* The point of so many threads, which is added where it is missing. */
static struct point *point_of(struct point *points, size_t *n, int64_t threads)
{
	for (size_t i = 0; i < *n; i++)
		if (points[i].threads == threads)
			return &points[i];
	points[*n] = (struct point){ threads, NAN, NAN, NAN, NAN };
	return &points[(*n)++];
}

static void add_point(struct point *points, size_t *n, const struct scaled *s)
{
	struct point *point = point_of(points, n, s->threads);

	/* one thread has one file; threads that share nothing are like one with its own */
	if (strcmp(s->files, "each") != 0 && (s->threads == 1 || *s->files)) {
		point->one = s->total;
		point->one_efficiency = s->efficiency;
	}
	if (strcmp(s->files, "one") != 0) {
		point->each = s->total;
		point->each_efficiency = s->efficiency;
	}
}

/* All points of the arm of the metric in [start, end), by threads; returns how many. */
static size_t collect(const struct comparison *c, size_t metric, size_t end, struct point *points)
{
	size_t n = 0;

	for (size_t i = metric; i < end; i++) {
		struct scaled s;

		scaled_of(c, &c->costs[i], &s);
		if (s.threads && scaled_same_arm(&c->costs[i], &c->costs[metric]))
			add_point(points, &n, &s);
	}
	qsort(points, n, sizeof(*points), by_threads);
	return n;
}

static void add_efficiency(struct text *title, const char *what, double efficiency)
{
	if (!isnan(efficiency))
		text_add(title, "%s%s %.0f%%", title->length ? ", " : "", what, efficiency * 100);
}

static void add_titles(struct text *panels, const struct cost *m, const struct point *last)
{
	struct text title = { 0 };
	char arm[LABEL_SIZE];

	plot_arm_panel(panels, m, label_unscaled(m, arm));
	add_efficiency(&title, "efficiency on one file", last->one_efficiency);
	add_efficiency(&title, "on a file each", last->each_efficiency);
	plot_panel(panels, title.data ? title.data : "efficiency not known");
	text_free(&title);
}

static void add_block(struct text *data, const struct point *points, size_t n)
{
	plot_block(data);
	for (size_t i = 0; i < n; i++)
		text_add(data, "%lld\t%.6g\t%.6g\n", (long long)points[i].threads, points[i].one,
			 points[i].each);
}

/* Whether it is the first by threads of its arm in a group that begins at start. */
static bool begins_arm(const struct comparison *c, size_t start, size_t metric)
{
	struct scaled s;

	scaled_of(c, &c->costs[metric], &s);
	if (!s.threads)
		return false;
	for (size_t i = start; i < metric; i++) {
		scaled_of(c, &c->costs[i], &s);
		if (s.threads && scaled_same_arm(&c->costs[i], &c->costs[metric]))
			return false;
	}
	return true;
}

static void add_panels(struct plot *plot, const struct comparison *c, const char *bench,
		       struct point *points)
{
	size_t panels = 0, end;

	for (size_t start = 0; start < c->n_costs; start = end) {
		end = target_end(c, start);
		for (size_t i = start; i < end; i++) {
			size_t n;

			if (strcmp(c->costs[i].name.bench, bench) != 0 || !begins_arm(c, start, i))
				continue;
			if (panels++ >= PANELS_MAX)
				continue;
			n = collect(c, i, end, points);
			add_titles(&plot->panels, &c->costs[i], &points[n - 1]);
			add_block(&plot->data, points, n);
		}
	}
	text_add(&plot->note, "Efficiency is that of the most threads: their total over as many "
			      "times the total of one thread.");
	if (panels > PANELS_MAX)
		text_add(&plot->note, " Not shown: %zu more arm%s.", panels - PANELS_MAX,
			 panels == PANELS_MAX + 1 ? "" : "s");
}

int plot_scaling(struct plot *plot, const struct comparison *c, const char *bench)
{
	struct point *points = calloc(c->n_costs + 1, sizeof(*points));

	*plot = (struct plot){ .unit = "" };
	if (!points)
		return -ENOMEM;
	plot_word(&plot->title, label_bench_of(c, bench));
	text_add(&plot->title, ": operations a second by threads");
	add_panels(plot, c, bench, points);
	free(points);
	return 0;
}
