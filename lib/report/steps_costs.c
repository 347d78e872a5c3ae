// SPDX-License-Identifier: GPL-2.0-or-later
/* Costs with a column a side, and below each figure what its step changed. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/rows.h"
#include "report/steps_parts.h"

/* Less is a few instructions on a path that nobody changed, in percent. */
#define SMALL_PCT 1

/* A group that has more to show than this shows some, the largest. */
#define GROUP_MOST 6
#define GROUP_SOME 4

/* Some metrics of the group [start, end). */
struct part {
	const struct steps *steps;
	size_t start, end;
	const bool *shown; /* of each metric */
	bool full;	   /* for a terminal: each comparison in words */
};

static bool changed(const struct metric_change *m)
{
	return m && metric_changed(m);
}

double steps_largest(const struct steps *steps, size_t metric)
{
	double largest = 0;

	for (size_t i = 1; i < steps->n_sides; i++) {
		const struct metric_change *m = steps_metric_before(steps, metric, i);

		if (changed(m))
			largest = fmax(largest, fabs(m->judgement.change_pct));
	}
	return largest;
}

/* Whether nothing is to be said of it but that it stayed the same. */
static bool all_the_same(const struct steps *steps, size_t metric)
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

static void add_figures(struct grid *grid, const struct steps_columns *c, const struct part *part,
			size_t metric)
{
	size_t last = c->steps->n_sides - 1;
	char buffer[LABEL_SIZE];

	for (size_t k = 0; k < c->n; k++) {
		double figure = steps_figure(c->steps, metric, c->cols[k]);

		grid_cell(grid, k + 1, "%s", isnan(figure) ? "-" : label_number(figure, buffer));
	}
	if (c->is_last && !part->full)
		add_change(grid, c->n + 1, steps_metric_first(c->steps, metric, last), false);
}

typedef const struct metric_change *against_fn(const struct steps *steps, size_t metric, size_t i);

static void add_changes(struct grid *grid, const struct steps_columns *c, const struct part *part,
			size_t metric, against_fn *against)
{
	grid_row(grid);
	if (part->full)
		grid_cell(grid, 0,
			  against == steps_metric_before ? "    to the one before"
							 : "    to the first");
	for (size_t k = 0; k < c->n; k++)
		if (c->cols[k])
			add_change(grid, k + 1, against(c->steps, metric, c->cols[k]), part->full);
}

static void fill(struct grid *grid, const struct steps_columns *c, const void *user)
{
	const struct part *part = user;
	const struct comparison *all = &c->steps->all;
	char buffer[LABEL_SIZE];

	rows_operations(grid, all, part->start, part->end);
	for (size_t k = 0; k < c->n; k++)
		grid_cell(grid, k + 1, "%s", steps_heading(c->steps, c->cols[k], buffer));
	if (c->is_last && !part->full)
		grid_cell(grid, c->n + 1, "in all");
	for (size_t i = part->start; i < part->end; i++) {
		if (!part->shown[i])
			continue;
		rows_name(grid, all, part->start, part->end, i);
		add_figures(grid, c, part, i);
		if (part->full && all_the_same(c->steps, i))
			continue;
		add_changes(grid, c, part, i, steps_metric_before);
		if (part->full && c->steps->n_sides > 2)
			add_changes(grid, c, part, i, steps_metric_first);
	}
}

/* Whether step i changed one of the metrics that are shown. */
static bool has_change(const struct part *part, size_t i)
{
	for (size_t m = part->start; m < part->end; m++)
		if (part->shown[m] && changed(steps_metric_before(part->steps, m, i)))
			return true;
	return false;
}

/* All sides; where these are many, in a mail, those that changed something and the ends. */
static size_t choose(const struct part *part, size_t *cols)
{
	size_t n = 0, sides = part->steps->n_sides;

	for (size_t i = 0; i < sides; i++)
		if (part->full || sides <= STEPS_SHOWN_WHOLE || !i || i == sides - 1 ||
		    has_change(part, i))
			cols[n++] = i;
	return n;
}

static void add_table(struct text *text, size_t width, const struct part *part)
{
	size_t *cols = calloc(part->steps->n_sides, sizeof(*cols));
	struct steps_columns columns = { .steps = part->steps, .cols = cols };

	if (!cols) {
		text->err = -ENOMEM;
		return;
	}
	rows_title(text, &part->steps->all, part->start);
	columns.n = choose(part, cols);
	steps_blocks(text, width, &columns, fill, part);
	free(cols);
}

/* Whether fewer than so many of the group changed more. */
static bool among_largest(const struct part *part, size_t metric, size_t most)
{
	double size = steps_largest(part->steps, metric);
	size_t larger = 0;

	for (size_t i = part->start; i < part->end; i++) {
		double other = steps_largest(part->steps, i);

		larger += other > size || (other == size && i < metric);
	}
	return larger < most;
}

/* Chooses what a mail shows of a group; how many these are. */
static size_t select_some(const struct part *part, bool *shown)
{
	size_t wanted = 0, n = 0;

	for (size_t i = part->start; i < part->end; i++)
		wanted += steps_largest(part->steps, i) >= SMALL_PCT;
	for (size_t i = part->start; i < part->end; i++) {
		shown[i] = steps_largest(part->steps, i) >= SMALL_PCT &&
			   (wanted <= GROUP_MOST || among_largest(part, i, GROUP_SOME));
		n += shown[i];
	}
	return n;
}

/* "  Not shown: 6 more changed (up to 31.4%), 4 the same at every step" */
static void add_not_shown(struct text *text, size_t width, const struct part *part)
{
	size_t large = 0, small = 0, same = 0, open = 0;
	struct text line = { 0 };
	double most = 0;

	for (size_t i = part->start; i < part->end; i++) {
		double size = steps_largest(part->steps, i);

		if (part->shown[i])
			continue;
		large += size >= SMALL_PCT;
		small += size > 0 && size < SMALL_PCT;
		same += all_the_same(part->steps, i);
		open += size == 0 && !all_the_same(part->steps, i);
		most = fmax(most, size);
	}
	if (large)
		text_add(&line, "%zu more changed (by up to %.1f%%)", large, most);
	if (small)
		text_add(&line, "%s%zu changed by less than 1%%", line.length ? ", " : "", small);
	if (same)
		text_add(&line, "%s%zu the same at every step", line.length ? ", " : "", same);
	if (open)
		text_add(&line, "%s%zu without a change that is proved", line.length ? ", " : "",
			 open);
	if (line.length)
		text_wrap(text, width, "  Not shown: ", 4, line.data);
	if (text_error(&line))
		text->err = text_error(&line);
	text_free(&line);
}

static void add_group(struct text *text, size_t width, struct part part, bool *shown)
{
	if (part.full)
		memset(shown + part.start, true, part.end - part.start);
	else if (!select_some(&part, shown))
		return;
	add_table(text, width, &part);
	if (!part.full)
		add_not_shown(text, width, &part);
	text_add(text, "\n");
}

/* In the order of the records, in a mail the first write before all else. */
static void add_costs(struct text *text, size_t width, const struct steps *steps, bool full)
{
	const struct comparison *all = &steps->all;
	bool *shown = calloc(all->n_metrics + 1, sizeof(*shown));
	size_t end;

	if (!shown) {
		text->err = -ENOMEM;
		return;
	}
	for (int turn = full ? 1 : 0; turn < 2; turn++)
		for (size_t start = 0; start < all->n_metrics; start = end) {
			bool first = !strcmp(all->metrics[start].bench, "first-write");

			end = group_end(all, start);
			if (full || first == (turn == 0))
				add_group(text, width,
					  (struct part){ steps, start, end, shown, full }, shown);
		}
	free(shown);
}

void steps_all_costs(struct text *text, size_t width, const struct steps *steps)
{
	add_costs(text, width, steps, true);
}

void steps_changed_costs(struct text *text, size_t width, const struct steps *steps)
{
	size_t before = text->length;

	add_costs(text, width, steps, false);
	if (text->length == before)
		return;
	if (steps->n_sides > STEPS_SHOWN_WHOLE)
		text_add(text, "A side without a column changed nothing in its table.\n");
	if (memchr(text->data + before, '?', text->length - before))
		text_add(text, "? is a difference to the one before that is inconclusive.\n");
	if (text->data[text->length - 2] != '\n')
		text_add(text, "\n");
}
