// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/columns.h"
#include "report/cost_selection.h"
#include "report/cost_table.h"
#include "report/costs.h"
#include "report/range.h"
#include "report/rows.h"
#include "report/steps.h"

static void add_item(struct text *line, size_t n, const char *what)
{
	if (n)
		text_add(line, "%s%zu %s", line->length ? ", " : "", n, what);
}

/* "3 better (-28.4% to -30.0%)": the large changes that have no row, each at its largest. */
static void add_rest(struct text *line, const struct comparison *c, size_t start, size_t end,
		     enum verdict verdict)
{
	struct range range = { 0 };

	for (size_t i = start; i < end; i++) {
		const struct change *largest = steps_largest(c, i);

		if (change_is_large(c, i) && largest->judgement.verdict == verdict &&
		    !selection_has(c, start, end, i))
			range_take(&range, largest->judgement.change_pct);
	}
	range_list(line, &range, verdict);
}

static void add_not_shown(struct text *text, size_t width, const struct comparison *c, size_t start,
			  size_t end)
{
	const char *like = selection_like(c, start, end);
	bool series = comparison_is_series(c);
	size_t same = 0, open = 0, slight = 0;
	char first[LABEL_SIZE] = "  Not shown: ";
	struct text line = { 0 };

	for (size_t i = start; i < end; i++) {
		bool changed = steps_largest(c, i), stayed = steps_stayed(c, i);

		if (selection_has(c, start, end, i))
			continue;
		slight += changed && !change_is_large(c, i);
		same += stayed;
		open += !changed && !stayed;
	}
	add_rest(&line, c, start, end, VERDICT_WORSE);
	add_rest(&line, c, start, end, VERDICT_BETTER);
	add_item(&line, slight,
		 series ? "changed by less than 1%" : "changed by less than 1% (below)");
	add_item(&line, same, series ? "the same at every step" : "the same");
	add_item(&line, open, series ? "inconclusive at some step" : "inconclusive");
	if (like)
		snprintf(first, sizeof(first), "  As on %.40s, arm for arm: ", like);
	text_wrap_built(text, width, first, 2, &line);
}

/* What changed stands first, its controls below. */
static void add_rows(struct text *text, size_t width, const struct comparison *c, size_t start,
		     size_t end)
{
	struct grid grid;

	rows_title(text, width, c, start);
	rows_begin(&grid, c, start, end);
	for (int large = 1; large >= 0; large--)
		for (size_t i = start; i < end; i++)
			if (change_is_large(c, i) == large && selection_has(c, start, end, i))
				rows_cost(&grid, c, start, end, i);
	if (grid.n_rows > 1)
		grid_print(&grid, text, width);
	grid_free(&grid);
	rows_page_cache(text, width, c, start, end);
}

/* The remark on page faults, unless it is that of the group before, which *before becomes. */
static void add_faults(struct text *text, size_t width, const struct comparison *c, size_t start,
		       size_t end, struct text *before)
{
	struct text faults = { 0 };

	rows_faults(&faults, width, c, start, end);
	if (faults.length && before->length && !strcmp(faults.data, before->data))
		text_add(text, "  Page faults as above.\n");
	else if (faults.length)
		text_add(text, "%s", faults.data);
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

	for (size_t start = 0; start < c->n_costs; start = end) {
		end = group_end(c, start);
		if (strcmp(c->costs[start].name.bench, bench) != 0 ||
		    !selection_count(c, start, end))
			continue;
		if (comparison_is_series(c))
			cost_table(text, width, &(struct cost_part){ c, start, end, false });
		else
			add_rows(text, width, c, start, end);
		add_not_shown(text, width, c, start, end);
		if (!comparison_is_series(c))
			add_faults(text, width, c, start, end, &faults);
		text_add(text, "\n");
	}
	text_free(&faults);
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
	for (size_t start = 0; start < c->n_costs; start = end) {
		bool shown;

		end = group_end(c, start);
		shown = selection_count(c, start, end) > 0;
		for (size_t i = start; i < end; i++) {
			const struct cost *cost = &c->costs[i];

			if (!steps_largest(c, i) || change_is_large(c, i) ||
			    (shown && selection_has(c, start, end, i)))
				continue;
			grid_row(&grid);
			grid_cell(&grid, 0, "  %s%s, %s", label_arm(&cost->name, name),
				  label_mean(cost),
				  label_target(cost->name.fs, cost->name.access, buffer));
			rows_figures(&grid, c, cost);
		}
	}
	if (grid.n_rows > 1)
		grid_print(&grid, text, width);
	grid_free(&grid);
}

/* The signs in tables of a series. */
static void add_legend(struct text *text, const struct comparison *c, size_t before)
{
	if (text->length == before)
		return;
	if (c->n_sides > SIDES_SHOWN_WHOLE)
		text_add(text, "A side without a column changed nothing in its table.\n");
	if (memchr(text->data + before, '?', text->length - before))
		text_add(text, "? is a difference to the one before that is inconclusive.\n");
	if (text->data[text->length - 2] != '\n')
		text_add(text, "\n");
}

void report_costs(struct text *text, size_t width, const struct comparison *c)
{
	size_t before = text->length;

	for (int first = 1; first >= 0; first--)
		for (size_t i = 0; i < c->n_costs; i++)
			if (cost_begins_bench(c, i) && cost_comes_first(&c->costs[i].name) == first)
				add_bench(text, width, c, c->costs[i].name.bench);
	if (comparison_is_series(c))
		add_legend(text, c, before);
	else
		add_small(text, width, c);
}

static void add_all_rows(struct text *text, size_t width, const struct comparison *c, size_t start,
			 size_t end)
{
	struct grid grid;

	rows_title(text, width, c, start);
	rows_begin(&grid, c, start, end);
	for (size_t i = start; i < end; i++)
		rows_cost(&grid, c, start, end, i);
	grid_print(&grid, text, width);
	rows_faults(text, width, c, start, end);
}

void report_all_costs(struct text *text, size_t width, const struct comparison *c)
{
	size_t end;

	for (size_t start = 0; start < c->n_costs; start = end) {
		end = group_end(c, start);
		if (comparison_is_series(c))
			cost_table(text, width, &(struct cost_part){ c, start, end, true });
		else
			add_all_rows(text, width, c, start, end);
		text_add(text, "\n");
	}
}
