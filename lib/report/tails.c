// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <math.h>
#include <stdlib.h>

#include "compare/span.h"
#include "report/groups.h"
#include "report/labels.h"
#include "report/range.h"
#include "report/columns.h"
#include "report/tails.h"

static const enum verdict directions[] = { VERDICT_WORSE, VERDICT_BETTER };

/* The change of a cost's p99 where it is proved, else NULL. */
static const struct judgement *tail_of(struct span span, size_t cost)
{
	const struct change *change = span_change(span, cost);

	return change && tail_changed(change) ? &change->p99 : NULL;
}

static double size_of(const struct judgement *tail)
{
	return fabs(tail->change_pct);
}

/* "; 2 better, most of all a first write to a hole on ext4 DAX (900 to 800 ns, -11.1%)" */
static void add_direction(struct text *text, struct span span, enum verdict verdict)
{
	const struct judgement *most = NULL;
	const struct cost *of = NULL;
	char operation[LABEL_SIZE], target[LABEL_SIZE], change[LABEL_SIZE];
	char base[LABEL_SIZE], new[LABEL_SIZE];
	const char *on;
	size_t n = 0;

	for (size_t i = 0; i < span.of->n_costs; i++) {
		const struct judgement *tail = tail_of(span, i);

		if (!tail || tail->verdict != verdict)
			continue;
		n++;
		if (most && size_of(tail) <= size_of(most))
			continue;
		most = tail;
		of = &span.of->costs[i];
	}
	if (!most)
		return;
	on = label_target(of->name.fs, of->name.access, target);
	text_add(text, "%s%zu %s, %s%s%s%s (%s to %s %s, %s)", text->length ? "; " : "", n,
		 verdict_name(verdict), n > 1 ? "most of all " : "",
		 label_operation(&of->name, operation), *on ? " on " : "", on,
		 label_figure(most->base, of->unit, base), label_figure(most->other, of->unit, new),
		 of->unit, label_change(most->change_pct, change));
}

void tails_sentence(struct text *text, struct span span)
{
	struct text words = { 0 };

	for (size_t i = 0; i < 2; i++)
		add_direction(&words, span, directions[i]);
	if (words.length)
		text_add(text, " Tails (p99): %s.", words.data);
	text_take(text, &words);
}

void tails_counts(struct text *text, struct span span)
{
	struct text words = { 0 };

	for (size_t k = 0; k < 2; k++) {
		struct range range = { 0 };

		for (size_t i = 0; i < span.of->n_costs; i++) {
			const struct judgement *tail = tail_of(span, i);

			if (tail && tail->verdict == directions[k])
				range_take(&range, tail->change_pct);
		}
		range_list(&words, &range, directions[k]);
	}
	if (words.length)
		text_add(text, "%sp99: %s", text->length ? "; " : "", words.data);
	text_take(text, &words);
}

static int by_size(const void *a, const void *b)
{
	const struct cost *const *p = a, *const *q = b;
	double one = size_of(&cost_change(*p)->p99), other = size_of(&cost_change(*q)->p99);

	if (one != other)
		return one < other ? 1 : -1;
	return (*p > *q) - (*p < *q);
}

static void add_line(struct grid *grid, const struct cost *cost)
{
	char name[LABEL_SIZE], buffer[LABEL_SIZE];
	const struct judgement *j = &cost_change(cost)->p99;
	const char *on = label_target(cost->name.fs, cost->name.access, buffer);

	grid_row(grid);
	grid_cell(grid, 0, "  %s%s%s", label_arm(&cost->name, name), *on ? ", " : "", on);
	grid_cell(grid, 1, "%s", label_figure(j->base, cost->unit, buffer));
	grid_cell(grid, 2, "%s", label_figure(j->other, cost->unit, buffer));
	grid_cell(grid, 3, "%s", label_change(j->change_pct, buffer));
	grid_cell(grid, 4, "%s", label_interval(j->low_pct, j->high_pct, buffer));
	grid_cell(grid, 5, "%s", verdict_name(j->verdict));
}

static void add_list(struct text *text, size_t width, const struct comparison *c, size_t most)
{
	const struct cost **list = calloc(c->n_costs + 1, sizeof(const struct cost *));
	struct grid grid = { .align = "lrrrrl", .fold = true };
	struct side_labels sides = label_sides(c);
	size_t n = 0;

	if (!list) {
		text->err = -ENOMEM;
		return;
	}
	for (size_t i = 0; i < c->n_costs; i++)
		if (tail_of(span_whole(c), i))
			list[n++] = &c->costs[i];
	qsort(list, n, sizeof(const struct cost *), by_size);
	grid_row(&grid);
	grid_cell(&grid, 0, "Tails, p99 in %s", n ? list[0]->unit : "");
	grid_cell(&grid, 1, "%s", sides.base);
	grid_cell(&grid, 2, "%s", sides.new);
	grid_cell(&grid, 3, "change");
	grid_cell(&grid, 4, "95%% interval");
	grid_cell(&grid, 5, "verdict");
	for (size_t i = 0; i < n && i < most; i++)
		add_line(&grid, list[i]);
	grid_print(&grid, text, width);
	if (n > most)
		text_add(text, "  Not shown: %zu that changed less\n", n - most);
	free(list);
}

bool tails_any_step(const struct comparison *c, size_t cost)
{
	for (size_t i = 1; i < c->n_sides; i++)
		if (tail_of(span_step(c, i), cost))
			return true;
	return false;
}

static void add_step_row(struct grid *grid, const struct columns *columns, size_t at)
{
	const struct cost *cost = &columns->of->costs[at];
	char name[LABEL_SIZE], buffer[LABEL_SIZE];
	const char *on = label_target(cost->name.fs, cost->name.access, buffer);

	grid_row(grid);
	grid_cell(grid, 0, "  %s%s%s", label_arm(&cost->name, name), *on ? ", " : "", on);
	for (size_t k = 0; k < columns->n; k++) {
		double p99 = cost->on[columns->cols[k]].p99;

		grid_cell(grid, k + 1, "%s",
			  isnan(p99) ? "-" : label_figure(p99, cost->unit, buffer));
	}
	grid_row(grid);
	for (size_t k = 0; k < columns->n; k++) {
		const struct judgement *tail =
			columns->cols[k] ? tail_of(span_step(columns->of, columns->cols[k]), at)
					 : NULL;

		if (tail)
			grid_cell(grid, k + 1, "%s", label_change(tail->change_pct, buffer));
	}
}

static void fill(struct grid *grid, const struct columns *columns, const void *user)
{
	(void)user;
	grid_row(grid);
	grid_cell(grid, 0, "Tails, p99 in %s", columns->of->costs[0].unit);
	columns_headings(grid, columns);
	for (size_t i = 0; i < columns->of->n_costs; i++)
		if (tails_any_step(columns->of, i))
			add_step_row(grid, columns, i);
}

void tails_table(struct text *text, size_t width, const struct comparison *c, size_t most)
{
	struct columns columns = columns_all(c);
	size_t i = 0;

	while (i < c->n_costs && !tails_any_step(c, i))
		i++;
	if (i == c->n_costs)
		return;
	if (comparison_is_series(c))
		columns_print(text, width, &columns, fill, NULL);
	else
		add_list(text, width, c, most);
	text_add(text, "\n");
}
