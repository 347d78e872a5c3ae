// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/grid.h"
#include "crosscheck/crosscheck_report.h"
#include "report/json_parts.h"
#include "report/json_side.h"
#include "report/labels.h"

#define WIDTH 72

static void value_cell(struct grid *grid, size_t column, double value, const char *unit)
{
	char buffer[LABEL_SIZE];

	if (!isnan(value))
		grid_cell(grid, column, "%s",
			  label_value(strcmp(unit, "ns") ? round(value) : value, unit, buffer));
	else
		grid_cell(grid, column, "-");
}

static void add_row(struct grid *grid, const struct crosscheck *c, const struct crosscheck_row *row)
{
	grid_row(grid);
	grid_cell(grid, 0, "  %s", row->arm);
	grid_cell(grid, 1, "%s", *row->job ? row->job : "-");
	value_cell(grid, 2, row->ours, c->unit);
	value_cell(grid, 3, row->fio, c->unit);
	if (isnan(row->ratio))
		grid_cell(grid, 4, "-");
	else
		grid_cell(grid, 4, "%.2f", row->ratio);
	grid_cell(grid, 5, "%s", crosscheck_verdict_name(row->verdict));
}

static size_t add_target(struct text *text, const struct crosscheck *c, size_t start)
{
	const struct crosscheck_row *first = &c->rows[start];
	struct grid grid = { .align = "llrrrl" };
	char target[LABEL_SIZE];
	size_t i;

	grid_row(&grid);
	grid_cell(&grid, 0, "%s", label_target(first->fs, first->access, target));
	grid_cell(&grid, 1, "fio's job");
	grid_cell(&grid, 2, "ours");
	grid_cell(&grid, 3, "fio");
	grid_cell(&grid, 4, "ratio");
	grid_row(&grid);
	grid_cell(&grid, 0, "  (noop)");
	grid_cell(&grid, 1, "null");
	value_cell(&grid, 2, first->ours_empty, c->unit);
	value_cell(&grid, 3, first->fio_empty, c->unit);
	for (i = start; i < c->n_rows && !strcmp(c->rows[i].fs, first->fs) &&
			!strcmp(c->rows[i].access, first->access);
	     i++)
		add_row(&grid, c, &c->rows[i]);
	grid_print(&grid, text, WIDTH);
	text_add(text, "\n");
	return i;
}

/* Each known reason once, with the arms it is about. */
static void add_known(struct text *text, const struct crosscheck *c)
{
	for (size_t i = 0; i < c->n_rows; i++) {
		const char *known = c->rows[i].known;
		struct text line = { 0 };
		bool said = !known;

		for (size_t k = 0; k < i && !said; k++)
			said = c->rows[k].known && !strcmp(c->rows[k].known, known);
		for (size_t k = i; k < c->n_rows && !said; k++) {
			bool again = !c->rows[k].known || strcmp(c->rows[k].known, known) != 0;

			for (size_t before = i; before < k && !again; before++)
				again = !strcmp(c->rows[before].arm, c->rows[k].arm);
			if (!again)
				text_add(&line, "%s%s", line.length ? ", " : "", c->rows[k].arm);
		}
		if (said)
			continue;
		text_add(&line, ": %s.", known);
		text_wrap_built(text, WIDTH, "", 2, &line);
	}
}

/* What ours did besides to be like fio, which runs as much of its own. */
static int64_t between_kib(const struct side_boot *boot)
{
	int64_t most = 0;

	for (size_t i = 0; i < boot->n_samples; i++)
		if (boot->samples[i].between_kib > most)
			most = boot->samples[i].between_kib;
	return most;
}

static void add_between(struct text *text, const struct side_boot *boot)
{
	char line[240];

	if (!between_kib(boot))
		return;
	snprintf(line, sizeof(line),
		 "Between two operations fio runs code of its own, which what is measured has to "
		 "come back from. Ours ran as much there, %lld KiB, not measured.",
		 (long long)between_kib(boot));
	text_wrap(text, WIDTH, "", 0, line);
}

static void add_caption(struct text *text, const struct crosscheck *c)
{
	const struct side_boot *boot = &c->side->boots[0];
	char line[640];

	snprintf(
		line, sizeof(line),
		"daxmark and fio at the same work on Linux %.60s: %s of one operation, the mean of "
		"the middle half of all and of %zu round%s. Each figure holds its tool's own "
		"empty operation, noop or null; the ratio is of what is left without it.",
		boot->machine.kernel, strcmp(c->unit, "ns") ? "guest instructions" : "time",
		c->side->n_boots, c->side->n_boots == 1 ? "" : "s");
	text_wrap(text, WIDTH, "", 0, line);
	add_between(text, boot);
	text_add(text, "\n");
}

static void add_verdict(struct text *text, const struct crosscheck *c)
{
	size_t differ = crosscheck_count(c, CROSSCHECK_DIFFERS);
	size_t agree = crosscheck_count(c, CROSSCHECK_AGREES);

	if (!differ && !agree)
		text_add(text, "NO row was judged: neither agreement nor difference was seen.\n");
	else if (differ)
		text_add(text, "%zu of %zu rows that should agree DIFFER by more than %d%%.\n",
			 differ, differ + agree, CROSSCHECK_BOUND_PCT);
	else
		text_add(text, "All %zu rows that should agree do so within %d%%.\n", agree,
			 CROSSCHECK_BOUND_PCT);
}

void report_crosscheck(struct text *text, const struct crosscheck *c)
{
	add_caption(text, c);
	for (size_t i = 0; i < c->n_rows;)
		i = add_target(text, c, i);
	add_known(text, c);
	add_verdict(text, c);
}

static json_t *row_object(const struct crosscheck_row *row)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:s, s:s?}", "fs",
			 row->fs, "access", row->access, "bench", row->bench, "arm", row->arm,
			 "fio_job", row->job, "ours", json_number(row->ours), "ours_empty",
			 json_number(row->ours_empty), "fio", json_number(row->fio), "fio_empty",
			 json_number(row->fio_empty), "ratio", json_number(row->ratio), "verdict",
			 crosscheck_verdict_name(row->verdict), "known", row->known);
}

void report_crosscheck_json(struct text *text, const struct crosscheck *c)
{
	json_t *rows = json_array(), *root;
	int err = 0;

	for (size_t i = 0; i < c->n_rows; i++)
		err |= json_array_append_new(rows, row_object(&c->rows[i]));
	/* takes over the rows, also when it fails */
	root = json_pack("{s:s, s:s, s:i, s:o}", "mode", side_mode_name(c->side->mode), "unit",
			 c->unit, "bound_pct", CROSSCHECK_BOUND_PCT, "rows", rows);
	if (err) {
		json_decref(root);
		root = NULL;
	}
	json_add(text, root);
}
