// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>
#include <string.h>

#include "figure/plot_shown.h"
#include "report/groups.h"

size_t shown_choose(const struct comparison *c, const char *bench, bool same_too, bool *shown)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n_costs; i++) {
		const struct cost *m = &c->costs[i];

		shown[i] = (!bench || !strcmp(m->name.bench, bench)) &&
			   (same_too || cost_change(m)->judgement.verdict != VERDICT_SAME);
		n += shown[i];
	}
	return n;
}

static double weight(const struct cost *m)
{
	double size = fabs(log1p(cost_change(m)->judgement.change_pct / 100));

	return (is_change(&cost_change(m)->judgement) ? 1e6 : 0) +
	       (isnan(size) ? 0 : fmin(size, 1e3));
}

void shown_limit(const struct comparison *c, size_t start, size_t end, size_t most, bool *shown)
{
	size_t n = 0;

	for (size_t i = start; i < end; i++)
		n += shown[i];
	for (; n > most; n--) {
		size_t lightest = end;

		for (size_t i = start; i < end; i++)
			if (shown[i] && (lightest == end ||
					 weight(&c->costs[i]) <= weight(&c->costs[lightest])))
				lightest = i;
		shown[lightest] = false;
	}
}

void shown_rest(struct text *text, const char *before, const struct comparison *c,
		const char *bench, size_t start, size_t end, const bool *shown)
{
	size_t hidden[4] = { 0 };

	for (size_t i = start; i < end; i++)
		if (!shown[i] && (!bench || !strcmp(c->costs[i].name.bench, bench)))
			hidden[cost_change(&c->costs[i])->judgement.verdict]++;
	for (size_t v = 0; v < 4; v++) {
		if (!hidden[v])
			continue;
		text_add(text, "%s%zu %s", before, hidden[v], verdict_name((enum verdict)v));
		before = ", ";
	}
}
