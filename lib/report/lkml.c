// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/costs.h"
#include "report/counts.h"
#include "report/facts.h"
#include "report/lkml.h"
#include "report/rows.h"
#include "report/summary.h"

void report_lkml(struct text *text, const struct comparison *c)
{
	report_summary(text, LKML_WIDTH, c);
	text_add(text, "\n");
	report_costs(text, LKML_WIDTH, c);
	if (c->n_metrics)
		report_counts(text, LKML_WIDTH, c);
	rows_checks(text, LKML_WIDTH, c);
	rows_left_out(text, LKML_WIDTH, c);
	report_facts(text, LKML_WIDTH, c);
}
