// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdint.h>

#include "report/differences.h"
#include "report/format_text.h"
#include "report/rows.h"
#include "report/summary.h"
#include "report/tails.h"

void report_table(struct text *text, size_t width, const struct comparison *c)
{
	size_t end;

	for (size_t start = 0; start < c->n_metrics; start = end) {
		struct grid grid;

		end = group_end(c, start);
		rows_title(text, width, c, start);
		rows_begin(&grid, c, start, end);
		for (size_t i = start; i < end; i++)
			rows_metric(&grid, c, start, end, i);
		grid_print(&grid, text, width);
		rows_faults(text, width, c, start, end);
		text_add(text, "\n");
	}
	tails_table(text, width, c, SIZE_MAX);
	rows_checks(text, width, c);
	rows_left_out(text, width, c);

	differences_block(text, width, c);

	/* last, where it is still on the screen */
	report_summary(text, width, c);
	text_add(text, "\n%zu worse, %zu better, %zu the same, %zu inconclusive",
		 comparison_count(c, VERDICT_WORSE), comparison_count(c, VERDICT_BETTER),
		 comparison_count(c, VERDICT_SAME), comparison_count(c, VERDICT_INCONCLUSIVE));
	if (comparison_tails(c, VERDICT_WORSE) || comparison_tails(c, VERDICT_BETTER))
		text_add(text, "; ");
	tails_counts(text, c);
	text_add(text, "\n");
}
