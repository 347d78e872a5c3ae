// SPDX-License-Identifier: GPL-2.0-or-later
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "figure/figures.h"
#include "figure/plot_boots.h"
#include "figure/plot_change.h"
#include "figure/plot_cost.h"
#include "figure/plot_fill.h"
#include "figure/plot_operations.h"
#include "figure/plot_scaling.h"
#include "figure/plot_steps.h"
#include "report/groups.h"
#include "report/labels.h"

#define NAME_SIZE 96

/*
 * Each has figures of its own. There are five; a file made to hurt could have ten
 * thousand, which would be hours of drawing and a gigabyte of figures.
 */
#define BENCHES_MAX 64

/* Makes it a name of files that will do anywhere: "-" stands for other characters. */
static void make_plain(char *name)
{
	for (char *c = name; *c; c++)
		if (!isalnum((unsigned char)*c) && !strchr("-._+@", *c))
			*c = '-';
}

static void name_figure(char *name, const char *kind, const char *what)
{
	snprintf(name, NAME_SIZE, "%s-%s", kind, what);
	make_plain(name);
}

/* Frees the plot, which failed to be filled if err is not 0. */
static enum status draw(const struct gnuplot *gnuplot, const struct comparison *c,
			const char *script, const char *name, struct plot *plot, int err)
{
	struct side_labels sides = label_sides(c);
	struct text caption = { 0 };
	enum status status = STATUS_ENVIRONMENT;

	plot_caption(&caption, plot, c);
	if (err || plot_error(plot) || text_error(&caption))
		complain_memory();
	else
		status = gnuplot_draw(gnuplot, script, name, &plot->data,
				      (const char *const[]){ plot->title.data, plot->unit,
							     sides.base, sides.new, caption.data,
							     plot->panels.data, plot->extra.data,
							     NULL });
	text_free(&caption);
	plot_free(plot);
	return status;
}

/* The same, or nothing where there is nothing to draw. */
static enum status draw_if_any(const struct gnuplot *gnuplot, const struct comparison *c,
			       const char *script, const char *name, struct plot *plot, int err)
{
	if (err || plot->data.length)
		return draw(gnuplot, c, script, name, plot, err);
	plot_free(plot);
	return STATUS_DONE;
}

/* Once a benchmark, and one dot (the harness itself) is no figure. */
static bool worth_drawing(const struct comparison *c, size_t metric)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n_costs; i++)
		n += !strcmp(c->costs[i].name.bench, c->costs[metric].name.bench);
	return n > 1 && cost_begins_bench(c, metric);
}

static enum status draw_costs(const struct gnuplot *gnuplot, const struct comparison *c)
{
	enum status status = STATUS_DONE;

	for (size_t i = 0; i < c->n_costs && status == STATUS_DONE; i++) {
		char name[NAME_SIZE];
		struct plot plot;

		if (!worth_drawing(c, i))
			continue;
		name_figure(name, "cost", c->costs[i].name.bench);
		plot_cost(&plot, c, c->costs[i].name.bench);
		status = draw(gnuplot, c, "cost.gp", name, &plot, 0);
	}
	return status;
}

/* A figure of a kind, drawn by the script of that name, for each benchmark that has it. */
static enum status draw_kind(const struct gnuplot *gnuplot, const struct comparison *c,
			     const char *kind,
			     int (*fill)(struct plot *plot, const struct comparison *c,
					 const char *bench))
{
	enum status status = STATUS_DONE;
	char script[NAME_SIZE];

	snprintf(script, sizeof(script), "%s.gp", kind);
	for (size_t i = 0; i < c->n_costs && status == STATUS_DONE; i++) {
		char name[NAME_SIZE];
		struct plot plot;
		int err;

		if (!cost_begins_bench(c, i))
			continue;
		err = fill(&plot, c, c->costs[i].name.bench);
		name_figure(name, kind, c->costs[i].name.bench);
		status = draw_if_any(gnuplot, c, script, name, &plot, err);
	}
	return status;
}

static enum status draw_change(const struct gnuplot *gnuplot, const struct comparison *c,
			       const char *name, const char *bench)
{
	struct plot plot;
	int err = plot_change(&plot, c, bench);

	return draw(gnuplot, c, "change.gp", name, &plot, err);
}

static enum status draw_changes(const struct gnuplot *gnuplot, const struct comparison *c)
{
	enum status status = draw_change(gnuplot, c, "change", NULL);

	for (size_t i = 0; i < c->n_costs && status == STATUS_DONE; i++) {
		char name[NAME_SIZE];

		if (!worth_drawing(c, i))
			continue;
		name_figure(name, "change", c->costs[i].name.bench);
		status = draw_change(gnuplot, c, name, c->costs[i].name.bench);
	}
	return status;
}

static enum status draw_operations(const struct gnuplot *gnuplot, const struct comparison *c,
				   struct plot_arms arms)
{
	size_t *list = calloc(c->n_costs, sizeof(*list));
	size_t n = list ? plot_arms_choose(c, arms, list) : 0;
	enum status status = list ? STATUS_DONE : STATUS_ENVIRONMENT;

	if (!list)
		complain_memory();
	for (size_t i = 0; i < n && status == STATUS_DONE; i++) {
		char name[NAME_SIZE], arm[LABEL_SIZE];
		struct plot plot;
		int err = plot_operations(&plot, c, &c->costs[list[i]]);

		name_figure(name, "operations", label_arm(&c->costs[list[i]].name, arm));
		status = draw(gnuplot, c, "operations.gp", name, &plot, err);
	}
	free(list);
	return status;
}

/* Whether a benchmark begins here that has such a figure: the harness itself is on no target. */
static bool begins_figure(const struct comparison *c, size_t cost, struct plot_arms arms)
{
	bool harness = !strcmp(c->costs[cost].name.fs, "none");

	return cost_begins_bench(c, cost) && !(harness && !arms.n && c->n_costs > 1);
}

static enum status draw_boots(const struct gnuplot *gnuplot, const struct comparison *c,
			      struct plot_arms arms)
{
	enum status status = STATUS_DONE;

	for (size_t i = 0; i < c->n_costs && status == STATUS_DONE; i++) {
		char name[NAME_SIZE];
		struct plot plot;
		int err;

		if (!begins_figure(c, i, arms))
			continue;
		err = plot_boots(&plot, c, c->costs[i].name.bench, arms);
		name_figure(name, "boots", c->costs[i].name.bench);
		status = draw_if_any(gnuplot, c, "boots.gp", name, &plot, err);
	}
	return status;
}

static bool has_arm(const struct comparison *c, const char *name)
{
	for (size_t i = 0; i < c->n_costs; i++)
		if (plot_arm_is(&c->costs[i], name))
			return true;
	return false;
}

static bool too_many(const struct comparison *c)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n_costs; i++)
		n += cost_begins_bench(c, i);
	if (n > BENCHES_MAX)
		complain("%zu benchmarks, and no more than %d have figures of their own: none is "
			 "drawn",
			 n, BENCHES_MAX);
	return n > BENCHES_MAX;
}

/* Of two sides. */
static enum status draw_all(const struct gnuplot *gnuplot, const struct comparison *c,
			    struct plot_arms arms)
{
	enum status status;

	if (!c->n_costs) {
		complain("no figures: %s runs have no costs in common",
			 side_mode_name(comparison_mode(c)));
		return STATUS_DONE;
	}
	if (too_many(c))
		return draw_change(gnuplot, c, "change", NULL);
	status = draw_costs(gnuplot, c);
	if (status == STATUS_DONE)
		status = draw_kind(gnuplot, c, "fill", plot_fill);
	if (status == STATUS_DONE)
		status = draw_changes(gnuplot, c);
	if (status == STATUS_DONE)
		status = draw_operations(gnuplot, c, arms);
	return status == STATUS_DONE ? draw_boots(gnuplot, c, arms) : status;
}

static enum status draw_series_of(const struct gnuplot *gnuplot, const char *bench,
				  struct plot_steps *s)
{
	char name[NAME_SIZE];

	if (plot_steps_error(s))
		return complain_memory();
	name_figure(name, "steps", bench);
	return gnuplot_draw(gnuplot, "steps.gp", name, &s->plot.data,
			    (const char *const[]){ s->plot.title.data, s->plot.unit,
						   s->targets.data, s->sides.data, s->caption.data,
						   s->plot.panels.data, s->plot.extra.data, NULL });
}

/* What each benchmark costs on each side. */
static enum status draw_series(const struct gnuplot *gnuplot, const struct comparison *c,
			       struct plot_arms arms)
{
	enum status status = STATUS_DONE;

	for (size_t i = 0; i < c->n_costs && status == STATUS_DONE; i++) {
		struct plot_steps s;

		if (!begins_figure(c, i, arms))
			continue;
		plot_steps(&s, c, c->costs[i].name.bench, arms);
		if (s.plot.data.length)
			status = draw_series_of(gnuplot, c->costs[i].name.bench, &s);
		plot_steps_free(&s);
	}
	return status;
}

/* Whether an arm was measured by several threads: one side has no other figures. */
static enum status check_threads(const struct comparison *c)
{
	for (size_t i = 0; i < c->n_costs; i++)
		if (c->costs[i].name.threads > 1)
			return STATUS_DONE;
	complain("%s: no arm was measured by several threads, and other figures compare two sides",
		 c->side[0]->files[0].path);
	return STATUS_USAGE;
}

static enum status check_arms(const struct comparison *c, struct plot_arms arms)
{
	for (size_t i = 0; i < arms.n; i++) {
		struct text known = { 0 };

		if (has_arm(c, arms.names[i]))
			continue;
		plot_arms_list(&known, c);
		complain("--arm: both sides have no arm '%s'; they have %s", arms.names[i],
			 known.data ? known.data : "none");
		text_free(&known);
		return STATUS_USAGE;
	}
	return STATUS_DONE;
}

enum status figures_check(const struct comparison *c, struct plot_arms arms)
{
	return c->n_sides == 1 ? check_threads(c) : check_arms(c, arms);
}

enum status figures_draw(const struct gnuplot *gnuplot, const struct comparison *c,
			 struct plot_arms arms)
{
	if (comparison_is_series(c))
		return draw_series(gnuplot, c, arms);
	if (c->n_sides == 2)
		return draw_all(gnuplot, c, arms);
	return too_many(c) ? STATUS_DONE : draw_kind(gnuplot, c, "scaling", plot_scaling);
}
