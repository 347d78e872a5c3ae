// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/cost_selection.h"
#include "report/costs.h"
#include "report/rows.h"

static void add_item(struct text *line, size_t n, const char *what)
{
	if (n)
		text_add(line, "%s%zu %s", line->length ? ", " : "", n, what);
}

/* "3 better (-28.4% to -30.0%)": the large changes that have no row. */
static void add_rest(struct text *line, const struct comparison *c, size_t start, size_t end,
		     enum verdict verdict)
{
	char label[LABEL_SIZE];
	double low = INFINITY, high = 0;
	size_t n = 0;

	for (size_t i = start; i < end; i++) {
		const struct judgement *j = &c->metrics[i].judgement;

		if (j->verdict != verdict || !change_is_large(&c->metrics[i]) ||
		    selection_has(c, start, end, i))
			continue;
		n++;
		low = fabs(j->change_pct) < fabs(low) ? j->change_pct : low;
		high = fabs(j->change_pct) > fabs(high) ? j->change_pct : high;
	}
	add_item(line, n, verdict_name(verdict));
	if (n)
		text_add(line, " (%s", label_change(low, label));
	if (n > 1)
		text_add(line, " to %s", label_change(high, label));
	if (n)
		text_add(line, ")");
}

static void add_not_shown(struct text *text, size_t width, const struct comparison *c, size_t start,
			  size_t end)
{
	const char *like = selection_like(c, start, end);
	size_t same = 0, open = 0, slight = 0;
	char first[LABEL_SIZE] = "  Not shown: ";
	struct text line = { 0 };

	for (size_t i = start; i < end; i++) {
		const struct metric_change *m = &c->metrics[i];

		if (selection_has(c, start, end, i))
			continue;
		same += m->judgement.verdict == VERDICT_SAME;
		open += m->judgement.verdict == VERDICT_INCONCLUSIVE;
		slight += metric_changed(m) && !change_is_large(m);
	}
	add_rest(&line, c, start, end, VERDICT_WORSE);
	add_rest(&line, c, start, end, VERDICT_BETTER);
	add_item(&line, slight, "changed by less than 1% (below)");
	add_item(&line, same, "the same");
	add_item(&line, open, "inconclusive");
	if (like)
		snprintf(first, sizeof(first), "  As on %.40s, arm for arm: ", like);
	if (line.length)
		text_wrap(text, width, first, 2, line.data);
	if (text_error(&line))
		text->err = text_error(&line);
	text_free(&line);
}

/*
 * What changed stands first, its controls below. *before holds the remark on
 * page faults of the group before this one, then of this one.
 */
static void add_group(struct text *text, size_t width, const struct comparison *c, size_t start,
		      size_t end, struct text *before)
{
	struct text faults = { 0 };
	struct grid grid;

	rows_title(text, width, c, start);
	rows_begin(&grid, c, start, end);
	for (size_t i = start; i < end; i++)
		if (change_is_large(&c->metrics[i]) && selection_has(c, start, end, i))
			rows_metric(&grid, c, start, end, i);
	for (size_t i = start; i < end; i++)
		if (!change_is_large(&c->metrics[i]) && selection_has(c, start, end, i))
			rows_metric(&grid, c, start, end, i);
	if (grid.n_rows > 1)
		grid_print(&grid, text, width);
	free(grid.rows);
	rows_page_cache(text, width, c, start, end);
	add_not_shown(text, width, c, start, end);
	rows_faults(&faults, width, c, start, end);
	if (faults.length && before->length && !strcmp(faults.data, before->data))
		text_add(text, "  Page faults as above.\n");
	else if (faults.length)
		text_add(text, "%s", faults.data);
	text_add(text, "\n");
	if (text_error(&faults))
		text->err = text_error(&faults);
	text_free(before);
	*before = faults;
}

static void add_bench(struct text *text, size_t width, const struct comparison *c,
		      const char *bench)
{
	struct text faults = { 0 };
	size_t end;

	for (size_t start = 0; start < c->n_metrics; start = end) {
		end = group_end(c, start);
		if (!strcmp(c->metrics[start].name.bench, bench) && selection_count(c, start, end))
			add_group(text, width, c, start, end, &faults);
	}
	text_free(&faults);
}

static bool first_of_bench(const struct comparison *c, size_t metric)
{
	for (size_t i = 0; i < metric; i++)
		if (!strcmp(c->metrics[i].name.bench, c->metrics[metric].name.bench))
			return false;
	return true;
}

/* What changed and was not shown with its group. */
static void add_small(struct text *text, size_t width, const struct comparison *c)
{
	struct grid grid = { .align = ROWS_ALIGN, .fold = true };
	char name[LABEL_SIZE], buffer[LABEL_SIZE];
	size_t end;

	grid_row(&grid);
	grid_cell(&grid, 0, "Changes below 1%%");
	rows_headings(&grid, c);
	for (size_t start = 0; start < c->n_metrics; start = end) {
		bool shown;

		end = group_end(c, start);
		shown = selection_count(c, start, end) > 0;
		for (size_t i = start; i < end; i++) {
			const struct metric_change *m = &c->metrics[i];

			if (!metric_changed(m) || change_is_large(m) ||
			    (shown && selection_has(c, start, end, i)))
				continue;
			grid_row(&grid);
			grid_cell(&grid, 0, "  %s%s, %s", label_arm(&m->name, name), label_mean(m),
				  label_target(m->name.fs, m->name.access, buffer));
			rows_figures(&grid, c, m);
		}
	}
	if (grid.n_rows > 1)
		grid_print(&grid, text, width);
	if (grid.n_rows > 1)
		text_add(text, "\n");
	free(grid.rows);
}

void report_costs(struct text *text, size_t width, const struct comparison *c)
{
	add_bench(text, width, c, "first-write");
	for (size_t i = 0; i < c->n_metrics; i++)
		if (first_of_bench(c, i) && strcmp(c->metrics[i].name.bench, "first-write") != 0)
			add_bench(text, width, c, c->metrics[i].name.bench);
	add_small(text, width, c);
}
