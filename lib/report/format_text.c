// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdint.h>

#include "compare/span.h"
#include "report/checks.h"
#include "report/costs.h"
#include "report/tally.h"
#include "report/differences.h"
#include "report/format_text.h"
#include "report/left_out.h"
#include "report/steps.h"
#include "report/summary.h"
#include "report/tails.h"

void report_table(struct text *text, size_t width, const struct comparison *c)
{
	bool series = comparison_is_series(c);

	report_all_costs(text, width, c);
	tails_table(text, width, c, SIZE_MAX);
	report_checks(text, width, c, true);
	report_left_out(text, width, c);

	differences_block(text, width, c);

	/* last, where it is still on the screen */
	if (series)
		steps_list(text, width, c);
	if (series && c->n_costs)
		report_counts(text, width, c);
	report_summary(text, width, c);
	if (series)
		return;
	text_add(text, "\n%zu worse, %zu better, %zu the same, %zu inconclusive",
		 span_count(span_whole(c), VERDICT_WORSE),
		 span_count(span_whole(c), VERDICT_BETTER), span_count(span_whole(c), VERDICT_SAME),
		 span_count(span_whole(c), VERDICT_INCONCLUSIVE));
	tails_counts(text, span_whole(c));
	text_add(text, "\n");
}
