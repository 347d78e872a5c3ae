// SPDX-License-Identifier: GPL-2.0-or-later
/* How many boots or runs there were, and what they say together. */
#include <stdbool.h>

#include "report/facts.h"
#include "report/labels.h"

static void add_seeds(struct text *value, const struct side *side)
{
	for (size_t i = 0; i < side->n_boots; i++)
		text_add(value, "%s%lld", i ? ", " : "", (long long)side->boots[i].run.seed);
}

static void add_one_side(struct text *value, const struct side *side)
{
	add_seeds(value, side);
	if (side->n_boots == 1)
		text_add(value, ", one run");
	else
		text_add(value, ": one run each. A figure is the median of those of the runs; "
				"the spread is that of their medians, largest less smallest.");
}

static void add_untimed(struct text *value, const struct comparison *c)
{
	add_seeds(value, c->side[0]);
	text_add(value, ": one boot a seed and side.");
	if (comparison_mode(c) == SIDE_COUNT)
		text_add(value,
			 " A spread is that of a side over them, a range that of the change. A "
			 "change of at most %g%% is none.",
			 comparison_none_pct(c));
}

/* "order_seed 5": several where several runs of a plan are one side. */
static void add_order_seeds(struct text *value, const struct side *side)
{
	text_add(value, "order_seed");
	for (size_t i = 0; i < side->n_boots; i++) {
		long long seed = (long long)side->boots[i].run.order_seed;
		bool said = false;

		for (size_t k = 0; k < i; k++)
			said = said || side->boots[k].run.order_seed == seed;
		if (!said)
			text_add(value, "%s %lld", i ? "," : "", seed);
	}
}

static void add_timed(struct text *value, const struct comparison *c)
{
	const struct side_run *run = &c->side[0]->boots[0].run;
	const char *what = *run->command ? "boot" : "run";

	text_add(value, "%zu, each of one %s a side, ", c->side[0]->n_boots, what);
	if (run->pair) {
		text_add(value, "in an order and with seeds drawn from ");
		add_order_seeds(value, c->side[0]);
	} else {
		text_add(value, "the first with the first and so on; seeds ");
		add_seeds(value, c->side[0]);
	}
	text_add(value,
		 ". n is the operations of a %s. A change is the geometric mean over the pairs, "
		 "with "
		 "its 95%% interval by Student's t. It is none where that lies within %g%%, and "
		 "worse or better where Holm's adjustment over all costs is at most 5%% and the "
		 "signed-rank test agrees.",
		 what, comparison_none_pct(c));
}

void facts_runs(struct text *text, size_t width, const struct comparison *c)
{
	bool pairs = c->n_sides > 1 && comparison_mode(c) == SIDE_TIME;
	struct text value = { 0 };

	if (c->n_sides == 1)
		add_one_side(&value, c->side[0]);
	else if (pairs)
		add_timed(&value, c);
	else
		add_untimed(&value, c);
	facts_add(text, width, pairs ? "Pairs" : "Seeds", &value);
}
