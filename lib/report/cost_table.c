// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>

#include "compare/span.h"
#include "report/columns.h"
#include "report/cost_table.h"
#include "report/rows.h"
#include "report/cost_selection.h"
#include "report/steps.h"

static bool is_shown(const struct cost_part *part, size_t cost)
{
	return part->full || selection_has(part->c, part->start, part->end, cost);
}

static void add_change(struct grid *grid, size_t column, const struct change *change, bool full)
{
	char buffer[LABEL_SIZE];
	bool open, changed;

	if (!change)
		return;
	open = change->judgement.verdict == VERDICT_INCONCLUSIVE;
	changed = is_change(&change->judgement);
	if (full && !changed)
		grid_cell(grid, column, "%s", open ? "?" : "same");
	else if (changed)
		grid_cell(grid, column, "%s%s%s",
			  label_change(change->judgement.change_pct, buffer), full ? " " : "",
			  full ? verdict_name(change->judgement.verdict) : "");
	else if (open)
		grid_cell(grid, column, "?");
}

/* Below a change: its interval, or of counts its range where there is one. */
static const char *range_of(const struct cost_part *part, const struct change *change, char *buffer)
{
	if (!change || (!part->full && !is_change(&change->judgement)))
		return "";
	return rows_range(part->c, &change->judgement, buffer);
}

static void add_figures(struct grid *grid, const struct columns *columns,
			const struct cost_part *part, const struct cost *cost)
{
	char buffer[LABEL_SIZE];

	for (size_t k = 0; k < columns->n; k++) {
		double value = cost->on[columns->cols[k]].value;

		grid_cell(grid, k + 1, "%s",
			  isnan(value) ? "-" : label_figure(value, cost->unit, buffer));
	}
	if (columns->is_last && !part->full)
		add_change(grid, columns->n + 1, cost->first[part->c->n_sides - 1], false);
}

/* Below a mean: the medians, which are of one kind of operation, and the faults. */
static void add_beside_mean(struct grid *grid, const struct columns *columns,
			    const struct cost *cost)
{
	char buffer[LABEL_SIZE];
	bool any = false;

	grid_row(grid);
	grid_cell(grid, 0, "    median");
	for (size_t k = 0; k < columns->n; k++) {
		double median = cost->on[columns->cols[k]].median;

		grid_cell(grid, k + 1, "%s",
			  isnan(median) ? "-" : label_figure(median, cost->unit, buffer));
	}
	for (size_t i = 0; i < columns->of->n_sides; i++)
		any = any || cost->on[i].faults > 0;
	if (!any)
		return;
	grid_row(grid);
	grid_cell(grid, 0, "    page faults");
	for (size_t k = 0; k < columns->n; k++) {
		double faults = cost->on[columns->cols[k]].faults;

		if (!isnan(faults))
			grid_cell(grid, k + 1, "%.3g", faults);
	}
}

/* The changes of a cost, a side each, and in a mail the whole one's range beside them. */
static void add_changes(struct grid *grid, const struct columns *columns,
			const struct cost_part *part, const struct cost *cost,
			struct change **against)
{
	bool time = comparison_mode(part->c) == SIDE_TIME, any = false;
	char buffer[LABEL_SIZE];

	grid_row(grid);
	if (part->full)
		grid_cell(grid, 0,
			  against == cost->before ? "    to the one before" : "    to the first");
	for (size_t k = 0; k < columns->n; k++)
		add_change(grid, k + 1, against[columns->cols[k]], part->full);
	if (columns->is_last && !part->full)
		grid_cell(grid, columns->n + 1, "%s",
			  range_of(part, cost->first[part->c->n_sides - 1], buffer));
	for (size_t k = 0; k < columns->n; k++)
		any = any || *range_of(part, against[columns->cols[k]], buffer);
	if (!any)
		return;
	grid_row(grid);
	if (part->full)
		grid_cell(grid, 0, time ? "      95%% interval" : "      range");
	for (size_t k = 0; k < columns->n; k++)
		grid_cell(grid, k + 1, "%s", range_of(part, against[columns->cols[k]], buffer));
}

static void fill(struct grid *grid, const struct columns *columns, const void *user)
{
	const struct cost_part *part = user;
	const struct comparison *c = part->c;

	rows_judged(grid, c, part->start, part->end);
	columns_headings(grid, columns);
	if (columns->is_last && !part->full)
		grid_cell(grid, columns->n + 1, "in all");
	for (size_t i = part->start; i < part->end; i++) {
		const struct cost *cost = &c->costs[i];

		if (!is_shown(part, i))
			continue;
		rows_name(grid, c, part->start, part->end, i);
		add_figures(grid, columns, part, cost);
		if (!part->full || !steps_stayed(c, i))
			add_changes(grid, columns, part, cost, cost->before);
		if (part->full && c->n_sides > 2 && !steps_stayed(c, i))
			add_changes(grid, columns, part, cost, cost->first);
		if (cost_by_mean(cost))
			add_beside_mean(grid, columns, cost);
	}
}

/* Whether step i changed one of the costs that are shown. */
static bool has_change(const struct cost_part *part, size_t i)
{
	for (size_t k = part->start; k < part->end; k++)
		if (is_shown(part, k) && span_changed(span_step(part->c, i), k))
			return true;
	return false;
}

void cost_table(struct text *text, size_t width, const struct cost_part *part)
{
	struct columns columns = { .of = part->c };
	size_t sides = part->c->n_sides;

	rows_title(text, width, part->c, part->start);
	/* all sides; where these are many, in a mail, those that changed something and the ends */
	for (size_t i = 0; i < sides; i++)
		if (part->full || sides <= SIDES_SHOWN_WHOLE || !i || i == sides - 1 ||
		    has_change(part, i))
			columns.cols[columns.n++] = i;
	columns_print(text, width, &columns, fill, part);
}
