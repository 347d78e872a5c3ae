// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "figure/plot_cost.h"
#include "report/groups.h"
#include "report/labels.h"

static void add_row(struct text *text, const struct cost *m, size_t row, bool one_metric)
{
	const struct judgement *j = &cost_change(m)->judgement;
	char base[LABEL_SIZE], new[LABEL_SIZE], change[LABEL_SIZE];

	label_value(j->base, m->unit, base);
	label_value(j->other, m->unit, new);
	text_add(text, "%zu\t", row);
	plot_arm(text, m, one_metric);
	text_add(text, "%s", label_mean(m));
	text_add(text, "\t%.10g\t%.10g\t", j->base, j->other);
	if (j->verdict == VERDICT_SAME)
		text_add(text, "%s", new);
	else
		text_add(text, "%s to %s, %s%s", base, new, label_change(j->change_pct, change),
			 j->verdict == VERDICT_INCONCLUSIVE ? " ?" : "");
	text_add(text, "\t%s\n", verdict_name(j->verdict));
}

void plot_cost(struct plot *plot, const struct comparison *c, const char *bench)
{
	size_t end;

	*plot = (struct plot){ 0 };
	plot_word(&plot->title, label_bench_of(c, bench));
	text_add(&plot->title, ": median of single operations, ");
	plot_operations_range(&plot->title, c, bench);
	text_add(&plot->title, " an arm and side");
	for (size_t start = 0; start < c->n_costs; start = end) {
		const struct cost *first = &c->costs[start];
		bool single;

		end = target_end(c, start);
		if (strcmp(first->name.bench, bench) != 0)
			continue;
		single = group_has_one_metric(c, start, end);
		plot->unit = label_unit(first->unit);
		plot_target(&plot->panels, first);
		plot_block(&plot->data);
		for (size_t i = start; i < end; i++)
			add_row(&plot->data, &c->costs[i], i - start + 1, single);
	}
	plot_means(&plot->note, c, bench);
}
