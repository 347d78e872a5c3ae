// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/rows.h"

void rows_title(struct text *text, const struct comparison *c, size_t start)
{
	const struct metric_change *first = &c->metrics[start];
	bool time = has_one_side(c) && !strcmp(first->unit, "ns");

	text_add(text, "%s", label_group(first));
	if (strcmp(first->fs, "none") != 0)
		text_add(text, " (%s, %s)", first->fs, label_access(first->access));
	text_add(text, ", %s\n", time ? "time of one operation" : label_unit(first->unit));
}

enum column {
	NAME,
	BASE,
	NEW,
	CHANGE,
	SPREAD,
	VERDICT,
};

void rows_operations(struct grid *grid, const struct comparison *c, size_t start, size_t end)
{
	long long least = c->metrics[start].n, most = least;

	for (size_t i = start; i < end; i++) {
		least = c->metrics[i].n < least ? c->metrics[i].n : least;
		most = c->metrics[i].n > most ? c->metrics[i].n : most;
	}
	grid_row(grid);
	if (least == most)
		grid_cell(grid, NAME, "  n = %lld%s", most, has_one_side(c) ? "" : " a side");
	else
		grid_cell(grid, NAME, "  n = %lld to %lld", least, most);
}

void rows_begin(struct grid *grid, const struct comparison *c, size_t start, size_t end)
{
	struct side_labels sides = label_sides(c);

	*grid = (struct grid){ .align = "lrrrrl" };
	rows_operations(grid, c, start, end);
	grid_cell(grid, BASE, "%s", sides.base);
	grid_cell(grid, NEW, "%s", sides.new);
	grid_cell(grid, CHANGE, "change");
	grid_cell(grid, SPREAD, "spread");
	grid_cell(grid, VERDICT, "verdict");
}

void rows_figures(struct grid *grid, const struct metric_change *m)
{
	const struct judgement *j = &m->judgement;
	char buffer[LABEL_SIZE];

	grid_cell(grid, BASE, "%s", label_number(j->base, buffer));
	grid_cell(grid, NEW, "%s", label_number(j->other, buffer));
	grid_cell(grid, CHANGE, "%s", label_change(j->change_pct, buffer));
}

void rows_name(struct grid *grid, const struct comparison *c, size_t start, size_t end,
	       size_t metric)
{
	const struct metric_change *m = &c->metrics[metric];

	grid_row(grid);
	if (group_has_one_metric(c, start, end))
		grid_cell(grid, NAME, "  %s", m->arm);
	else
		grid_cell(grid, NAME, "  %s %s", m->arm, m->metric);
}

void rows_metric(struct grid *grid, const struct comparison *c, size_t start, size_t end,
		 size_t metric)
{
	const struct judgement *j = &c->metrics[metric].judgement;
	double spread = fmax(j->base_spread_pct, j->other_spread_pct);
	char buffer[LABEL_SIZE];

	rows_name(grid, c, start, end, metric);
	rows_figures(grid, &c->metrics[metric]);
	/* most counts are the same at every seed: then there is no column */
	if (spread >= 0.05)
		grid_cell(grid, SPREAD, "%s", label_spread(spread, buffer));
	grid_cell(grid, VERDICT, "%s", verdict_name(j->verdict));
}

void rows_page_cache(struct text *text, const struct comparison *c, size_t start, size_t end)
{
	char base[LABEL_SIZE], new[LABEL_SIZE];

	for (size_t i = start; i < end; i++) {
		const struct metric_change *m = &c->metrics[i];
		const struct metric_change *other = metric_with_other_access(c, m);

		if (other && metric_is_write_fault(m) && !strcmp(m->access, "dax"))
			text_add(text, "  Through the page cache: %s %s and %s, %s.\n", m->arm,
				 label_number(other->judgement.base, base),
				 label_number(other->judgement.other, new),
				 verdict_name(other->judgement.verdict));
	}
}

void rows_remark(struct text *text, size_t width, const char *first, struct text *rest)
{
	struct text line = { 0 };

	if (rest->length) {
		text_add(&line, "%s:%s.", first, rest->data);
		if (line.data)
			text_wrap(text, width, "  ", 2, line.data);
	}
	if (text_error(&line) || text_error(rest))
		text->err = text_error(&line) | text_error(rest);
	text_free(&line);
	text_free(rest);
}

void rows_faults(struct text *text, size_t width, const struct comparison *c, size_t start,
		 size_t end)
{
	struct side_labels sides = label_sides(c);
	struct text between_sides = { 0 }, between_accesses = { 0 };
	char first[LABEL_SIZE];
	const char *there = "";

	for (size_t i = start; i < end; i++) {
		const struct metric_change *m = &c->metrics[i];
		const struct metric_change *other = metric_with_other_access(c, m);

		if (fabs(m->base_faults - m->new_faults) > 0.005)
			text_add(&between_sides, "%s %s %.4g and %.4g",
				 between_sides.length ? "," : "", m->arm, m->base_faults,
				 m->new_faults);
		if (!other || !(fabs(m->new_faults - other->new_faults) >
				0.05 * fmax(m->new_faults, other->new_faults)))
			continue;
		there = strcmp(other->access, "dax") ? "through the page cache" : "with DAX";
		text_add(&between_accesses, "%s %s %.4g and %.4g",
			 between_accesses.length ? "," : "", m->arm, m->new_faults,
			 other->new_faults);
	}
	snprintf(first, sizeof(first), "Page faults an operation, %s and %s", sides.base,
		 sides.new);
	rows_remark(text, width, first, &between_sides);
	snprintf(first, sizeof(first), "Page faults an operation (%s), here and %s", sides.new,
		 there);
	rows_remark(text, width, first, &between_accesses);
}
