// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/costs.h"
#include "report/counts.h"
#include "report/differences.h"
#include "report/facts.h"
#include "report/lkml.h"
#include "report/rows.h"
#include "report/summary.h"
#include "report/tails.h"

/* Of more tails that changed a mail has the largest. */
#define TAILS_SHOWN 8

void report_lkml(struct text *text, const struct comparison *c)
{
	report_summary(text, LKML_WIDTH, c);
	text_add(text, "\n");
	differences_block(text, LKML_WIDTH, c);
	report_costs(text, LKML_WIDTH, c);
	tails_table(text, LKML_WIDTH, c, TAILS_SHOWN);
	if (c->n_metrics)
		report_counts(text, LKML_WIDTH, c);
	rows_checks(text, LKML_WIDTH, c);
	rows_left_out(text, LKML_WIDTH, c);
	report_facts(text, LKML_WIDTH, c);
}
