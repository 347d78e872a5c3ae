// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "figure/plot.h"
#include "report/differences.h"
#include "report/groups.h"
#include "report/labels.h"

/* No name that benchmarks have is as long. */
#define WORD_MAX 48

/* Lines of a caption are to fit below the narrowest figure. */
#define CAPTION_WIDTH 125

void plot_free(struct plot *plot)
{
	text_free(&plot->data);
	text_free(&plot->title);
	text_free(&plot->panels);
	text_free(&plot->extra);
	text_free(&plot->note);
}

int plot_error(const struct plot *plot)
{
	int err = text_error(&plot->data);

	err = err ? err : text_error(&plot->title);
	err = err ? err : text_error(&plot->panels);
	err = err ? err : text_error(&plot->extra);
	return err ? err : text_error(&plot->note);
}

void plot_word(struct text *text, const char *word)
{
	size_t length = strlen(word), shown = length > WORD_MAX ? WORD_MAX - 3 : length;

	for (size_t i = 0; i < shown; i++)
		text_add(text, "%c", word[i] == '"' ? '\'' : word[i] == '\\' ? '/' : word[i]);
	if (shown < length)
		text_add(text, "...");
}

void plot_panel(struct text *panels, const char *title)
{
	text_add(panels, "%s\"", panels->length ? " " : "");
	plot_word(panels, title);
	text_add(panels, "\"");
}

void plot_block(struct text *data)
{
	if (data->length)
		text_add(data, "\n\n");
}

void plot_arm(struct text *text, const struct cost *m, bool one_metric)
{
	plot_word(text, m->name.arm);
	if (one_metric)
		return;
	text_add(text, " ");
	plot_word(text, m->name.metric);
}

void plot_means(struct text *note, const struct comparison *c, const char *bench)
{
	const char *separator = " Means instead, as a median is of one kind of operation alone: ";

	for (size_t i = 0; i < c->n_costs; i++) {
		const struct cost *m = &c->costs[i];
		char target[LABEL_SIZE];

		if (!cost_by_mean(m) || (bench && strcmp(m->name.bench, bench) != 0))
			continue;
		text_add(note, "%s", separator);
		plot_arm(note, m, !m->name.further);
		text_add(note, " on ");
		plot_word(note, label_target(m->name.fs, m->name.access, target));
		separator = ", ";
	}
	if (*separator == ',')
		text_add(note, ".");
}

void plot_target(struct text *panels, const struct cost *m)
{
	char buffer[LABEL_SIZE];

	plot_panel(panels, label_target(m->name.fs, m->name.access, buffer));
}

void plot_operations_range(struct text *text, const struct comparison *c, const char *bench)
{
	int64_t least = INT64_MAX, most = 0;

	for (size_t i = 0; i < c->n_costs; i++) {
		const struct cost *m = &c->costs[i];
		int64_t n;

		if (bench && strcmp(m->name.bench, bench) != 0)
			continue;
		n = cost_operations(c, m);
		least = n < least ? n : least;
		most = n > most ? n : most;
	}
	text_add(text, "%lld", (long long)least);
	if (most > least)
		text_add(text, " to %lld", (long long)most);
}

void plot_caption_kernel(struct text *text, const struct side *side, const char *label)
{
	const struct side_boot *boot = &side->boots[0];
	struct text words = { 0 };

	text_add(&words, "%s: %s, %s", label, boot->machine.kernel, boot->run.source);
	if (!boot->run.n_patches)
		text_add(&words, ", no patches");
	for (size_t i = 0; i < boot->run.n_patches; i++)
		text_add(&words, "%s%s", i ? ", " : ", with ", basename(boot->run.patches[i].file));
	text_wrap_built(text, CAPTION_WIDTH, "", 0, &words);
}

void plot_caption_machine(struct text *text, const struct comparison *c)
{
	const struct side_boot *boot = &comparison_last(c)->boots[0];
	const struct side_machine *m = &boot->machine;
	struct text words = { 0 };

	text_add(&words, "%s", *m->cpu ? m->cpu : "CPU not known");
	if (m->cpus)
		text_add(&words, ", %lld CPU%s", (long long)m->cpus, m->cpus == 1 ? "" : "s");
	if (m->memory_bytes)
		text_add(&words, ", %lld MiB", (long long)(m->memory_bytes / 1048576));
	text_add(&words, "%s%s; %zu boot%s%s, runner %.12s", *boot->run.qemu ? ", " : "",
		 boot->run.qemu, comparison_last(c)->n_boots,
		 comparison_last(c)->n_boots == 1 ? "" : "s", c->n_sides == 1 ? "" : " a side",
		 m->runner);
	text_wrap_built(text, CAPTION_WIDTH, "", 0, &words);
	if (comparison_mode(c) == SIDE_COUNT)
		text_add(text, "Guest instructions are the length of the path, not time: they know "
			       "nothing of caches, TLBs or the latency of memory.\n");
}

void plot_caption(struct text *text, const struct plot *plot, const struct comparison *c)
{
	struct side_labels sides = label_sides(c);

	if (plot->note.length)
		text_wrap(text, CAPTION_WIDTH, "", 0, plot->note.data);
	plot_caption_kernel(text, c->side[0], c->n_sides == 1 ? c->side[0]->label : sides.base);
	if (c->n_sides > 1)
		plot_caption_kernel(text, comparison_last(c), sides.new);
	if (c->n_sides > 1) {
		struct text words = { 0 };

		differences_sentence(&words, c);
		text_wrap_built(text, CAPTION_WIDTH, "", 0, &words);
	}
	plot_caption_machine(text, c);
}

void plot_arm_panel(struct text *panels, const struct cost *m, const char *arm)
{
	char target[LABEL_SIZE];
	struct text title = { 0 };

	text_add(&title, "%s", arm);
	if (strcmp(m->name.fs, "none") != 0)
		text_add(&title, ", %s", label_target(m->name.fs, m->name.access, target));
	plot_panel(panels, title.data ? title.data : "");
	text_free(&title);
}
