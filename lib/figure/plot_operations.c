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
static uint64_t merge(const struct side *side, const struct cost *m, struct histogram *h)
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

static void add_block(struct text *text, const struct side *side, const struct cost *m,
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
static void add_panel(struct text *panels, const struct comparison *c, const struct cost *m)
{
	char target[LABEL_SIZE], change[LABEL_SIZE];
	struct text title = { 0 };

	label_target(m->name.fs, m->name.access, target);
	text_add(&title, "%s", strcmp(m->name.fs, "none") ? target : "");
	if (c->n_sides > 1 && !isnan(cost_change(m)->judgement.change_pct))
		text_add(&title, "%s%s%s, %s", title.length ? ", " : "",
			 cost_by_mean(m) ? "mean " : "",
			 label_change(cost_change(m)->judgement.change_pct, change),
			 verdict_name(cost_change(m)->judgement.verdict));
	plot_panel(panels, title.data ? title.data : "");
	text_take(panels, &title);
}

static void add_title(struct plot *plot, const struct comparison *c, const struct cost *like)
{
	int64_t least = cost_operations(c, like), most = least;
	char operation[LABEL_SIZE];

	for (size_t i = 0; i < c->n_costs; i++) {
		const struct cost *m = &c->costs[i];
		int64_t n;

		if (!cost_same_arm(&m->name, &like->name))
			continue;
		n = cost_operations(c, m);
		least = n < least ? n : least;
		most = n > most ? n : most;
	}
	text_add(&plot->title, "Single operations: ");
	plot_word(&plot->title, label_operation(&like->name, operation));
	text_add(&plot->title, ", %lld", (long long)least);
	if (most > least)
		text_add(&plot->title, " to %lld", (long long)most);
	text_add(&plot->title, " a side and target");
}

int plot_operations(struct plot *plot, const struct comparison *c, const struct cost *like)
{
	struct histogram *h = malloc(sizeof(*h));
	size_t boots = c->side[0]->n_boots;
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
	for (size_t i = 0; i < c->n_costs && !means; i++)
		means = cost_same_arm(&c->costs[i].name, &like->name) && cost_by_mean(&c->costs[i]);
	if (means)
		text_add(&plot->note, "%sWhere a panel says mean, it is of their means.",
			 plot->note.length ? " " : "");
	for (size_t i = 0; i < c->n_costs; i++) {
		const struct cost *m = &c->costs[i];

		if (!cost_same_arm(&m->name, &like->name))
			continue;
		add_panel(&plot->panels, c, m);
		add_block(&plot->data, c->side[0], m, h);
		add_block(&plot->data, comparison_last(c), m, h);
	}
	free(h);
	return 0;
}
