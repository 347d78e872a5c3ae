// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "figure/plot_arms.h"
#include "figure/plot_operations.h"
#include "record/histogram.h"
#include "report/groups.h"
#include "report/labels.h"

/* All boots of a side; returns how many operations. */
static uint64_t merge(const struct side *side, const struct metric_change *m, struct histogram *h)
{
	uint64_t n = 0;

	histogram_clear(h);
	for (size_t b = 0; b < side->n_boots; b++) {
		const struct side_sample *sample = side_find_sample(&side->boots[b], &m->name);

		for (size_t i = 0; sample && i < sample->n_buckets; i++) {
			const struct side_bucket *bucket = &sample->buckets[i];

			h->count[histogram_bucket(bucket->lowest)] += bucket->count;
			n += bucket->count;
		}
	}
	return n;
}

static void add_block(struct text *text, const struct side *side, const struct metric_change *m,
		      struct histogram *h)
{
	uint64_t below = 0, n = merge(side, m, h);

	plot_block(text);
	for (size_t i = 0; i < HISTOGRAM_BUCKETS; i++) {
		if (!h->count[i])
			continue;
		text_add(text, "%llu\t%.10g\t%.10g\n", (unsigned long long)histogram_lowest(i),
			 (double)(below + h->count[i]) / (double)n,
			 (double)(n - below) / (double)n);
		below += h->count[i];
	}
}

/* "ext4 DAX, +327.6%, worse" */
static void add_panel(struct text *panels, const struct comparison *c,
		      const struct metric_change *m)
{
	char target[LABEL_SIZE], change[LABEL_SIZE];
	struct text title = { 0 };

	label_target(m->name.fs, m->name.access, target);
	text_add(&title, "%s", strcmp(m->name.fs, "none") ? target : "");
	if (!has_one_side(c) && !isnan(m->judgement.change_pct))
		text_add(&title, "%s%s%s, %s", title.length ? ", " : "",
			 metric_by_mean(m) ? "mean " : "",
			 label_change(m->judgement.change_pct, change),
			 verdict_name(m->judgement.verdict));
	plot_panel(panels, title.data ? title.data : "");
	if (text_error(&title))
		panels->err = text_error(&title);
	text_free(&title);
}

static void add_title(struct plot *plot, const struct comparison *c,
		      const struct metric_change *like)
{
	int64_t least = like->n, most = like->n;
	char operation[LABEL_SIZE];

	for (size_t i = 0; i < c->n_metrics; i++) {
		const struct metric_change *m = &c->metrics[i];

		if (!cost_same_arm(&m->name, &like->name))
			continue;
		least = m->n < least ? m->n : least;
		most = m->n > most ? m->n : most;
	}
	text_add(&plot->title, "Single operations: ");
	plot_word(&plot->title, label_operation(&like->name, operation));
	text_add(&plot->title, ", %lld", (long long)least);
	if (most > least)
		text_add(&plot->title, " to %lld", (long long)most);
	text_add(&plot->title, " a side and target");
}

int plot_operations(struct plot *plot, const struct comparison *c, const struct metric_change *like)
{
	struct histogram *h = malloc(sizeof(*h));
	size_t boots = c->base->n_boots;
	bool means = false;

	*plot = (struct plot){ .unit = label_unit(like->unit) };
	if (!h)
		return -ENOMEM;
	add_title(plot, c, like);
	if (boots > 1)
		text_add(&plot->note,
			 "The operations of all %zu boots of a side are taken together; what is "
			 "said of the change is of the boots' medians.",
			 boots);
	for (size_t i = 0; i < c->n_metrics && !means; i++)
		means = cost_same_arm(&c->metrics[i].name, &like->name) &&
			metric_by_mean(&c->metrics[i]);
	if (means)
		text_add(&plot->note, "%sWhere a panel says mean, it is of their means.",
			 plot->note.length ? " " : "");
	for (size_t i = 0; i < c->n_metrics; i++) {
		const struct metric_change *m = &c->metrics[i];

		if (!cost_same_arm(&m->name, &like->name))
			continue;
		add_panel(&plot->panels, c, m);
		add_block(&plot->data, c->base, m, h);
		add_block(&plot->data, c->new, m, h);
	}
	free(h);
	return 0;
}
