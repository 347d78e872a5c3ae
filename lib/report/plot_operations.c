// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "measure/histogram.h"
#include "report/groups.h"
#include "report/labels.h"
#include "report/plot_operations.h"

static bool same_arm(const struct metric_change *a, const struct metric_change *b)
{
	return !strcmp(a->bench, b->bench) && !strcmp(a->arm, b->arm) &&
	       !strcmp(a->metric, b->metric);
}

/* All boots of a side; returns how many operations. */
static uint64_t merge(const struct side *side, const struct metric_change *m, struct histogram *h)
{
	const struct side_sample like = metric_sample(m);
	uint64_t n = 0;

	histogram_clear(h);
	for (size_t b = 0; b < side->n_boots; b++) {
		const struct side_sample *sample = side_find_sample(&side->boots[b], &like);

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

int plot_operations(struct plot *plot, const struct comparison *c, const struct metric_change *like)
{
	struct histogram *h = malloc(sizeof(*h));
	char operation[LABEL_SIZE];

	*plot = (struct plot){ .unit = label_unit(like->unit) };
	if (!h)
		return -ENOMEM;
	text_add(&plot->title, "Single operations: ");
	plot_word(&plot->title, label_operation(like, operation));
	text_add(&plot->title, ", %lld a side and target", (long long)like->n);
	for (size_t i = 0; i < c->n_metrics; i++) {
		const struct metric_change *m = &c->metrics[i];

		if (!same_arm(m, like))
			continue;
		plot_target(&plot->panels, m);
		add_block(&plot->data, c->base, m, h);
		add_block(&plot->data, c->new, m, h);
	}
	free(h);
	return 0;
}
