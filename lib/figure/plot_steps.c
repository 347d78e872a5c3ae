// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "figure/plot_steps.h"
#include "report/groups.h"
#include "report/labels.h"

/* As many panels as can be read, and lines in one. */
#define PANELS_MAX  24
#define TARGETS_MAX 8

/* Words beside the last points stand at least so far apart, as a part of the axis. */
#define APART	      0.085

#define CAPTION_WIDTH 125

struct drawn {
	const struct comparison *c;
	const struct cost *panel[PANELS_MAX]; /* one metric of the arm */
	size_t panels;
	size_t not_shown;
	const struct cost *target[TARGETS_MAX];
	size_t targets;
	size_t not_drawn;
	double low;
	double high;
};

static bool same_target(const struct cost *a, const struct cost *b)
{
	return !strcmp(a->name.fs, b->name.fs) && !strcmp(a->name.access, b->name.access);
}

static void take_panel(struct drawn *d, const struct cost *m)
{
	for (size_t i = 0; i < d->panels; i++)
		if (cost_same_arm(&d->panel[i]->name, &m->name))
			return;
	if (d->panels < PANELS_MAX)
		d->panel[d->panels++] = m;
	else
		d->not_shown++;
}

static void take_target(struct drawn *d, const struct cost *m)
{
	for (size_t i = 0; i < d->targets; i++)
		if (same_target(d->target[i], m))
			return;
	if (d->targets < TARGETS_MAX)
		d->target[d->targets++] = m;
	else
		d->not_drawn++;
}

static int by_target(const void *a, const void *b)
{
	const struct cost *const *p = a, *const *q = b;
	int order = strcmp((*p)->name.fs, (*q)->name.fs);

	return order ? order : strcmp((*p)->name.access, (*q)->name.access);
}

static void take_figures(struct drawn *d, size_t metric)
{
	for (size_t i = 0; i < d->c->n_sides; i++) {
		double cost = d->c->costs[metric].on[i].value;

		/* zero has no place on the axis */
		if (isnan(cost) || cost <= 0)
			continue;
		d->low = cost < d->low ? cost : d->low;
		d->high = cost > d->high ? cost : d->high;
	}
}

static bool is_asked_for(const struct cost *m, struct plot_arms arms)
{
	for (size_t i = 0; i < arms.n; i++)
		if (plot_arm_is(m, arms.names[i]))
			return true;
	return !arms.n;
}

static void choose(struct drawn *d, const char *bench, struct plot_arms arms)
{
	const struct comparison *c = d->c;

	for (size_t i = 0; i < c->n_costs; i++) {
		const struct cost *m = &c->costs[i];

		if (strcmp(m->name.bench, bench) != 0 || !is_asked_for(m, arms))
			continue;
		take_panel(d, m);
		take_target(d, m);
		take_figures(d, i);
	}
	qsort(d->target, d->targets, sizeof(struct cost *), by_target);
	/* nothing but zeros: there is no axis */
	if (d->high <= 0)
		return;
	/* room for points at the ends, and a decade at least */
	d->low /= 1.4;
	d->high *= 1.4;
	if (d->high < d->low * 10)
		d->high = d->low * 10;
}

/* The place of that arm on that target, n_metrics if there is none. */
static size_t find(const struct drawn *d, size_t panel, size_t target)
{
	const struct comparison *c = d->c;
	size_t i = 0;

	while (i < c->n_costs && !(cost_same_arm(&c->costs[i].name, &d->panel[panel]->name) &&
				   same_target(&c->costs[i], d->target[target])))
		i++;
	return i;
}

static double figure(const struct drawn *d, size_t metric, size_t side)
{
	double cost = metric < d->c->n_costs ? d->c->costs[metric].on[side].value : NAN;

	return cost > 0 || isnan(cost) ? cost : d->low;
}

static void add_panel(struct text *data, const struct drawn *d, size_t panel)
{
	plot_block(data);
	for (size_t t = 0; t < d->targets; t++) {
		size_t metric = find(d, panel, t);

		if (t)
			text_add(data, "\n");
		for (size_t i = 0; i < d->c->n_sides; i++)
			text_add(data, "%zu\t%.10g\n", i + 1, figure(d, metric, i));
	}
}

struct word {
	double height; /* logarithm */
	double cost;
	size_t target;
};

static int by_cost(const void *a, const void *b)
{
	const struct word *p = a, *q = b;

	if (p->cost != q->cost)
		return p->cost > q->cost ? 1 : -1;
	return (p->target > q->target) - (p->target < q->target);
}

/* Those that stand too close move apart, both by the same, within the axis. */
static void spread(struct word *word, size_t n, double low, double high)
{
	double apart = APART * (high - low);

	for (int turn = 0; turn < 100; turn++)
		for (size_t i = 0; i < n; i++) {
			double lack = i ? apart - word[i].height + word[i - 1].height : 0;

			if (lack > 0) {
				word[i].height += lack / 2;
				word[i - 1].height -= lack / 2;
			}
			word[i].height = fmin(fmax(word[i].height, low), high);
		}
}

/* Beside the last side that has one: what it is there. */
static void add_words(struct text *data, const struct drawn *d, size_t panel)
{
	struct word word[TARGETS_MAX] = { 0 };
	size_t n = 0;

	for (size_t t = 0; t < d->targets; t++) {
		double cost = figure(d, find(d, panel, t), d->c->n_sides - 1);

		if (!isnan(cost))
			word[n++] = (struct word){ log10(cost), cost, t };
	}
	qsort(word, n, sizeof(*word), by_cost);
	spread(word, n, log10(d->low), log10(d->high));
	plot_block(data);
	for (size_t i = 0; i < n; i++) {
		char buffer[LABEL_SIZE];

		text_add(data, "%.6g\t%s\t%zu\n", pow(10, word[i].height),
			 label_value(word[i].cost, d->panel[panel]->unit, buffer),
			 word[i].target + 1);
	}
	if (!n)
		text_add(data, "nan\t\t1\n");
}

static void add_panel_title(struct text *panels, const struct cost *m)
{
	struct text title = { 0 };

	plot_arm(&title, m, !m->name.further);
	plot_panel(panels, title.data ? title.data : "");
	text_free(&title);
}

/* The number of the file system among those of the targets, from 0, in their order. */
static size_t filesystem_number(const struct drawn *d, size_t target)
{
	size_t n = 0;

	for (size_t t = 0; strcmp(d->target[t]->name.fs, d->target[target]->name.fs) != 0; t++)
		n += !t || strcmp(d->target[t]->name.fs, d->target[t - 1]->name.fs) != 0;
	return n;
}

static void add_lists(struct plot_steps *s, const struct drawn *d)
{
	text_add(&s->plot.extra, "%.6g %.6g", d->low, d->high);
	for (size_t t = 0; t < d->targets; t++) {
		plot_target(&s->targets, d->target[t]);
		text_add(&s->plot.extra, " %zu",
			 1 + (strcmp(d->target[t]->name.access, "dax") != 0) +
				 2 * filesystem_number(d, t));
	}
	plot_block(&s->plot.data);
	for (size_t i = 0; i < d->c->n_sides; i++) {
		const char *label = d->c->side[i]->label;

		plot_panel(&s->sides, label);
		text_add(&s->plot.data, "%zu\t", i + 1);
		plot_word(&s->plot.data, label);
		text_add(&s->plot.data, "\n");
	}
}

/* A target that a side has no more. */
static void add_ends(struct text *note, const struct comparison *c, size_t i)
{
	for (size_t k = 0; k < c->n_missing; k++) {
		const struct missing *entry = &c->missing[k];
		char target[LABEL_SIZE];

		if (*entry->name.bench || (entry->sides >> (i - 1) & 3) != 2)
			continue;
		text_add(note, " %s is skipped on %s: %.100s.",
			 label_target(entry->name.fs, entry->name.access, target),
			 c->side[i]->label, entry->reason);
	}
}

static bool any_filled(const struct drawn *d)
{
	for (size_t i = 0; i < d->panels; i++)
		if (*d->panel[i]->name.fill)
			return true;
	return false;
}

static void add_note(struct plot *plot, const struct drawn *d)
{
	text_add(&plot->note, "Medians of single operations; the figures are those of %s.",
		 d->c->side[d->c->n_sides - 1]->label);
	plot_means(&plot->note, d->c, d->panel[0]->name.bench);
	if (any_filled(d))
		text_add(&plot->note, " Behind a +: how the file came into the page cache, as in "
				      "calls of so many bytes.");
	for (size_t i = 1; i < d->c->n_sides; i++)
		add_ends(&plot->note, d->c, i);
	if (d->not_shown)
		text_add(&plot->note, " Not shown: %zu more cost%s.", d->not_shown,
			 d->not_shown == 1 ? "" : "s");
	if (d->not_drawn)
		text_add(&plot->note, " Not drawn: %zu more cost%s on other targets.", d->not_drawn,
			 d->not_drawn == 1 ? "" : "s");
}

static void add_caption(struct plot_steps *s, const struct comparison *c)
{
	text_wrap(&s->caption, CAPTION_WIDTH, "", 0, s->plot.note.data);
	for (size_t i = 0; i < c->n_sides; i++) {
		const struct side *side = c->side[i];

		plot_caption_kernel(&s->caption, side, side->label);
	}
	plot_caption_machine(&s->caption, c);
}

void plot_steps(struct plot_steps *s, const struct comparison *c, const char *bench,
		struct plot_arms arms)
{
	struct drawn d = { .c = c, .low = INFINITY, .high = 0 };

	*s = (struct plot_steps){ .plot.unit = "" };
	choose(&d, bench, arms);
	if (!d.panels || d.high <= 0)
		return;
	s->plot.unit = label_unit(d.panel[0]->unit);
	plot_word(&s->plot.title, label_bench_of(c, bench));
	text_add(&s->plot.title, ", on %zu kernels", c->n_sides);
	for (size_t i = 0; i < d.panels; i++) {
		add_panel_title(&s->plot.panels, d.panel[i]);
		add_panel(&s->plot.data, &d, i);
	}
	for (size_t i = 0; i < d.panels; i++)
		add_words(&s->plot.data, &d, i);
	add_lists(s, &d);
	add_note(&s->plot, &d);
	add_caption(s, c);
}

int plot_steps_error(const struct plot_steps *s)
{
	int err = plot_error(&s->plot);

	err = err ? err : text_error(&s->targets);
	err = err ? err : text_error(&s->sides);
	return err ? err : text_error(&s->caption);
}

void plot_steps_free(struct plot_steps *s)
{
	plot_free(&s->plot);
	text_free(&s->targets);
	text_free(&s->sides);
	text_free(&s->caption);
}
