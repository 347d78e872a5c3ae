// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/checks.h"
#include "report/costs.h"
#include "report/differences.h"
#include "report/facts.h"
#include "report/left_out.h"
#include "report/lkml.h"
#include "report/steps.h"
#include "report/summary.h"
#include "report/tails.h"
#include "report/tally.h"

/* Of more tails that changed a mail has the largest. */
#define TAILS_SHOWN 8

void report_lkml(struct text *text, const struct comparison *c)
{
	report_summary(text, MAIL_WIDTH, c);
	text_add(text, "\n");
	differences_block(text, MAIL_WIDTH, c);
	if (comparison_is_series(c))
		steps_list(text, MAIL_WIDTH, c);
	report_costs(text, MAIL_WIDTH, c);
	tails_table(text, MAIL_WIDTH, c, TAILS_SHOWN);
	if (c->n_costs)
		report_counts(text, MAIL_WIDTH, c);
	report_checks(text, MAIL_WIDTH, c, false);
	report_left_out(text, MAIL_WIDTH, c);
	report_facts(text, MAIL_WIDTH, c);
}
