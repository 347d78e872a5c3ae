// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "measure/histogram.h"
#include "report/groups.h"
#include "report/labels.h"
#include "report/plotdata.h"

static void add_cost(struct text *text, const struct metric_change *m, size_t row, bool one_metric)
{
	const struct judgement *j = &m->judgement;
	char base[LABEL_SIZE], new[LABEL_SIZE], change[LABEL_SIZE];

	label_number(j->base, base);
	label_number(j->other, new);
	text_add(text, "%zu\t%s%s%s\t%.10g\t%.10g\t", row, m->arm, one_metric ? "" : " ",
		 one_metric ? "" : m->metric, j->base, j->other);
	if (j->verdict == VERDICT_SAME)
		text_add(text, "%s", new);
	else
		text_add(text, "%s to %s, %s%s", base, new, label_change(j->change_pct, change),
			 j->verdict == VERDICT_INCONCLUSIVE ? " ?" : "");
	text_add(text, "\t%s\n", verdict_name(j->verdict));
}

void plotdata_cost(struct text *text, const struct comparison *c, const char *bench)
{
	const char *separator = "";
	size_t end;

	for (size_t start = 0; start < c->n_metrics; start = end) {
		bool single;

		end = target_end(c, start);
		if (strcmp(c->metrics[start].bench, bench) != 0)
			continue;
		single = group_has_one_metric(c, start, end);
		text_add(text, "%s", separator);
		separator = "\n\n";
		for (size_t i = start; i < end; i++)
			add_cost(text, &c->metrics[i], i - start + 1, single);
	}
}

static void add_title(struct text *text, const struct metric_change *m)
{
	char buffer[LABEL_SIZE];
	const char *target = label_target(m->fs, m->access, buffer);

	text_add(text, "%s\"", text->length ? " " : "");
	for (; *target; target++)
		text_add(text, "%c", *target == '"' ? '\'' : *target);
	text_add(text, "\"");
}

void plotdata_cost_titles(struct text *text, const struct comparison *c, const char *bench)
{
	for (size_t start = 0; start < c->n_metrics; start = target_end(c, start))
		if (!strcmp(c->metrics[start].bench, bench))
			add_title(text, &c->metrics[start]);
}

static bool same_arm(const struct metric_change *a, const struct metric_change *b)
{
	return !strcmp(a->bench, b->bench) && !strcmp(a->arm, b->arm) &&
	       !strcmp(a->metric, b->metric);
}

void plotdata_distribution_titles(struct text *text, const struct comparison *c,
				  const struct metric_change *like)
{
	for (size_t i = 0; i < c->n_metrics; i++)
		if (same_arm(&c->metrics[i], like))
			add_title(text, &c->metrics[i]);
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

static void add_distribution(struct text *text, const struct histogram *h, uint64_t n)
{
	uint64_t below = 0;

	for (size_t i = 0; i < HISTOGRAM_BUCKETS; i++) {
		if (!h->count[i])
			continue;
		text_add(text, "%llu\t%.10g\t%.10g\n", (unsigned long long)histogram_lowest(i),
			 (double)(below + h->count[i]) / (double)n,
			 (double)(n - below) / (double)n);
		below += h->count[i];
	}
}

int plotdata_distribution(struct text *text, const struct comparison *c,
			  const struct metric_change *like)
{
	struct histogram *h = malloc(sizeof(*h));
	const char *separator = "";

	if (!h)
		return -ENOMEM;
	for (size_t i = 0; i < c->n_metrics; i++) {
		if (!same_arm(&c->metrics[i], like))
			continue;
		text_add(text, "%s", separator);
		add_distribution(text, h, merge(c->base, &c->metrics[i], h));
		text_add(text, "\n\n");
		add_distribution(text, h, merge(c->new, &c->metrics[i], h));
		separator = "\n\n";
	}
	free(h);
	return text_error(text);
}

void plotdata_caption(struct text *text, const struct comparison *c)
{
	const struct side_boot *base = &c->base->boots[0], *new = &c->new->boots[0];

	text_add(text, "%s: %s, %s, %zu patches.  %s: %s, %s, %zu patches.\n", c->base->label,
		 base->machine.kernel, base->run.source, base->run.n_patches, c->new->label,
		 new->machine.kernel, new->run.source, new->run.n_patches);
	text_add(text, "%s, %lld CPU, %lld MiB%s%s; %zu boot%s a side, runner %.12s\n",
		 *new->machine.cpu ? new->machine.cpu : "CPU not known",
		 (long long)new->machine.cpus, (long long)(new->machine.memory_bytes / 1048576),
		 *new->run.qemu ? ", " : "", new->run.qemu, c->new->n_boots,
		 c->new->n_boots == 1 ? "" : "s", new->machine.runner);
	if (c->new->mode == SIDE_COUNT)
		text_add(text, "Guest instructions are the length of the path, not time: they know "
			       "nothing of caches, TLBs or the latency of memory.");
}
