// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>
#include <stdio.h>

#include "base/grid.h"
#include "report/differences.h"
#include "report/mmtests.h"
#include "report/rows.h"

enum column {
	NAME,
	BASE,
	NEW,
};

static void add_name(struct grid *grid, const struct comparison *c, size_t start, size_t end,
		     size_t metric, const char *kind)
{
	const struct metric_change *m = &c->metrics[metric];

	grid_row(grid);
	if (group_has_one_metric(c, start, end))
		grid_cell(grid, NAME, "%s  %s", kind, m->name.arm);
	else
		grid_cell(grid, NAME, "%s  %s %s", kind, m->name.arm, m->name.metric);
}

void mmtests_name(struct grid *grid, const struct comparison *c, size_t start, size_t end,
		  size_t metric)
{
	add_name(grid, c, start, end, metric,
		 metric_by_mean(&c->metrics[metric]) ? "Mean  " : "Median");
}

void mmtests_tail_name(struct grid *grid, const struct comparison *c, size_t start, size_t end,
		       size_t metric)
{
	add_name(grid, c, start, end, metric, "p99   ");
}

void mmtests_value(struct grid *grid, size_t column, double value, const struct judgement *change,
		   bool higher_is_better)
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

static void add_row(struct grid *grid, const struct comparison *c, size_t start, size_t end,
		    size_t metric)
{
	const struct metric_change *m = &c->metrics[metric];

	mmtests_name(grid, c, start, end, metric);
	mmtests_value(grid, BASE, m->judgement.base, NULL, m->higher_is_better);
	mmtests_value(grid, NEW, m->judgement.other, &m->judgement, m->higher_is_better);
	if (!tail_changed(m))
		return;
	mmtests_tail_name(grid, c, start, end, metric);
	mmtests_value(grid, BASE, m->p99.base, NULL, m->higher_is_better);
	mmtests_value(grid, NEW, m->p99.other, &m->p99, m->higher_is_better);
}

/* Kernels stand over the columns in two lines: release and label. */
static void add_group(struct text *text, const struct comparison *c, size_t start, size_t end)
{
	struct side_labels sides = label_sides(c);
	struct grid grid = { .align = "lrr", .fold = true };

	rows_title(text, MMTESTS_WIDTH, c, start);
	grid_row(&grid);
	grid_cell(&grid, BASE, "%s", c->base->boots[0].machine.kernel);
	grid_cell(&grid, NEW, "%s", c->new->boots[0].machine.kernel);
	grid_row(&grid);
	grid_cell(&grid, BASE, "%s", sides.base);
	grid_cell(&grid, NEW, "%s", sides.new);
	for (size_t i = start; i < end; i++)
		add_row(&grid, c, start, end, i);
	grid_print(&grid, text, MMTESTS_WIDTH);
	text_add(text, "\n");
}

void mmtests_legend(struct text *text, const struct comparison *c)
{
	bool tails = comparison_tails(c, VERDICT_WORSE) || comparison_tails(c, VERDICT_BETTER);

	text_add(text, "Medians of single operations and their change: positive is better, in "
		       "*stars* where it\nis proved (a verdict of better or worse), in (brackets) "
		       "where it is not.\n");
	if (group_has_mean(c, 0, c->n_metrics))
		text_add(text, "Means where one page fault brings in the pages of several "
			       "operations, or operations\nare of two kinds.\n");
	if (tails)
		text_add(text, "p99 is the 99th percentile of single operations, where it is "
			       "proved to have changed.\n");
	if (c->base->mode == SIDE_TIME)
		text_add(text, "A change is the geometric mean over %zu pair%s of boots.\n",
			 c->base->n_boots, c->base->n_boots == 1 ? "" : "s");
	text_add(text, "\n");
}

void report_mmtests(struct text *text, const struct comparison *c)
{
	size_t end;

	differences_block(text, MMTESTS_WIDTH, c);
	if (c->n_metrics)
		mmtests_legend(text, c);
	else
		text_add(text, "No cost was compared.\n\n");
	for (size_t start = 0; start < c->n_metrics; start = end) {
		end = group_end(c, start);
		add_group(text, c, start, end);
	}
	if (c->n_metrics)
		text_add(text, "%zu worse, %zu better, %zu the same, %zu inconclusive\n\n",
			 comparison_count(c, VERDICT_WORSE), comparison_count(c, VERDICT_BETTER),
			 comparison_count(c, VERDICT_SAME),
			 comparison_count(c, VERDICT_INCONCLUSIVE));
	rows_checks(text, MMTESTS_WIDTH, c);
	rows_left_out(text, MMTESTS_WIDTH, c);
}
