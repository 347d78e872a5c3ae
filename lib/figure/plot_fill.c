// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "figure/plot_fill.h"
#include "report/groups.h"
#include "report/labels.h"

/* As many panels as can be read. */
#define PANELS_MAX 12

/* One arm with its file filled in one way. */
struct point {
	const struct cost *metric;
	const char *fill;
	unsigned long long bytes; /* a write call; 0: another way */
	int64_t folio;		  /* of the new side, 0: not known */
};

static const struct side_sample *sample_of(const struct side *side, const struct cost *m)
{

	return side_find_sample(&side->boots[0], &m->name);
}

static unsigned long long size_of(const char *fill)
{
	char *unit;
	unsigned long long number = strtoull(fill, &unit, 10);

	return number << (*unit == 'm' ? 20 : *unit == 'k' ? 10 : 0);
}

/*
 * Over all boots. A mean, for one fault may map a whole folio: the median of the pages is
 * then one that took none.
 */
static double mean_of(const struct side *side, const struct cost *m)
{
	double sum = 0, n = 0;

	for (size_t i = 0; i < side->n_boots; i++) {
		const struct side_sample *sample = side_find_sample(&side->boots[i], &m->name);

		if (!sample)
			continue;
		sum += sample->mean * (double)sample->n;
		n += (double)sample->n;
	}
	return n > 0 ? sum / n : 0;
}

/* Whether it is the metric of that arm, in whatever way its file was filled. */
static bool alike_but_fill(const struct cost *a, const struct cost *b)
{
	return !strcmp(a->name.base_arm, b->name.base_arm) &&
	       !strcmp(a->name.metric, b->name.metric);
}

/* By size; the other ways behind them, as they were measured. */
static int by_size(const void *a, const void *b)
{
	const struct point *p = a, *q = b;

	if (p->bytes != q->bytes)
		return !p->bytes || (q->bytes && p->bytes > q->bytes) ? 1 : -1;
	return (p->metric > q->metric) - (p->metric < q->metric);
}

/* All points of the arm of the metric in [start, end); returns how many. */
static size_t collect(const struct comparison *c, size_t metric, size_t end, struct point *points)
{
	size_t n = 0;

	for (size_t i = metric; i < end; i++) {
		const struct cost *m = &c->costs[i];
		const struct side_sample *sample = sample_of(comparison_last(c), m);

		if (!*m->name.fill || m->name.threads || !alike_but_fill(m, &c->costs[metric]))
			continue;
		points[n++] = (struct point){ m, m->name.fill, size_of(m->name.fill),
					      sample->folio_bytes };
	}
	qsort(points, n, sizeof(*points), by_size);
	return n;
}

/* Whether it is the first filled one of its arm in a group that begins at start. */
static bool begins_arm(const struct comparison *c, size_t start, size_t metric)
{
	if (!*&c->costs[metric].name.fill)
		return false;
	for (size_t i = start; i < metric; i++)
		if (alike_but_fill(&c->costs[i], &c->costs[metric]) && *&c->costs[i].name.fill)
			return false;
	return true;
}

static void add_block(struct text *data, const struct comparison *c, const struct point *points,
		      size_t n)
{
	plot_block(data);
	for (size_t i = 0; i < n; i++) {
		const struct point *p = &points[i];
		char size[LABEL_SIZE];

		if (i && !p->bytes && p[-1].bytes)
			text_add(data, "\n");
		text_add(data, "%zu\t", i + 1);
		plot_word(data, p->fill);
		if (p->folio && (unsigned long long)p->folio != p->bytes)
			text_add(data, " (%s)", label_size(p->folio, size));
		text_add(data, "\t%.10g\t%.10g\n", mean_of(c->side[0], p->metric),
			 mean_of(comparison_last(c), p->metric));
	}
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
			n = collect(c, i, end, points);
			if (n < 2 || panels++ >= PANELS_MAX)
				continue;
			plot->unit = label_unit(c->costs[i].unit);
			plot_arm_panel(&plot->panels, &c->costs[i], c->costs[i].name.base_arm);
			add_block(&plot->data, c, points, n);
		}
	}
	text_add(&plot->note,
		 "Below: the bytes of a write call, or how a file that had been dropped was read. "
		 "In "
		 "brackets: the folios on the new side, where they are not of that size.");
	if (panels > PANELS_MAX)
		text_add(&plot->note, " Not shown: %zu more arm%s.", panels - PANELS_MAX,
			 panels == PANELS_MAX + 1 ? "" : "s");
}

int plot_fill(struct plot *plot, const struct comparison *c, const char *bench)
{
	struct point *points = calloc(c->n_costs + 1, sizeof(*points));

	*plot = (struct plot){ .unit = "" };
	if (!points)
		return -ENOMEM;
	plot_word(&plot->title, label_bench_of(c, bench));
	text_add(&plot->title, ", mean: by how the file came into the page cache");
	add_panels(plot, c, bench, points);
	free(points);
	return 0;
}
