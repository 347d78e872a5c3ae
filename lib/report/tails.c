// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <math.h>
#include <stdlib.h>

#include "base/grid.h"
#include "report/groups.h"
#include "report/labels.h"
#include "report/range.h"
#include "report/steps_parts.h"
#include "report/tails.h"

static const enum verdict directions[] = { VERDICT_WORSE, VERDICT_BETTER };

static bool is_tail(const struct metric_change *m, enum verdict verdict)
{
	return tail_changed(m) && m->p99.verdict == verdict;
}

static double size_of(const struct metric_change *m)
{
	return fabs(m->p99.change_pct);
}

/* "; 2 better, most of all a first write to a hole on ext4 DAX (900 to 800 ns, -11.1%)" */
static void add_direction(struct text *text, const struct comparison *c, enum verdict verdict)
{
	const struct metric_change *most = NULL;
	char operation[LABEL_SIZE], target[LABEL_SIZE], change[LABEL_SIZE];
	char base[LABEL_SIZE], new[LABEL_SIZE];
	const char *on;
	size_t n = 0;

	for (size_t i = 0; i < c->n_metrics; i++) {
		const struct metric_change *m = &c->metrics[i];

		if (!is_tail(m, verdict))
			continue;
		n++;
		if (!most || size_of(m) > size_of(most))
			most = m;
	}
	if (!most)
		return;
	on = label_target(most->name.fs, most->name.access, target);
	text_add(text, "%s%zu %s, %s%s%s%s (%s to %s %s, %s)", text->length ? "; " : "", n,
		 verdict_name(verdict), n > 1 ? "most of all " : "",
		 label_operation(&most->name, operation), *on ? " on " : "", on,
		 label_figure(most->p99.base, most->unit, base),
		 label_figure(most->p99.other, most->unit, new), most->unit,
		 label_change(most->p99.change_pct, change));
}

void tails_sentence(struct text *text, const struct comparison *c)
{
	struct text words = { 0 };

	for (size_t i = 0; i < 2; i++)
		add_direction(&words, c, directions[i]);
	if (words.length)
		text_add(text, " Tails (p99): %s.", words.data);
	if (text_error(&words))
		text->err = text_error(&words);
	text_free(&words);
}

void tails_counts(struct text *text, const struct comparison *c)
{
	const char *separator = "p99: ";

	for (size_t k = 0; k < 2; k++) {
		struct range range = { 0 };

		for (size_t i = 0; i < c->n_metrics; i++)
			if (is_tail(&c->metrics[i], directions[k]))
				range_take(&range, c->metrics[i].p99.change_pct);
		if (!range.n)
			continue;
		text_add(text, "%s%zu %s", separator, range.n, verdict_name(directions[k]));
		range_add(text, &range);
		separator = ", ";
	}
}

static int by_size(const void *a, const void *b)
{
	const struct metric_change *const *p = a, *const *q = b;

	if (size_of(*p) != size_of(*q))
		return size_of(*p) < size_of(*q) ? 1 : -1;
	return (*p > *q) - (*p < *q);
}

static void add_line(struct grid *grid, const struct metric_change *m)
{
	char name[LABEL_SIZE], buffer[LABEL_SIZE];
	const struct judgement *j = &m->p99;
	const char *on = label_target(m->name.fs, m->name.access, buffer);

	grid_row(grid);
	grid_cell(grid, 0, "  %s%s%s", label_arm(&m->name, name), *on ? ", " : "", on);
	grid_cell(grid, 1, "%s", label_figure(j->base, m->unit, buffer));
	grid_cell(grid, 2, "%s", label_figure(j->other, m->unit, buffer));
	grid_cell(grid, 3, "%s", label_change(j->change_pct, buffer));
	grid_cell(grid, 4, "%s", label_interval(j->low_pct, j->high_pct, buffer));
	grid_cell(grid, 5, "%s", verdict_name(j->verdict));
}

void tails_table(struct text *text, size_t width, const struct comparison *c, size_t most)
{
	const struct metric_change **list = calloc(c->n_metrics + 1, sizeof(*list));
	struct grid grid = { .align = "lrrrrl", .fold = true };
	struct side_labels sides = label_sides(c);
	size_t n = 0;

	if (!list) {
		text->err = -ENOMEM;
		return;
	}
	for (size_t i = 0; i < c->n_metrics; i++)
		if (tail_changed(&c->metrics[i]))
			list[n++] = &c->metrics[i];
	qsort(list, n, sizeof(*list), by_size);
	grid_row(&grid);
	grid_cell(&grid, 0, "Tails, p99 in %s", n ? list[0]->unit : "");
	grid_cell(&grid, 1, "%s", sides.base);
	grid_cell(&grid, 2, "%s", sides.new);
	grid_cell(&grid, 3, "change");
	grid_cell(&grid, 4, "95%% interval");
	grid_cell(&grid, 5, "verdict");
	for (size_t i = 0; i < n && i < most; i++)
		add_line(&grid, list[i]);
	if (n)
		grid_print(&grid, text, width);
	else
		grid_free(&grid);
	if (n > most)
		text_add(text, "  Not shown: %zu that changed less\n", n - most);
	if (n)
		text_add(text, "\n");
	free(list);
}

bool tails_any_step(const struct steps *steps, size_t metric)
{
	for (size_t i = 1; i < steps->n_sides; i++) {
		const struct metric_change *m = steps_metric_before(steps, metric, i);

		if (m && tail_changed(m))
			return true;
	}
	return false;
}

static void add_step_row(struct grid *grid, const struct steps_columns *c, size_t metric)
{
	const struct metric_change *m = &c->steps->all.metrics[metric];
	char name[LABEL_SIZE], buffer[LABEL_SIZE];
	const char *on = label_target(m->name.fs, m->name.access, buffer);

	grid_row(grid);
	grid_cell(grid, 0, "  %s%s%s", label_arm(&m->name, name), *on ? ", " : "", on);
	for (size_t k = 0; k < c->n; k++) {
		double p99 = steps_p99(c->steps, metric, c->cols[k]);

		grid_cell(grid, k + 1, "%s", isnan(p99) ? "-" : label_figure(p99, m->unit, buffer));
	}
	grid_row(grid);
	for (size_t k = 0; k < c->n; k++) {
		const struct metric_change *before =
			c->cols[k] ? steps_metric_before(c->steps, metric, c->cols[k]) : NULL;

		if (before && tail_changed(before))
			grid_cell(grid, k + 1, "%s", label_change(before->p99.change_pct, buffer));
	}
}

static void fill(struct grid *grid, const struct steps_columns *c, const void *user)
{
	char buffer[LABEL_SIZE];

	(void)user;
	grid_row(grid);
	grid_cell(grid, 0, "Tails, p99 in %s", c->steps->all.metrics[0].unit);
	for (size_t k = 0; k < c->n; k++)
		grid_cell(grid, k + 1, "%s", steps_heading(c->steps, c->cols[k], buffer));
	for (size_t i = 0; i < c->steps->all.n_metrics; i++)
		if (tails_any_step(c->steps, i))
			add_step_row(grid, c, i);
}

void tails_steps(struct text *text, size_t width, const struct steps *steps)
{
	struct steps_columns columns = { .steps = steps, .n = steps->n_sides };
	size_t *cols = calloc(steps->n_sides, sizeof(*cols));
	bool any = false;

	if (!cols) {
		text->err = -ENOMEM;
		return;
	}
	for (size_t i = 0; i < steps->n_sides; i++)
		cols[i] = i;
	columns.cols = cols;
	for (size_t i = 0; i < steps->all.n_metrics; i++)
		any = any || tails_any_step(steps, i);
	if (any) {
		steps_blocks(text, width, &columns, fill, NULL);
		text_add(text, "\n");
	}
	free(cols);
}
