// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/differences.h"
#include "report/ktap.h"
#include "report/steps_cost_table.h"
#include "report/steps_text.h"
#include "report/tails.h"

/* "All 201 costs: 171 the same at every step, 24 changed at some, 6 without proof of either" */
static void add_counts(struct text *text, size_t width, const struct steps *steps)
{
	size_t changed = 0, open = 0, tails = 0, n = steps->all.n_metrics;
	struct text line = { 0 };

	for (size_t m = 0; m < n; m++) {
		bool differs = cost_largest(steps, m), unsure = false;

		for (size_t i = 1; i < steps->n_sides; i++) {
			const struct metric_change *before = steps_metric_before(steps, m, i);

			unsure = unsure || !before ||
				 before->judgement.verdict == VERDICT_INCONCLUSIVE;
		}
		changed += differs;
		tails += tails_any_step(steps, m);
		open += unsure && !differs;
	}
	if (!n)
		return;
	text_add(&line, n == 1 ? "%zu cost:" : "All %zu costs:", n);
	text_add(&line, " %zu changed at some step, %zu the same at every step", changed,
		 n - changed - open);
	if (open)
		text_add(&line, ", %zu inconclusive at some and changed at none", open);
	if (tails)
		text_add(&line, "; the p99 of %zu changed at some step", tails);
	text_wrap_built(text, width, "", 2, &line);
	text_add(text, "\n");
}

void report_steps_table(struct text *text, size_t width, const struct steps *steps)
{
	steps_all_costs(text, width, steps);
	tails_steps(text, width, steps);
	steps_checks(text, width, steps, true);
	steps_left_out(text, width, steps);

	differences_block_of_steps(text, width, steps);

	/* last, where it is still on the screen */
	steps_list(text, width, steps);
	add_counts(text, width, steps);
	steps_summary(text, width, steps);
}

void report_steps_lkml(struct text *text, const struct steps *steps)
{
	steps_summary(text, MAIL_WIDTH, steps);
	text_add(text, "\n");
	differences_block_of_steps(text, MAIL_WIDTH, steps);
	steps_list(text, MAIL_WIDTH, steps);
	steps_changed_costs(text, MAIL_WIDTH, steps);
	tails_steps(text, MAIL_WIDTH, steps);
	add_counts(text, MAIL_WIDTH, steps);
	steps_checks(text, MAIL_WIDTH, steps, false);
	steps_left_out(text, MAIL_WIDTH, steps);
	steps_facts(text, MAIL_WIDTH, steps);
}

void report_steps_ktap(struct text *text, const struct steps *steps)
{
	report_ktap(text, steps_first(steps, steps->n_sides - 1));
}
