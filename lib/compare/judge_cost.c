// SPDX-License-Identifier: GPL-2.0-or-later
/* From the samples of paired boots to a verdict on each cost. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compare/boot_values.h"
#include "compare/join.h"
#include "compare/judge_parts.h"
#include "compare/pairs.h"
#include "compare/span.h"

/* Two sides that are judged, and which boot of new is beside each of base. */
struct pairing {
	struct span span;
	const struct side_boot **others;
};

/* While the costs are judged one after the other. */
struct work {
	struct comparison *c;
	struct pairing *pairings;
	size_t n_pairings;
	struct figures figures;
	struct boot_values *values[SIDES_MAX]; /* a boot each, of the cost in hand */
	struct boot_median *base, *new;	       /* of its pairs */
	char *error;
	size_t error_size;
};

static int same_meaning(const struct side_boot *a_boot, const struct side_sample *a,
			const struct side_boot *b_boot, const struct side_sample *b, char *error,
			size_t size)
{
	if (!strcmp(a->unit, b->unit) && a->higher_is_better == b->higher_is_better)
		return 0;
	snprintf(error, size,
		 "%s:%zu and %s:%zu differ in what %s %s is: %s, %s better; %s, %s better",
		 a_boot->path, a->line, b_boot->path, b->line, a->name.bench, a->name.metric,
		 a->unit, a->higher_is_better ? "higher" : "lower", b->unit,
		 b->higher_is_better ? "higher" : "lower");
	return -EINVAL;
}

static int64_t add(int64_t a, int64_t b)
{
	return a > INT64_MAX - b ? INT64_MAX : a + b;
}

/* The middle of one kind of values of a side, and how far they lie apart. */
static int summarise(struct work *w, size_t side, int kind, struct judgement *j)
{
	size_t n = w->c->side[side]->n_boots;

	for (size_t i = 0; i < n; i++)
		w->base[i] = w->values[side][i].of[kind];
	return judge_summarise(w->base, w->base, n, j);
}

/* What the cost is on one side that has it in every boot. */
static int measure(struct work *w, const struct cost_key *key, struct cost *cost, size_t s)
{
	const struct side *side = w->c->side[s];
	struct judgement lead, median, p99;
	struct cost_on *on = &cost->on[s];
	double faults = 0;
	int err;

	on->n = 0;
	for (size_t i = 0; i < side->n_boots; i++) {
		const struct side_boot *boot = &side->boots[i];
		const struct side_sample *sample = side_find_sample(boot, &cost->name);

		err = same_meaning(key->boot, key->sample, boot, sample, w->error, w->error_size);
		if (err)
			return err;
		boot_values_read(&w->values[s][i], sample, side->mode);
		on->n = add(on->n, sample->n);
		faults += sample->faults;
	}
	err = summarise(w, s, cost->figure == FIGURE_MEAN ? OF_MEAN : OF_MEDIAN, &lead);
	if (!err)
		err = summarise(w, s, OF_MEDIAN, &median);
	if (!err)
		err = summarise(w, s, OF_P99, &p99);
	if (err)
		return err;
	*on = (struct cost_on){
		.measured = true,
		.n = on->n,
		.value = lead.base,
		.low = lead.base_low,
		.high = lead.base_high,
		.spread_pct = lead.base_spread_pct,
		.median = median.base,
		.median_spread_pct = median.base_spread_pct,
		.p99 = p99.base,
		.faults = faults / (double)on->n,
	};
	return 0;
}

/* Fills base and new with one kind of values, a pair each; returns the variance within. */
static double gather(struct work *w, const struct pairing *pairing, int kind)
{
	const struct side *base = span_base(pairing->span), *new = span_new(pairing->span);
	double variance = 0;

	for (size_t i = 0; i < base->n_boots; i++) {
		const struct boot_values *a = &w->values[pairing->span.from][i];
		const struct boot_values *b =
			&w->values[pairing->span.to][pairing->others[i] - new->boots];

		w->base[i] = a->of[kind];
		w->new[i] = b->of[kind];
		/* p99s are added boot by boot: the last digits of a sum depend on its order */
		if (kind == OF_P99)
			variance = variance + a->variance[kind] + b->variance[kind];
		else
			variance += a->variance[kind] + b->variance[kind];
	}
	return variance;
}

static struct pair_spread spread_of(const struct judgement *j, double variance)
{
	return (struct pair_spread){
		.total = log1p(j->pair_sd_pct / 100),
		.within = sqrt(variance / (double)j->pairs),
	};
}

/* Times of one kind; judge_families() makes the rest of the verdict. */
static int judge_times(struct work *w, const struct pairing *pairing, int kind, struct judgement *j,
		       struct pair_spread *spread)
{
	double variance = gather(w, pairing, kind);
	int err = judge_time(w->base, w->new, span_base(pairing->span)->n_boots,
			     w->c->limits.margin_pct, j);

	*spread = spread_of(j, variance);
	return err;
}

static int judge_counts(struct work *w, const struct pairing *pairing, const struct cost *cost,
			struct change *change)
{
	size_t n = span_base(pairing->span)->n_boots;
	double floor = w->c->limits.floor_pct;
	int err;

	gather(w, pairing, OF_MEDIAN);
	err = judge_count(w->base, w->new, n, cost->higher_is_better, floor, &change->median);
	change->judgement = change->median;
	if (err || cost->figure == FIGURE_MEDIAN)
		return err;
	gather(w, pairing, OF_MEAN);
	return judge_count_mean(w->base, w->new, n, cost->higher_is_better, floor,
				&change->judgement);
}

static int judge(struct work *w, const struct pairing *pairing, const struct cost *cost,
		 struct change *change)
{
	int err;

	if (comparison_mode(w->c) != SIDE_TIME)
		return judge_counts(w, pairing, cost, change);
	err = judge_times(w, pairing, OF_MEDIAN, &change->median, &change->spread);
	change->judgement = change->median;
	if (!err && cost->figure == FIGURE_MEAN)
		err = judge_times(w, pairing, OF_MEAN, &change->judgement, &change->spread);
	return err ? err : judge_times(w, pairing, OF_P99, &change->p99, &change->p99_spread);
}

/* The pairs of sides that are judged: each with the one before it and with the first. */
static int pair_sides(struct work *w)
{
	const struct comparison *c = w->c;
	int err = 0;

	w->n_pairings = 0;
	w->pairings = calloc(2 * c->n_sides + 1, sizeof(*w->pairings));
	if (!w->pairings)
		return -ENOMEM;
	for (size_t i = 1; i < c->n_sides; i++) {
		w->pairings[w->n_pairings++].span = span_step(c, i);
		/* the second has the first before it, and is not judged twice */
		if (i > 1)
			w->pairings[w->n_pairings++].span = span_first(c, i);
	}
	for (size_t i = 0; i < w->n_pairings && !err; i++) {
		struct pairing *p = &w->pairings[i];

		err = pair_boots(span_base(p->span), span_new(p->span), &p->others, w->error,
				 w->error_size);
	}
	return err;
}

static bool is_judged(const struct cost_key *key, const struct pairing *pairing)
{
	return (key->sides >> pairing->span.from & 1) && (key->sides >> pairing->span.to & 1);
}

/* Whether the cost is one of the comparison's. */
static bool is_compared(const struct work *w, const struct cost_key *key)
{
	for (size_t i = 0; i < w->n_pairings; i++)
		if (is_judged(key, &w->pairings[i]))
			return true;
	return w->c->n_sides == 1 && key->sides;
}

/* Room for n costs, and for what they point into. */
static int make_room(struct work *w, size_t n)
{
	struct comparison *c = w->c;
	size_t boots = 0, most = 0;

	c->costs = calloc(n + 1, sizeof(*c->costs));
	c->cost_on = calloc(n * c->n_sides + 1, sizeof(*c->cost_on));
	c->change_of = calloc(2 * n * c->n_sides + 1, sizeof(struct change *));
	c->change = calloc(n * w->n_pairings + 1, sizeof(*c->change));
	for (size_t s = 0; s < c->n_sides; s++) {
		size_t here = c->side[s]->n_boots;

		boots += here;
		most = here > most ? here : most;
	}
	w->values[0] = calloc(boots + 1, sizeof(*w->values[0]));
	w->base = calloc(2 * most + 1, sizeof(*w->base));
	if (!c->costs || !c->cost_on || !c->change_of || !c->change || !w->values[0] || !w->base)
		return -ENOMEM;
	w->new = w->base + most;
	for (size_t s = 1; s < c->n_sides; s++)
		w->values[s] = w->values[s - 1] + c->side[s - 1]->n_boots;
	return 0;
}

static int add_cost(struct work *w, const struct cost_key *key, size_t *n_changes)
{
	struct comparison *c = w->c;
	size_t sides = c->n_sides;
	struct cost *cost = &c->costs[c->n_costs];
	int err = 0;

	*cost = (struct cost){
		.name = key->sample->name,
		.unit = key->sample->unit,
		.higher_is_better = key->sample->higher_is_better,
		.on = &c->cost_on[c->n_costs * sides],
		.before = &c->change_of[2 * c->n_costs * sides],
		.first = &c->change_of[(2 * c->n_costs + 1) * sides],
	};
	c->n_costs++;
	cost->figure = figures_of(&w->figures, &cost->name, &cost->figure_why);
	for (size_t s = 0; s < sides && !err; s++) {
		cost->on[s] =
			(struct cost_on){ .value = NAN, .median = NAN, .p99 = NAN, .faults = NAN };
		if (key->sides >> s & 1)
			err = measure(w, key, cost, s);
	}
	for (size_t i = 0; i < w->n_pairings && !err; i++) {
		const struct span *span = &w->pairings[i].span;
		struct change *change = &c->change[*n_changes];

		if (!is_judged(key, &w->pairings[i]))
			continue;
		err = judge(w, &w->pairings[i], cost, change);
		if (span->to == span->from + 1)
			cost->before[span->to] = change;
		if (!span->from)
			cost->first[span->to] = change;
		(*n_changes)++;
	}
	return err;
}

/* The figures that lead are one family of tests, the p99s another. */
static int judge_families(struct comparison *c, size_t n)
{
	struct judged *leads = calloc(2 * (n + 1), sizeof(*leads)), *p99s;
	size_t at = 0;
	int err;

	if (!leads)
		return -ENOMEM;
	p99s = leads + n;
	for (size_t i = 0; i < c->n_costs; i++)
		for (size_t s = 1; s < 2 * c->n_sides; s++) {
			struct change *change = c->costs[i].before[s];

			/* behind before[] stands first[], of which [1] is before[1] */
			if (!change || s == c->n_sides + 1)
				continue;
			leads[at] =
				(struct judged){ &change->judgement, c->costs[i].higher_is_better };
			p99s[at++] = (struct judged){ &change->p99, c->costs[i].higher_is_better };
		}
	err = judge_together(leads, n);
	if (!err)
		err = judge_together(p99s, n);
	free(leads);
	for (size_t i = 0; i < c->n_costs; i++)
		for (size_t s = 1; s < c->n_sides && c->costs[i].figure == FIGURE_MEDIAN; s++) {
			if (c->costs[i].before[s])
				c->costs[i].before[s]->median = c->costs[i].before[s]->judgement;
			if (c->costs[i].first[s])
				c->costs[i].first[s]->median = c->costs[i].first[s]->judgement;
		}
	return err;
}

static int judge_all(struct work *w, const struct cost_key *keys, size_t n)
{
	struct comparison *c = w->c;
	uint64_t ends = 1ull << (c->n_sides - 1) | 1;
	size_t n_changes = 0;
	int err = figures_find(c->side, c->n_sides, &w->figures);

	if (!err)
		err = pair_sides(w);
	if (!err)
		err = make_room(w, n);
	for (size_t i = 0; i < n && !err; i++) {
		if (comparison_mode(c) == SIDE_EMULATED)
			c->n_refused += (keys[i].sides & ends) == ends;
		else if (is_compared(w, &keys[i]))
			err = add_cost(w, &keys[i], &n_changes);
	}
	if (!err && comparison_mode(c) == SIDE_TIME)
		err = judge_families(c, n_changes);
	return err;
}

int judge_costs(struct comparison *c, const struct cost_key *keys, size_t n, char *error,
		size_t error_size)
{
	struct work w = { .c = c, .error = error, .error_size = error_size };
	int err = judge_all(&w, keys, n);

	for (size_t i = 0; i < w.n_pairings; i++)
		free(w.pairings[i].others);
	free(w.pairings);
	free(w.values[0]);
	free(w.base);
	figures_free(&w.figures);
	return err;
}
