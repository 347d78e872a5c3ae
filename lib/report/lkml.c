// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>
#include <stdlib.h>
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

/* In percent; the words below say 1% too. */
#define SMALL_PCT 1

static bool changed(const struct metric_change *m)
{
	return m->judgement.verdict == VERDICT_BETTER || m->judgement.verdict == VERDICT_WORSE;
}

/* A few instructions more on a path that nobody changed: told, but at the end. */
static bool small(const struct metric_change *m)
{
	return fabs(m->judgement.change_pct) < SMALL_PCT;
}

static bool group_shown(const struct comparison *c, size_t start, size_t end)
{
	for (size_t i = start; i < end; i++)
		if (changed(&c->metrics[i]) && !small(&c->metrics[i]))
			return true;
	return false;
}

static bool row_shown(const struct comparison *c, size_t start, size_t end, size_t row)
{
	const struct metric_change *m = &c->metrics[row];

	return end - start <= GROUP_WHOLE || (changed(m) && !small(m));
}

static void add_others(struct text *text, size_t n, const char *what)
{
	if (n)
		text_add(text, "  %zu other%s %s\n", n, n == 1 ? "" : "s", what);
}

static void add_group(struct text *text, const struct comparison *c, size_t start, size_t end)
{
	struct grid grid;
	size_t same = 0, open = 0, slight = 0;

	rows_title(text, &c->metrics[start]);
	rows_begin(&grid, c, start, end);
	for (size_t i = start; i < end; i++) {
		const struct metric_change *m = &c->metrics[i];

		if (row_shown(c, start, end, i))
			rows_metric(&grid, c, start, end, i);
		else if (changed(m))
			slight++;
		else if (m->judgement.verdict == VERDICT_SAME)
			same++;
		else
			open++;
	}
	grid_print(&grid, text, LKML_WIDTH);
	add_others(text, slight, "changed by less than 1% (below)");
	add_others(text, same, "the same");
	add_others(text, open, "inconclusive");
	rows_faults(text, LKML_WIDTH, c, start, end);
	text_add(text, "\n");
}

/* What changed and was not shown with its group. */
static void add_small(struct text *text, const struct comparison *c)
{
	struct grid grid = { .align = "lrrrl" };
	struct side_labels sides = label_sides(c);
	char name[LABEL_SIZE], buffer[LABEL_SIZE];
	size_t end;

	grid_row(&grid);
	grid_cell(&grid, 0, "Changes below 1%%");
	grid_cell(&grid, 1, "%s", sides.base);
	grid_cell(&grid, 2, "%s", sides.new);
	grid_cell(&grid, 3, "change");
	grid_cell(&grid, 4, "verdict");
	for (size_t start = 0; start < c->n_metrics; start = end) {
		bool shown;

		end = group_end(c, start);
		shown = group_shown(c, start, end);
		for (size_t i = start; i < end; i++) {
			const struct metric_change *m = &c->metrics[i];

			if (!changed(m) || (shown && row_shown(c, start, end, i)))
				continue;
			grid_row(&grid);
			grid_cell(&grid, 0, "  %s, %s", label_arm(m, name),
				  label_target(m->fs, m->access, buffer));
			grid_cell(&grid, 1, "%s", label_number(m->judgement.base, buffer));
			grid_cell(&grid, 2, "%s", label_number(m->judgement.other, buffer));
			grid_cell(&grid, 3, "%s", label_change(m->judgement.change_pct, buffer));
			grid_cell(&grid, 4, "%s", verdict_name(m->judgement.verdict));
		}
	}
	if (grid.n_rows > 1) {
		grid_print(&grid, text, LKML_WIDTH);
		text_add(text, "\n");
	} else {
		free(grid.rows);
	}
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
		if (group_shown(c, start, end))
			add_group(text, c, start, end);
	}
	add_small(text, c);
	if (c->n_metrics)
		add_counts(text, c);
	rows_checks(text, LKML_WIDTH, c);
	rows_left_out(text, LKML_WIDTH, c);
	report_facts(text, LKML_WIDTH, c);
}
