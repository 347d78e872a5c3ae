// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>
#include <string.h>

#include "figure/plot_arms.h"
#include "report/groups.h"
#include "report/labels.h"

bool plot_arm_is(const struct cost *m, const char *name)
{
	const char *const parts[] = { m->name.bench, m->name.arm, m->name.metric };

	if (!strcmp(m->name.arm, name))
		return true;
	for (size_t i = 0; i < 3; i++) {
		size_t length = strlen(parts[i]);

		if (strncmp(parts[i], name, length) != 0)
			return false;
		name += length;
		/* with the metric or without */
		if (i && !*name)
			return true;
		if (*name++ != ' ')
			return false;
	}
	return false;
}

static size_t add(const struct comparison *c, size_t *list, size_t n, size_t metric)
{
	for (size_t i = 0; i < n; i++)
		if (cost_same_arm(&c->costs[list[i]].name, &c->costs[metric].name))
			return n;
	list[n] = metric;
	return n + 1;
}

static double size_of(const struct cost *m)
{
	return fabs(log1p(cost_change(m)->judgement.change_pct / 100));
}

/* Whether b says more of a benchmark than a, both with the same verdict. */
static bool says_more(const struct cost *a, const struct cost *b)
{
	if (cost_is_write_fault(&a->name) != cost_is_write_fault(&b->name))
		return cost_is_write_fault(&b->name);
	return size_of(b) > size_of(a);
}

/* The metric of the benchmark and the verdict that says most; n_costs if there is none. */
static size_t telling(const struct comparison *c, const char *bench, enum verdict verdict)
{
	size_t best = c->n_costs;

	for (size_t i = 0; i < c->n_costs; i++) {
		const struct cost *m = &c->costs[i];

		if (cost_change(m)->judgement.verdict == verdict && !strcmp(m->name.bench, bench) &&
		    (best == c->n_costs || says_more(&c->costs[best], m)))
			best = i;
	}
	return best;
}

/* The harness itself, which is on no target, only where there is nothing else. */
static size_t first_on_target(const struct comparison *c)
{
	for (size_t i = 0; i < c->n_costs; i++)
		if (strcmp(c->costs[i].name.fs, "none") != 0)
			return i;
	return 0;
}

static size_t choose_telling(const struct comparison *c, size_t *list)
{
	static const enum verdict verdicts[] = { VERDICT_WORSE, VERDICT_BETTER };
	size_t n = 0;

	for (size_t i = 0; i < c->n_costs; i++) {
		if (cost_is_write_fault(&c->costs[i].name))
			n = add(c, list, n, i);
		for (size_t v = 0; v < 2 && cost_begins_bench(c, i); v++) {
			size_t metric = telling(c, c->costs[i].name.bench, verdicts[v]);

			n = metric < c->n_costs ? add(c, list, n, metric) : n;
		}
	}
	if (!n && c->n_costs)
		list[n++] = first_on_target(c);
	return n;
}

size_t plot_arms_choose(const struct comparison *c, struct plot_arms arms, size_t *list)
{
	size_t n = 0;

	if (!arms.n)
		return choose_telling(c, list);
	for (size_t i = 0; i < c->n_costs; i++)
		for (size_t k = 0; k < arms.n; k++)
			if (plot_arm_is(&c->costs[i], arms.names[k]))
				n = add(c, list, n, i);
	return n;
}

void plot_arms_list(struct text *text, const struct comparison *c)
{
	for (size_t i = 0; i < c->n_costs; i++) {
		size_t before = 0;

		while (strcmp(c->costs[before].name.arm, c->costs[i].name.arm) != 0)
			before++;
		if (before == i)
			text_add(text, "%s%.40s", text->length ? ", " : "", c->costs[i].name.arm);
	}
}
