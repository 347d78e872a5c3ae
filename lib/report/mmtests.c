// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>
#include <stdio.h>

#include "compare/span.h"
#include "report/checks.h"
#include "report/columns.h"
#include "report/differences.h"
#include "report/left_out.h"
#include "report/mmtests.h"
#include "report/rows.h"
#include "report/steps.h"

enum { NAME };

/* The group [start, end). */
struct group {
	size_t start, end;
};

static void add_name(struct grid *grid, const struct comparison *c, size_t start, size_t end,
		     size_t cost, const char *kind)
{
	const struct cost *m = &c->costs[cost];

	grid_row(grid);
	if (group_has_one_metric(c, start, end))
		grid_cell(grid, NAME, "%s  %s", kind, m->name.arm);
	else
		grid_cell(grid, NAME, "%s  %s %s", kind, m->name.arm, m->name.metric);
}

static void add_value(struct grid *grid, size_t column, double value,
		      const struct judgement *change, bool higher_is_better)
{
	double gain = change ? change->change_pct : 0;
	bool proved = change && is_change(change);
	char words[LABEL_SIZE];

	if (change && !higher_is_better)
		gain = -gain;
	if (isinf(gain))
		snprintf(words, sizeof(words), "from 0");
	else if (isnan(gain) || change_is_beyond(fabs(gain)))
		snprintf(words, sizeof(words), "%s", isnan(gain) ? "?" : ">1000x");
	else
		snprintf(words, sizeof(words), "%.2f%%", fabs(gain) < 0.005 ? 0 : gain);
	grid_cell(grid, column, "%.2f %s%8s%s", value, proved ? "*" : "(", words,
		  proved ? "*" : ")");
}

/* A cost that the side or the first of all lacks has no change, and one of these no value. */
static void add_values(struct grid *grid, const struct columns *columns, size_t at, bool tail)
{
	const struct cost *cost = &columns->of->costs[at];

	for (size_t k = 0; k < columns->n; k++) {
		size_t i = columns->cols[k];
		const struct change *change = cost->first[i];
		double value = tail ? cost->on[i].p99 : cost->on[i].value;

		if (isnan(value))
			grid_cell(grid, k + 1, "-           ");
		else if (i && !change)
			grid_cell(grid, k + 1, "%.2f (       -)", value);
		else
			add_value(grid, k + 1, value,
				  !change ? NULL
				  : tail  ? &change->p99
					  : &change->judgement,
				  cost->higher_is_better);
	}
}

/* Whether a side's p99 is proved to differ from that of the first. */
static bool has_tail(const struct comparison *c, size_t cost)
{
	for (size_t i = 1; i < c->n_sides; i++) {
		const struct change *change = c->costs[cost].first[i];

		if (change && tail_changed(change))
			return true;
	}
	return false;
}

/* Kernels stand over the columns in two lines: release and label. */
static void fill(struct grid *grid, const struct columns *columns, const void *user)
{
	const struct comparison *c = columns->of;
	const struct group *group = user;

	grid_row(grid);
	for (size_t k = 0; k < columns->n; k++)
		grid_cell(grid, k + 1, "%s", c->side[columns->cols[k]]->boots[0].machine.kernel);
	grid_row(grid);
	if (!comparison_is_series(c))
		columns_headings(grid, columns);
	for (size_t k = 0; k < columns->n && comparison_is_series(c); k++)
		grid_cell(grid, k + 1, "%s", c->side[columns->cols[k]]->label);
	for (size_t i = group->start; i < group->end; i++) {
		add_name(grid, c, group->start, group->end, i,
			 cost_by_mean(&c->costs[i]) ? "Mean  " : "Median");
		add_values(grid, columns, i, false);
		if (!has_tail(c, i))
			continue;
		add_name(grid, c, group->start, group->end, i, "p99   ");
		add_values(grid, columns, i, true);
	}
}

static void add_legend(struct text *text, const struct comparison *c)
{
	text_add(text, "Medians of single operations and their change: positive is better, in "
		       "*stars* where it\nis proved (a verdict of better or worse), in (brackets) "
		       "where it is not.\n");
	if (group_has_mean(c, 0, c->n_costs))
		text_add(text, "Means where one page fault brings in the pages of several "
			       "operations, or operations\nare of two kinds.\n");
	if (span_any_tail(span_whole(c)))
		text_add(text, "p99 is the 99th percentile of single operations, where it is "
			       "proved to have changed.\n");
	if (comparison_mode(c) == SIDE_TIME)
		text_add(text, "A change is the geometric mean over %zu pair%s of boots.\n",
			 c->side[0]->n_boots, c->side[0]->n_boots == 1 ? "" : "s");
	text_add(text, "\n");
}

static void add_counts(struct text *text, const struct comparison *c)
{
	struct span span = span_whole(c);

	text_add(text, "%zu worse, %zu better, %zu the same, %zu inconclusive\n\n",
		 span_count(span, VERDICT_WORSE), span_count(span, VERDICT_BETTER),
		 span_count(span, VERDICT_SAME), span_count(span, VERDICT_INCONCLUSIVE));
}

void report_mmtests(struct text *text, const struct comparison *c)
{
	struct columns columns = columns_all(c);
	bool series = comparison_is_series(c);
	struct group group;

	differences_block(text, MMTESTS_WIDTH, c);
	if (c->n_costs)
		add_legend(text, c);
	else
		text_add(text, "No cost was compared.\n\n");
	for (group.start = 0; group.start < c->n_costs; group.start = group.end) {
		group.end = group_end(c, group.start);
		rows_title(text, MMTESTS_WIDTH, c, group.start);
		columns_print(text, MMTESTS_WIDTH, &columns, fill, &group);
		text_add(text, "\n");
	}
	if (series)
		steps_list(text, MMTESTS_WIDTH, c);
	else if (c->n_costs)
		add_counts(text, c);
	report_checks(text, MMTESTS_WIDTH, c, true);
	report_left_out(text, MMTESTS_WIDTH, c);
}
