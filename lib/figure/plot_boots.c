// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "compare/pairs.h"
#include "figure/plot_boots.h"
#include "figure/plot_shown.h"
#include "report/groups.h"
#include "report/labels.h"

/* As many panels as can be read; and so many where nothing or little changed. */
#define PANELS_MAX 16
#define PANELS_MIN 4

/* The boots of a comparison, base's i beside others[i]. */
struct pairs {
	const struct comparison *c;
	const struct side_boot **others;
};

/* Whether the order in which they were made is known, across both sides. */
static bool in_order(const struct pairs *pairs)
{
	const struct side *base = pairs->c->side[0];

	if (base->mode != SIDE_TIME || pairs->c->n_sides == 1)
		return false;
	for (size_t i = 0; i < base->n_boots; i++) {
		const struct side_run *a = &base->boots[i].run, *b = &pairs->others[i]->run;

		if (!a->position || !b->position || !*a->session ||
		    strcmp(a->session, b->session) != 0)
			return false;
	}
	return true;
}

/* A session's place among those of base, by the first of its boots. */
static size_t session_of(const struct side *base, const struct side_run *run)
{
	size_t i = 0;

	while (i < base->n_boots && strcmp(base->boots[i].run.session, run->session) != 0)
		i++;
	return i;
}

static bool is_before(const struct side *base, const struct side_run *a, const struct side_run *b)
{
	size_t session = session_of(base, a), other = session_of(base, b);

	return session < other || (session == other && a->position < b->position);
}

/* From 1, among the boots of both sides. */
static size_t place_in_order(const struct pairs *pairs, const struct side_run *run)
{
	const struct side *base = pairs->c->side[0];
	size_t place = 1;

	for (size_t i = 0; i < base->n_boots; i++) {
		place += is_before(base, &base->boots[i].run, run);
		place += is_before(base, &pairs->others[i]->run, run);
	}
	return place;
}

/* Of a boot that has the metric. */
static double figure_in(const struct side_boot *boot, const struct cost *m)
{
	const struct side_sample *sample = side_find_sample(boot, &m->name);

	return cost_by_mean(m) ? sample->mean : sample->median;
}

static void add_block(struct text *data, const struct pairs *pairs, const struct cost *m,
		      bool ordered)
{
	const struct side *base = pairs->c->side[0];

	plot_block(data);
	for (size_t i = 0; i < base->n_boots; i++) {
		const struct side_boot *a = &base->boots[i], *b = pairs->others[i];
		size_t at = i + 1, other = at;

		if (ordered) {
			at = place_in_order(pairs, &a->run);
			other = place_in_order(pairs, &b->run);
		}
		text_add(data, "%zu\t%.10g\t%zu\t%.10g\t%lld\n", at, figure_in(a, m), other,
			 figure_in(b, m),
			 base->mode == SIDE_TIME ? (long long)i + 1 : (long long)a->run.seed);
	}
}

static void add_titles(struct text *panels, const struct comparison *c, size_t start, size_t end,
		       size_t metric)
{
	const struct cost *m = &c->costs[metric];
	char target[LABEL_SIZE], change[LABEL_SIZE];
	struct text title = { 0 };

	plot_arm(&title, m, group_has_one_metric(c, start, end));
	text_add(&title, "%s", label_mean(m));
	if (strcmp(m->name.fs, "none") != 0)
		text_add(&title, ", %s", label_target(m->name.fs, m->name.access, target));
	plot_panel(panels, title.data ? title.data : "");
	text_free(&title);
	if (!isnan(cost_change(m)->judgement.change_pct))
		text_add(&title, "%s, ",
			 label_change(cost_change(m)->judgement.change_pct, change));
	text_add(&title, "%s", verdict_name(cost_change(m)->judgement.verdict));
	plot_panel(panels, title.data ? title.data : "");
	text_take(panels, &title);
}

/* Which metrics have a panel. */
static void choose(const struct comparison *c, const char *bench, struct plot_arms arms,
		   bool *shown)
{
	size_t changed = 0;

	shown_choose(c, bench, true, shown);
	for (size_t i = 0; i < c->n_costs; i++) {
		bool asked = !arms.n;

		for (size_t k = 0; k < arms.n; k++)
			asked |= plot_arm_is(&c->costs[i], arms.names[k]);
		shown[i] &= asked;
		changed += shown[i] && is_change(&cost_change(&c->costs[i])->judgement);
	}
	if (arms.n || changed > PANELS_MAX)
		changed = PANELS_MAX;
	shown_limit(c, 0, c->n_costs, changed < PANELS_MIN ? PANELS_MIN : changed, shown);
}

static void add_panels(struct plot *plot, const struct pairs *pairs, const bool *shown)
{
	const struct comparison *c = pairs->c;
	bool ordered = in_order(pairs);
	size_t end;

	for (size_t start = 0; start < c->n_costs; start = end) {
		end = target_end(c, start);
		for (size_t i = start; i < end; i++) {
			if (!shown[i])
				continue;
			plot->unit = label_unit(c->costs[i].unit);
			add_titles(&plot->panels, c, start, end, i);
			add_block(&plot->data, pairs, &c->costs[i], ordered);
		}
	}
	text_add(&plot->extra, "%s",
		 comparison_mode(c) != SIDE_TIME ? "seed"
		 : ordered			 ? "boot, in the order they were made"
						 : "pair of runs");
}

int plot_boots(struct plot *plot, const struct comparison *c, const char *bench,
	       struct plot_arms arms)
{
	struct pairs pairs = { .c = c };
	bool *shown = calloc(c->n_costs + 1, sizeof(*shown));
	char error[256];
	int err = pair_boots(c->side[0], comparison_last(c), &pairs.others, error, sizeof(error));

	*plot = (struct plot){ .unit = "" };
	if (shown && !err) {
		choose(c, bench, arms, shown);
		plot_word(&plot->title, label_bench_of(c, bench));
		add_panels(plot, &pairs, shown);
		text_add(&plot->title, ": the median of each boot%s%s, joined by pair",
			 comparison_mode(c) == SIDE_TIME ? "" : " in ",
			 comparison_mode(c) == SIDE_TIME ? "" : plot->unit);
		text_add(&plot->note, "Lines across a panel are the medians of a side's boots");
		shown_rest(&plot->note, "; not shown: ", c, bench, 0, c->n_costs, shown);
		if (group_has_mean(c, 0, c->n_costs))
			text_add(&plot->note, ".");
		plot_means(&plot->note, c, bench);
	} else {
		err = -ENOMEM;
	}
	free(pairs.others);
	free(shown);
	return err;
}
