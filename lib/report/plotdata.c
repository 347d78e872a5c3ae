// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "measure/histogram.h"
#include "report/groups.h"
#include "report/labels.h"
#include "report/plotdata.h"

/* No name that benchmarks have is as long. */
#define WORD_MAX 48

/* Lines of a caption are to fit below the narrowest figure. */
#define CAPTION_WIDTH 125

void plotdata_word(struct text *text, const char *word)
{
	size_t length = strlen(word), shown = length > WORD_MAX ? WORD_MAX - 3 : length;

	for (size_t i = 0; i < shown; i++)
		text_add(text, "%c", word[i] == '"' ? '\'' : word[i] == '\\' ? '/' : word[i]);
	if (shown < length)
		text_add(text, "...");
}

void plotdata_title(struct text *titles, const char *word)
{
	text_add(titles, "%s\"", titles->length ? " " : "");
	plotdata_word(titles, word);
	text_add(titles, "\"");
}

static void add_cost(struct text *text, const struct metric_change *m, size_t row, bool one_metric)
{
	const struct judgement *j = &m->judgement;
	char base[LABEL_SIZE], new[LABEL_SIZE], change[LABEL_SIZE];

	label_value(j->base, m->unit, base);
	label_value(j->other, m->unit, new);
	text_add(text, "%zu\t", row);
	plotdata_word(text, m->arm);
	if (!one_metric) {
		text_add(text, " ");
		plotdata_word(text, m->metric);
	}
	text_add(text, "\t%.10g\t%.10g\t", j->base, j->other);
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

static void add_target(struct text *text, const struct metric_change *m)
{
	char buffer[LABEL_SIZE];

	plotdata_title(text, label_target(m->fs, m->access, buffer));
}

void plotdata_cost_titles(struct text *text, const struct comparison *c, const char *bench)
{
	for (size_t start = 0; start < c->n_metrics; start = target_end(c, start))
		if (!strcmp(c->metrics[start].bench, bench))
			add_target(text, &c->metrics[start]);
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
			add_target(text, &c->metrics[i]);
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

static void add_lines(struct text *text, struct text *words)
{
	if (words->length)
		text_wrap(text, CAPTION_WIDTH, "", 0, words->data);
	if (text_error(words))
		text->err = text_error(words);
	text_free(words);
}

static void add_kernel(struct text *text, const struct side *side, const char *label)
{
	const struct side_boot *boot = &side->boots[0];
	struct text words = { 0 };

	text_add(&words, "%s: %s, %s", label, boot->machine.kernel, boot->run.source);
	if (!boot->run.n_patches)
		text_add(&words, ", no patches");
	for (size_t i = 0; i < boot->run.n_patches; i++) {
		const char *file = strrchr(boot->run.patches[i].file, '/');

		text_add(&words, "%s%s", i ? ", " : ", with ",
			 file ? file + 1 : boot->run.patches[i].file);
	}
	add_lines(text, &words);
}

static void add_machine(struct text *text, const struct comparison *c)
{
	const struct side_boot *boot = &c->new->boots[0];
	const struct side_machine *m = &boot->machine;
	struct text words = { 0 };

	text_add(&words, "%s", *m->cpu ? m->cpu : "CPU not known");
	if (m->cpus)
		text_add(&words, ", %lld CPU%s", (long long)m->cpus, m->cpus == 1 ? "" : "s");
	if (m->memory_bytes)
		text_add(&words, ", %lld MiB", (long long)(m->memory_bytes / 1048576));
	text_add(&words, "%s%s; %zu boot%s a side, runner %.12s", *boot->run.qemu ? ", " : "",
		 boot->run.qemu, c->new->n_boots, c->new->n_boots == 1 ? "" : "s", m->runner);
	add_lines(text, &words);
}

void plotdata_caption(struct text *text, const struct comparison *c)
{
	struct side_labels sides = label_sides(c);

	add_kernel(text, c->base, sides.base);
	add_kernel(text, c->new, sides.new);
	add_machine(text, c);
	if (c->new->mode == SIDE_COUNT)
		text_add(text, "Guest instructions are the length of the path, not time: they know "
			       "nothing of caches, TLBs or the latency of memory.\n");
}
