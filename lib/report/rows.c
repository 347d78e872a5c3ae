// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/rows.h"

void rows_title(struct text *text, size_t width, const struct comparison *c, size_t start)
{
	const struct cost *first = &c->costs[start];
	bool time = c->n_sides == 1 && !strcmp(first->unit, "ns");
	struct text title = { 0 };

	text_add(&title, "%s", label_group(&first->name));
	if (strcmp(first->name.fs, "none") != 0)
		text_add(&title, " (%s, %s)", first->name.fs, label_access(first->name.access));
	text_add(&title, ", %s", time ? "time of one operation" : label_unit(first->unit));
	text_wrap_built(text, width, "", 2, &title);
}

enum column {
	NAME,
	BASE,
	NEW,
	CHANGE,
	SPREAD,
	RANGE,
	VERDICT,
};

/* From here on, in percent, a spread or a range is worth a figure. */
#define NIL_PCT 0.05

static void count_operations(const struct comparison *c, size_t start, size_t end, long long *least,
			     long long *most)
{
	*least = *most = cost_operations(c, &c->costs[start]);
	for (size_t i = start; i < end; i++) {
		int64_t n = cost_operations(c, &c->costs[i]);

		*least = n < *least ? n : *least;
		*most = n > *most ? n : *most;
	}
}

void rows_operations(struct grid *grid, const struct comparison *c, size_t start, size_t end)
{
	long long least, most;

	count_operations(c, start, end, &least, &most);
	grid_row(grid);
	if (least == most)
		grid_cell(grid, NAME, "  n = %lld%s", most, c->n_sides == 1 ? "" : " a side");
	else
		grid_cell(grid, NAME, "  n = %lld to %lld", least, most);
}

/* Times are judged by pairs: operations of a boot are no sample of their own. */
static void add_pairs(struct grid *grid, const struct comparison *c, size_t start, size_t end)
{
	long long least, most, pairs = (long long)c->side[0]->n_boots;
	const char *plural = pairs == 1 ? "" : "s";

	count_operations(c, start, end, &least, &most);
	grid_row(grid);
	if (least == most)
		grid_cell(grid, NAME, "  %lld pair%s, n = %lld", pairs, plural, most / pairs);
	else
		grid_cell(grid, NAME, "  %lld pair%s, n = %lld to %lld", pairs, plural,
			  least / pairs, most / pairs);
}

void rows_judged(struct grid *grid, const struct comparison *c, size_t start, size_t end)
{
	if (comparison_mode(c) == SIDE_TIME)
		add_pairs(grid, c, start, end);
	else
		rows_operations(grid, c, start, end);
}

void rows_headings(struct grid *grid, const struct comparison *c)
{
	struct side_labels sides = label_sides(c);

	grid_cell(grid, BASE, "%s", sides.base);
	grid_cell(grid, NEW, "%s", sides.new);
	grid_cell(grid, CHANGE, "change");
	grid_cell(grid, SPREAD, "spread");
	grid_cell(grid, RANGE, comparison_mode(c) == SIDE_TIME ? "95%% interval" : "range");
	grid_cell(grid, VERDICT, "verdict");
}

void rows_begin(struct grid *grid, const struct comparison *c, size_t start, size_t end)
{
	*grid = (struct grid){ .align = ROWS_ALIGN, .fold = true };
	rows_judged(grid, c, start, end);
	rows_headings(grid, c);
}

const char *rows_range(const struct comparison *c, const struct judgement *j, char *buffer)
{
	/* most counts are the same at every seed, and "same" is within the floor at each */
	if (comparison_mode(c) == SIDE_COUNT &&
	    (j->verdict == VERDICT_SAME || !(j->high_pct - j->low_pct >= NIL_PCT)))
		return "";
	return label_interval(j->low_pct, j->high_pct, buffer);
}

void rows_figures(struct grid *grid, const struct comparison *c, const struct cost *m)
{
	const struct judgement *j = &cost_change(m)->judgement;
	double spread = fmax(j->base_spread_pct, j->other_spread_pct);
	char buffer[LABEL_SIZE];

	grid_cell(grid, BASE, "%s", label_figure(j->base, m->unit, buffer));
	grid_cell(grid, NEW, "%s", label_figure(j->other, m->unit, buffer));
	grid_cell(grid, CHANGE, "%s", label_change(j->change_pct, buffer));
	if (comparison_mode(c) == SIDE_COUNT && spread >= NIL_PCT)
		grid_cell(grid, SPREAD, "%s", label_spread(spread, buffer));
	grid_cell(grid, RANGE, "%s", rows_range(c, j, buffer));
	grid_cell(grid, VERDICT, "%s", verdict_name(j->verdict));
}

void rows_name(struct grid *grid, const struct comparison *c, size_t start, size_t end, size_t cost)
{
	const struct cost *m = &c->costs[cost];

	grid_row(grid);
	if (group_has_one_metric(c, start, end))
		grid_cell(grid, NAME, "  %s%s", m->name.arm, label_mean(m));
	else
		grid_cell(grid, NAME, "  %s %s%s", m->name.arm, m->name.metric, label_mean(m));
}

/* Beside a mean stand the medians, each of one kind of operation, and the faults. */
static void add_beside_mean(struct grid *grid, const struct cost *m)
{
	char base[LABEL_SIZE], new[LABEL_SIZE], faults[LABEL_SIZE] = "";

	if (!cost_by_mean(m))
		return;
	if (m->on[0].faults > 0 || m->on[1].faults > 0)
		snprintf(faults, sizeof(faults), "; page faults an operation %.4g and %.4g",
			 m->on[0].faults, m->on[1].faults);
	grid_note(grid, "medians %s and %s%s",
		  label_figure(cost_change(m)->median.base, m->unit, base),
		  label_figure(cost_change(m)->median.other, m->unit, new), faults);
}

/* Where a change comes from, below its line. */
static void add_made_of(struct grid *grid, const struct cost *m)
{
	struct text words = { 0 };
	char number[LABEL_SIZE];

	for (size_t i = 0; i < m->n_made_of; i++)
		text_add(&words, "%s%s %s%s", i ? ", " : "", m->made_of[i].name,
			 m->made_of[i].change > 0 ? "+" : "",
			 label_number(m->made_of[i].change, number));
	if (words.length)
		grid_note(grid, "%s", words.data);
	if (text_error(&words))
		grid->err = text_error(&words);
	text_free(&words);
}

void rows_cost(struct grid *grid, const struct comparison *c, size_t start, size_t end, size_t cost)
{
	rows_name(grid, c, start, end, cost);
	rows_figures(grid, c, &c->costs[cost]);
	add_beside_mean(grid, &c->costs[cost]);
	add_made_of(grid, &c->costs[cost]);
}

void rows_remark(struct text *text, size_t width, const char *first, struct text *rest)
{
	struct text line = { 0 };

	if (rest->length) {
		text_add(&line, "%s:%s.", first, rest->data);
		if (line.data)
			text_wrap(text, width, "  ", 2, line.data);
	}
	text_take(text, &line);
	text_take(text, rest);
}

/* "2090 and 2090, same", of a time with its interval. */
static void add_control(struct text *text, const struct comparison *c, const struct cost *m)
{
	const struct judgement *j = &cost_change(m)->judgement;
	char base[LABEL_SIZE], new[LABEL_SIZE], interval[LABEL_SIZE];
	const char *range = comparison_mode(c) == SIDE_TIME
				    ? label_interval(j->low_pct, j->high_pct, interval)
				    : "";

	text_add(text, "%s and %s, %s%s%s%s", label_figure(j->base, m->unit, base),
		 label_figure(j->other, m->unit, new), verdict_name(j->verdict), *range ? " (" : "",
		 range, *range ? ")" : "");
}

void rows_page_cache(struct text *text, size_t width, const struct comparison *c, size_t start,
		     size_t end)
{
	for (size_t i = start; i < end; i++) {
		const struct cost *m = &c->costs[i];
		const struct cost *other = cost_with_other_access(c, m);
		struct text control = { 0 };

		if (!other || !cost_is_write_fault(&m->name) || strcmp(m->name.access, "dax") != 0)
			continue;
		text_add(&control, " %s%s ", m->name.arm, label_mean(other));
		add_control(&control, c, other);
		rows_remark(text, width, "Through the page cache", &control);
	}
}

void rows_faults(struct text *text, size_t width, const struct comparison *c, size_t start,
		 size_t end)
{
	struct side_labels sides = label_sides(c);
	struct text between_sides = { 0 }, between_accesses = { 0 };
	char first[LABEL_SIZE];
	const char *there = "";

	for (size_t i = start; i < end; i++) {
		const struct cost *m = &c->costs[i];
		const struct cost *other = cost_with_other_access(c, m);

		/* those of a mean stand below it */
		if (!cost_by_mean(m) && fabs(m->on[0].faults - m->on[1].faults) > 0.005)
			text_add(&between_sides, "%s %s %.4g and %.4g",
				 between_sides.length ? "," : "", m->name.arm, m->on[0].faults,
				 m->on[1].faults);
		if (!other || !(fabs(m->on[1].faults - other->on[1].faults) >
				0.05 * fmax(m->on[1].faults, other->on[1].faults)))
			continue;
		there = strcmp(other->name.access, "dax") ? "through the page cache" : "with DAX";
		text_add(&between_accesses, "%s %s %.4g and %.4g",
			 between_accesses.length ? "," : "", m->name.arm, m->on[1].faults,
			 other->on[1].faults);
	}
	snprintf(first, sizeof(first), "Page faults an operation, %s and %s", sides.base,
		 sides.new);
	rows_remark(text, width, first, &between_sides);
	snprintf(first, sizeof(first), "Page faults an operation (%s), here and %s", sides.new,
		 there);
	rows_remark(text, width, first, &between_accesses);
}
