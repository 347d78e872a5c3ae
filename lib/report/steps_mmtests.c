// SPDX-License-Identifier: GPL-2.0-or-later
/* A row of sides is what mmtests' compare-kernels is made for: a column a kernel. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>

#include "report/differences.h"
#include "report/groups.h"
#include "report/mmtests.h"
#include "report/rows.h"
#include "report/steps_parts.h"
#include "report/steps_text.h"

struct group {
	size_t start, end;
};

/* A metric that the side or the first of all lacks has no change, and one of these no value. */
static void add_value(struct grid *grid, const struct steps *steps, size_t column, size_t metric,
		      size_t i)
{
	const struct metric_change *m = i ? steps_metric_first(steps, metric, i) : NULL;
	double figure = steps_figure(steps, metric, i);

	if (isnan(figure))
		grid_cell(grid, column, "-           ");
	else if (i && !m)
		grid_cell(grid, column, "%.2f (       -)", figure);
	else
		mmtests_value(grid, column, figure, m ? &m->judgement : NULL,
			      m && m->higher_is_better);
}

/* Whether a side's p99 is proved to differ from that of the first. */
static bool has_tail(const struct steps *steps, size_t metric)
{
	for (size_t i = 1; i < steps->n_sides; i++) {
		const struct metric_change *m = steps_metric_first(steps, metric, i);

		if (m && tail_changed(m))
			return true;
	}
	return false;
}

static void add_tail(struct grid *grid, const struct steps *steps, size_t column, size_t metric,
		     size_t i)
{
	const struct metric_change *m = i ? steps_metric_first(steps, metric, i) : NULL;
	double p99 = steps_p99(steps, metric, i);

	if (isnan(p99))
		grid_cell(grid, column, "-           ");
	else if (i && !m)
		grid_cell(grid, column, "%.2f (       -)", p99);
	else
		mmtests_value(grid, column, p99, m ? &m->p99 : NULL, m && m->higher_is_better);
}

/* Kernels stand over the columns as in report_mmtests(). */
static void fill(struct grid *grid, const struct steps_columns *c, const void *user)
{
	const struct group *group = user;

	grid_row(grid);
	for (size_t k = 0; k < c->n; k++)
		grid_cell(grid, k + 1, "%s",
			  steps_side(c->steps, c->cols[k])->boots[0].machine.kernel);
	grid_row(grid);
	for (size_t k = 0; k < c->n; k++)
		grid_cell(grid, k + 1, "%s", steps_side(c->steps, c->cols[k])->label);
	for (size_t m = group->start; m < group->end; m++) {
		mmtests_name(grid, &c->steps->all, group->start, group->end, m);
		for (size_t k = 0; k < c->n; k++)
			add_value(grid, c->steps, k + 1, m, c->cols[k]);
		if (!has_tail(c->steps, m))
			continue;
		mmtests_tail_name(grid, &c->steps->all, group->start, group->end, m);
		for (size_t k = 0; k < c->n; k++)
			add_tail(grid, c->steps, k + 1, m, c->cols[k]);
	}
}

static void add_costs(struct text *text, const struct steps *steps, size_t *cols)
{
	struct steps_columns columns = { .steps = steps, .cols = cols, .n = steps->n_sides };
	const struct comparison *all = &steps->all;
	struct group group;

	for (size_t i = 0; i < steps->n_sides; i++)
		cols[i] = i;
	for (group.start = 0; group.start < all->n_metrics; group.start = group.end) {
		group.end = group_end(all, group.start);
		rows_title(text, MMTESTS_WIDTH, all, group.start);
		steps_blocks(text, MMTESTS_WIDTH, &columns, fill, &group);
		text_add(text, "\n");
	}
}

void report_steps_mmtests(struct text *text, const struct steps *steps)
{
	size_t *cols = calloc(steps->n_sides, sizeof(*cols));

	if (!cols) {
		text->err = -ENOMEM;
		return;
	}
	differences_block_of_steps(text, MMTESTS_WIDTH, steps);
	if (steps->all.n_metrics)
		mmtests_legend(text, steps_first(steps, steps->n_sides - 1));
	else
		text_add(text, "No cost was compared.\n\n");
	add_costs(text, steps, cols);
	steps_list(text, MMTESTS_WIDTH, steps);
	steps_checks(text, MMTESTS_WIDTH, steps, true);
	steps_left_out(text, MMTESTS_WIDTH, steps);
	free(cols);
}
