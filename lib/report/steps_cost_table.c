// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <math.h>
#include <stdlib.h>

#include "report/rows.h"
#include "report/steps_cost_table.h"

static bool changed(const struct metric_change *m)
{
	return m && metric_changed(m);
}

const struct metric_change *cost_largest(const struct steps *steps, size_t metric)
{
	const struct metric_change *largest = NULL;

	for (size_t i = 1; i < steps->n_sides; i++) {
		const struct metric_change *m = steps_metric_before(steps, metric, i);

		if (changed(m) && (!largest || fabs(m->judgement.change_pct) >
						       fabs(largest->judgement.change_pct)))
			largest = m;
	}
	return largest;
}

bool cost_stayed(const struct steps *steps, size_t metric)
{
	for (size_t i = 1; i < steps->n_sides; i++) {
		const struct metric_change *before = steps_metric_before(steps, metric, i);
		const struct metric_change *first = steps_metric_first(steps, metric, i);

		if (!before || !first || before->judgement.verdict != VERDICT_SAME ||
		    first->judgement.verdict != VERDICT_SAME)
			return false;
	}
	return true;
}

static void add_change(struct grid *grid, size_t column, const struct metric_change *m, bool full)
{
	char buffer[LABEL_SIZE];
	bool open;

	if (!m)
		return;
	open = m->judgement.verdict == VERDICT_INCONCLUSIVE;
	if (full && !metric_changed(m))
		grid_cell(grid, column, "%s", open ? "?" : "same");
	else if (full)
		grid_cell(grid, column, "%s %s", label_change(m->judgement.change_pct, buffer),
			  verdict_name(m->judgement.verdict));
	else if (metric_changed(m))
		grid_cell(grid, column, "%s", label_change(m->judgement.change_pct, buffer));
	else if (open)
		grid_cell(grid, column, "?");
}

/* Below a change: its interval, or of counts its range where there is one. */
static void add_range(struct grid *grid, size_t column, const struct steps *steps,
		      const struct metric_change *m, bool full)
{
	char buffer[LABEL_SIZE];

	if (changed(m) || (m && full))
		grid_cell(grid, column, "%s", rows_range(&steps->all, m, buffer));
}

static void add_figures(struct grid *grid, const struct steps_columns *c,
			const struct cost_part *part, size_t metric)
{
	const char *unit = c->steps->all.metrics[metric].unit;
	size_t last = c->steps->n_sides - 1;
	char buffer[LABEL_SIZE];

	for (size_t k = 0; k < c->n; k++) {
		double figure = steps_figure(c->steps, metric, c->cols[k]);

		grid_cell(grid, k + 1, "%s",
			  isnan(figure) ? "-" : label_figure(figure, unit, buffer));
	}
	if (c->is_last && !part->full)
		add_change(grid, c->n + 1, steps_metric_first(c->steps, metric, last), false);
}

/* Below a mean: the medians, which are of one kind of operation, and the faults. */
static void add_beside_mean(struct grid *grid, const struct steps_columns *c, size_t metric)
{
	const struct metric_change *m = &c->steps->all.metrics[metric];
	char buffer[LABEL_SIZE];

	grid_row(grid);
	grid_cell(grid, 0, "    median");
	for (size_t k = 0; k < c->n; k++) {
		double median = steps_median(c->steps, metric, c->cols[k]);

		grid_cell(grid, k + 1, "%s",
			  isnan(median) ? "-" : label_figure(median, m->unit, buffer));
	}
	if (!(m->base_faults > 0 || m->new_faults > 0))
		return;
	grid_row(grid);
	grid_cell(grid, 0, "    page faults");
	for (size_t k = 0; k < c->n; k++) {
		double faults = steps_faults(c->steps, metric, c->cols[k]);

		if (!isnan(faults))
			grid_cell(grid, k + 1, "%.3g", faults);
	}
}

typedef const struct metric_change *against_fn(const struct steps *steps, size_t metric, size_t i);

static bool any_range(const struct steps_columns *c, const struct cost_part *part, size_t metric,
		      against_fn *against)
{
	char buffer[LABEL_SIZE];

	for (size_t k = 0; k < c->n; k++) {
		const struct metric_change *m =
			c->cols[k] ? against(c->steps, metric, c->cols[k]) : NULL;

		if ((changed(m) || (m && part->full)) && *rows_range(&c->steps->all, m, buffer))
			return true;
	}
	return false;
}

static void add_changes(struct grid *grid, const struct steps_columns *c,
			const struct cost_part *part, size_t metric, against_fn *against)
{
	bool time = c->steps->all.base->mode == SIDE_TIME;
	size_t last = c->steps->n_sides - 1;

	grid_row(grid);
	if (part->full)
		grid_cell(grid, 0,
			  against == steps_metric_before ? "    to the one before"
							 : "    to the first");
	for (size_t k = 0; k < c->n; k++)
		if (c->cols[k])
			add_change(grid, k + 1, against(c->steps, metric, c->cols[k]), part->full);
	if (c->is_last && !part->full)
		add_range(grid, c->n + 1, c->steps, steps_metric_first(c->steps, metric, last),
			  false);
	if (!any_range(c, part, metric, against))
		return;
	grid_row(grid);
	if (part->full)
		grid_cell(grid, 0, time ? "      95%% interval" : "      range");
	for (size_t k = 0; k < c->n; k++)
		if (c->cols[k])
			add_range(grid, k + 1, c->steps, against(c->steps, metric, c->cols[k]),
				  part->full);
}

static void fill(struct grid *grid, const struct steps_columns *c, const void *user)
{
	const struct cost_part *part = user;
	const struct comparison *all = &c->steps->all;
	char buffer[LABEL_SIZE];

	rows_judged(grid, all, part->start, part->end);
	for (size_t k = 0; k < c->n; k++)
		grid_cell(grid, k + 1, "%s", steps_heading(c->steps, c->cols[k], buffer));
	if (c->is_last && !part->full)
		grid_cell(grid, c->n + 1, "in all");
	for (size_t i = part->start; i < part->end; i++) {
		if (!part->shown[i])
			continue;
		rows_name(grid, all, part->start, part->end, i);
		add_figures(grid, c, part, i);
		if (!part->full || !cost_stayed(c->steps, i))
			add_changes(grid, c, part, i, steps_metric_before);
		if (part->full && c->steps->n_sides > 2 && !cost_stayed(c->steps, i))
			add_changes(grid, c, part, i, steps_metric_first);
		if (metric_by_mean(&all->metrics[i]))
			add_beside_mean(grid, c, i);
	}
}

/* Whether step i changed one of the metrics that are shown. */
static bool has_change(const struct cost_part *part, size_t i)
{
	for (size_t m = part->start; m < part->end; m++)
		if (part->shown[m] && changed(steps_metric_before(part->steps, m, i)))
			return true;
	return false;
}

/* All sides; where these are many, in a mail, those that changed something and the ends. */
static size_t choose(const struct cost_part *part, size_t *cols)
{
	size_t n = 0, sides = part->steps->n_sides;

	for (size_t i = 0; i < sides; i++)
		if (part->full || sides <= STEPS_SHOWN_WHOLE || !i || i == sides - 1 ||
		    has_change(part, i))
			cols[n++] = i;
	return n;
}

void cost_table(struct text *text, size_t width, const struct cost_part *part)
{
	size_t *cols = calloc(part->steps->n_sides, sizeof(*cols));
	struct steps_columns columns = { .steps = part->steps, .cols = cols };

	if (!cols) {
		text->err = -ENOMEM;
		return;
	}
	rows_title(text, width, &part->steps->all, part->start);
	columns.n = choose(part, cols);
	steps_blocks(text, width, &columns, fill, part);
	free(cols);
}
