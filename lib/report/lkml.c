// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "report/facts.h"
#include "report/lkml.h"
#include "report/rows.h"
#include "report/summary.h"

/*
 * A group of at most this many metrics is shown whole: what did not change is
 * the control of what did. A larger one shows what changed.
 */
#define GROUP_WHOLE 6

static bool has_verdict(const struct metric_change *m)
{
	return m->judgement.verdict == VERDICT_BETTER || m->judgement.verdict == VERDICT_WORSE;
}

static void add_group(struct text *text, const struct comparison *c, size_t start, size_t end)
{
	struct grid grid;
	size_t hidden[2] = { 0 };

	rows_title(text, &c->metrics[start]);
	rows_begin(&grid, c, start, end);
	for (size_t i = start; i < end; i++) {
		const struct metric_change *m = &c->metrics[i];

		if (end - start <= GROUP_WHOLE || has_verdict(m))
			rows_metric(&grid, c, start, end, i);
		else
			hidden[m->judgement.verdict == VERDICT_INCONCLUSIVE]++;
	}
	grid_print(&grid, text, LKML_WIDTH);
	if (hidden[0])
		text_add(text, "  %zu others the same\n", hidden[0]);
	if (hidden[1])
		text_add(text, "  %zu others inconclusive\n", hidden[1]);
	rows_faults(text, LKML_WIDTH, c, start, end);
	text_add(text, "\n");
}

static bool same_line(const struct metric_change *a, const struct metric_change *b)
{
	return !strcmp(a->bench, b->bench) && !strcmp(a->access, b->access);
}

/* How many metrics got which verdict, a line a benchmark and access. */
static void add_counts(struct text *text, const struct comparison *c)
{
	struct grid grid = { .align = "lrrrrr" };

	grid_row(&grid);
	grid_cell(&grid, 0, "All costs");
	grid_cell(&grid, 1, "worse");
	grid_cell(&grid, 2, "better");
	grid_cell(&grid, 3, "same");
	grid_cell(&grid, 4, "inconclusive");
	for (size_t i = 0; i < c->n_metrics; i++) {
		const struct metric_change *m = &c->metrics[i];
		size_t count[4] = { 0 };
		bool said = false;

		for (size_t k = 0; k < i; k++)
			said = said || same_line(&c->metrics[k], m);
		if (said)
			continue;
		for (size_t k = i; k < c->n_metrics; k++)
			if (same_line(&c->metrics[k], m))
				count[c->metrics[k].judgement.verdict]++;
		grid_row(&grid);
		grid_cell(&grid, 0, "  %s%s", label_bench(m->bench),
			  !strcmp(m->access, "dax")	     ? ", DAX"
			  : !strcmp(m->access, "page-cache") ? ", page cache"
							     : "");
		grid_cell(&grid, 1, "%zu", count[VERDICT_WORSE]);
		grid_cell(&grid, 2, "%zu", count[VERDICT_BETTER]);
		grid_cell(&grid, 3, "%zu", count[VERDICT_SAME]);
		grid_cell(&grid, 4, "%zu", count[VERDICT_INCONCLUSIVE]);
	}
	grid_print(&grid, text, LKML_WIDTH);
	text_add(text, "\n");
}

void report_lkml(struct text *text, const struct comparison *c)
{
	struct text summary = { 0 };
	size_t end;

	report_summary(&summary, c);
	if (summary.data)
		text_wrap(text, LKML_WIDTH, "", 0, summary.data);
	if (text_error(&summary))
		text->err = text_error(&summary);
	text_free(&summary);
	text_add(text, "\n");
	for (size_t start = 0; start < c->n_metrics; start = end) {
		end = group_end(c, start);
		if (group_changed(c, start, end))
			add_group(text, c, start, end);
	}
	if (c->n_metrics)
		add_counts(text, c);
	rows_checks(text, LKML_WIDTH, c);
	rows_left_out(text, LKML_WIDTH, c);
	report_facts(text, LKML_WIDTH, c);
}
