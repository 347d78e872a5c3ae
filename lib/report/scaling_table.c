// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/grid.h"
#include "report/groups.h"
#include "report/labels.h"
#include "report/rows.h"
#include "report/scaling_table.h"

/* Numbers of threads that have a column: the most, and the most of up to half of it. */
#define COLUMNS_MAX 2

bool scaled_same_arm(const struct cost *a, const struct cost *b)
{
	return !strcmp(a->name.base_arm, b->name.base_arm) && !strcmp(a->name.fill, b->name.fill);
}

static double total_of(const struct cost *m)
{
	return m->on[0].value > 0 ? 1e9 / m->on[0].value : NAN;
}

void scaled_of(const struct comparison *c, const struct cost *m, struct scaled *scaled)
{
	*scaled = (struct scaled){ .threads = m->name.threads, .files = "" };
	if (!scaled->threads)
		return;
	scaled->files = m->name.files;
	scaled->total = total_of(m);
	scaled->efficiency = NAN;
	for (size_t i = 0; i < c->n_costs; i++) {
		const struct cost *one = &c->costs[i];

		if (scaled_same_arm(one, m) && !strcmp(one->name.metric, m->name.metric) &&
		    cost_same_group(&one->name, &m->name) && one->name.threads == 1)
			scaled->efficiency =
				scaled->total / ((double)scaled->threads * total_of(one));
	}
}

/* The numbers of threads that get a column, the most first; 0: none. */
static size_t choose_columns(const struct comparison *c, size_t start, size_t end,
			     int64_t threads[COLUMNS_MAX])
{
	int64_t below = INT64_MAX;
	size_t n = 0;

	while (n < COLUMNS_MAX) {
		int64_t most = 1;

		for (size_t i = start; i < end; i++) {
			struct scaled s;

			scaled_of(c, &c->costs[i], &s);
			if (s.threads > most && s.threads <= below)
				most = s.threads;
		}
		if (most == 1)
			break;
		threads[n++] = most;
		below = most / 2;
	}
	return n;
}

enum column { NAME, FILES, ONE, OTHERS, A_THREAD = OTHERS + COLUMNS_MAX, EFFICIENCY };

/* All numbers of threads of one arm on one kind of files. */
static void add_row(struct grid *grid, const struct comparison *c, size_t start, size_t end,
		    size_t row, const int64_t *threads, size_t columns)
{
	const struct cost *m = &c->costs[row];
	char buffer[LABEL_SIZE];
	struct scaled own;

	scaled_of(c, m, &own);
	grid_row(grid);
	grid_cell(grid, NAME, "  %s", label_unscaled(m, buffer));
	grid_cell(grid, FILES, "%s", own.files);
	for (size_t i = start; i < end; i++) {
		struct scaled s;
		size_t at = 0;

		scaled_of(c, &c->costs[i], &s);
		if (!s.threads || !scaled_same_arm(m, &c->costs[i]) ||
		    (s.threads > 1 && strcmp(s.files, own.files) != 0))
			continue;
		if (s.threads == 1)
			grid_cell(grid, ONE, "%s", label_per_second(s.total, buffer));
		while (at < columns && threads[at] != s.threads)
			at++;
		if (at == columns)
			continue;
		grid_cell(grid, OTHERS + columns - 1 - at, "%s", label_per_second(s.total, buffer));
		if (at)
			continue;
		grid_cell(grid, A_THREAD, "%s",
			  label_per_second(s.total / (double)s.threads, buffer));
		if (!isnan(s.efficiency))
			grid_cell(grid, EFFICIENCY, "%.0f%%", s.efficiency * 100);
	}
}

static void add_headings(struct grid *grid, int64_t passes, const int64_t *threads, size_t columns)
{
	grid_row(grid);
	grid_cell(grid, NAME, "  n = %lld pass%s", (long long)passes, passes == 1 ? "" : "es");
	grid_cell(grid, FILES, "files");
	grid_cell(grid, ONE, "1 thread");
	for (size_t at = 0; at < columns; at++)
		grid_cell(grid, OTHERS + columns - 1 - at, "%lld", (long long)threads[at]);
	grid_cell(grid, A_THREAD, "a thread");
	grid_cell(grid, EFFICIENCY, "efficiency");
}

void report_scaling(struct text *text, size_t width, const struct comparison *c, size_t start,
		    size_t end)
{
	struct grid grid = { .align = "llrrrrr", .fold = true };
	struct text title = { 0 };
	int64_t threads[COLUMNS_MAX];
	size_t columns = choose_columns(c, start, end, threads);
	const struct cost *first = &c->costs[start];
	bool headed = false;

	if (!columns)
		return;
	for (size_t i = start; i < end; i++) {
		struct scaled s;

		scaled_of(c, &c->costs[i], &s);
		if (s.threads != threads[0])
			continue;
		if (!headed)
			add_headings(&grid, cost_operations(c, &c->costs[i]), threads, columns);
		headed = true;
		add_row(&grid, c, start, end, i, threads, columns);
	}
	text_add(&title, "%s", label_bench(&first->name));
	if (strcmp(first->name.fs, "none") != 0)
		text_add(&title, " (%s, %s)", first->name.fs, label_access(first->name.access));
	text_add(&title, ", operations/s by threads");
	text_wrap_built(text, width, "", 2, &title);
	grid_print(&grid, text, width);
	text_add(text, "\n");
}
