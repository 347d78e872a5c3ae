// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>
#include <stdlib.h>

#include "base/grid.h"
#include "report/groups.h"
#include "report/rows.h"
#include "report/size.h"

enum column {
	NAME,
	NOW,
	BETWEEN,
	WITHIN,
	PAIRS,
	MORE,
	PAIRS_THEN,
};

static void add_percent(struct grid *grid, enum column column, double log_ratio)
{
	if (!isfinite(log_ratio))
		grid_cell(grid, column, "-");
	else
		grid_cell(grid, column, "%.2f%%", expm1(log_ratio) * 100);
}

static void add_pairs(struct grid *grid, enum column column, double deviation, double half)
{
	size_t pairs = isnan(deviation) ? 0 : pairs_needed(deviation, half);

	if (isnan(deviation))
		grid_cell(grid, column, "-");
	else if (!pairs)
		grid_cell(grid, column, "> %d", PAIRS_MAX);
	else
		grid_cell(grid, column, "%zu", pairs);
}

/* The name is filled in already. */
static void add_row(struct grid *grid, const struct pair_spread *spread, size_t pairs, double half)
{
	double worth = operations_worth(spread);

	add_percent(grid, NOW, interval_half(spread->total, pairs));
	add_percent(grid, BETWEEN, spread_between(spread));
	add_percent(grid, WITHIN, spread->within);
	add_pairs(grid, PAIRS, spread->total, half);
	if (isnan(worth))
		grid_cell(grid, MORE, "-");
	else if (isinf(worth))
		grid_cell(grid, MORE, "any");
	else
		grid_cell(grid, MORE, "x%.3g", worth);
	add_pairs(grid, PAIRS_THEN, isnan(worth) ? NAN : spread_with(spread, worth), half);
}

static void add_group(struct text *text, const struct comparison *c, size_t start, size_t end,
		      double half)
{
	struct grid grid = { .align = "lrrrrrr", .fold = true };

	rows_title(text, MAIL_WIDTH, c, start);
	rows_operations(&grid, c, start, end);
	grid_cell(&grid, NOW, "+- now");
	grid_cell(&grid, BETWEEN, "between");
	grid_cell(&grid, WITHIN, "within");
	grid_cell(&grid, PAIRS, "pairs");
	grid_cell(&grid, MORE, "or ops");
	grid_cell(&grid, PAIRS_THEN, "pairs");
	for (size_t i = start; i < end; i++) {
		const struct cost *m = &c->costs[i];

		rows_name(&grid, c, start, end, i);
		add_row(&grid, &cost_change(m)->spread, cost_change(m)->judgement.pairs, half);
		grid_row(&grid);
		grid_cell(&grid, NAME, "    its p99");
		add_row(&grid, &cost_change(m)->p99_spread, cost_change(m)->p99.pairs, half);
	}
	grid_print(&grid, text, MAIL_WIDTH);
	free(grid.rows);
	text_add(text, "\n");
}

/* The most pairs that any median takes; 0 where one takes more than there are. */
static size_t most_pairs(const struct comparison *c, double half)
{
	size_t most = PAIRS_MIN;

	for (size_t i = 0; i < c->n_costs; i++) {
		double total = cost_change(&c->costs[i])->spread.total;
		size_t pairs = isnan(total) ? PAIRS_MIN : pairs_needed(total, half);

		if (!pairs)
			return 0;
		most = pairs > most ? pairs : most;
	}
	return most;
}

void report_size(struct text *text, const struct comparison *c, double precision_pct)
{
	double half = log1p(precision_pct / 100);
	size_t most = most_pairs(c, half), end;
	struct text line = { 0 };

	if (most)
		text_add(&line,
			 "%zu pairs of boots know the change of every median to +-%g%% (95%% "
			 "interval); this comparison has %zu.",
			 most, precision_pct, c->side[0]->n_boots);
	else
		text_add(&line, "No number of boots up to %d knows every change to +-%g%%.",
			 PAIRS_MAX, precision_pct);
	text_add(&line, " These figures come from the pairs there are and are as rough as they are "
			"few.");
	text_wrap_built(text, MAIL_WIDTH, "", 0, &line);
	text_add(text, "\n");
	for (size_t start = 0; start < c->n_costs; start = end) {
		end = group_end(c, start);
		add_group(text, c, start, end, half);
	}
	text_wrap(text, MAIL_WIDTH, "", 0,
		  "+- now is half of the interval as it is. Between and within are the standard "
		  "deviations of a pair's change that boots and their operations account for, if "
		  "operations are independent. Then the pairs that are needed, and the same if a "
		  "boot measured so many times the operations, beyond which they bring little.");
}
