// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "compare/span.h"
#include "report/checks.h"
#include "report/facts.h"
#include "report/left_out.h"
#include "report/measured.h"
#include "report/outcomes.h"
#include "report/rows.h"
#include "report/scaling_table.h"
#include "report/show.h"

/* Means that differ by more are both shown, in percent. */
#define BATCH_DIFFERS 2

/* "1.71 us on ext2 page cache and 1.35 us on ext4 page cache" */
static void add_write_faults(struct text *text, const struct comparison *c)
{
	char target[LABEL_SIZE], value[LABEL_SIZE], operation[LABEL_SIZE];
	size_t left = 0, said = 0, medians = 0;

	for (size_t i = 0; i < c->n_costs; i++)
		left += cost_is_write_fault(&c->costs[i].name);
	for (size_t i = 0; i < c->n_costs; i++) {
		const struct cost *m = &c->costs[i];

		if (!cost_is_write_fault(&m->name))
			continue;
		if (!said++)
			text_add(text, ", %s costs ", label_operation(&m->name, operation));
		else
			text_add(text, left == 1 ? " and " : ", ");
		text_add(text, "%s%s on %s%s", label_value(m->on[0].value, m->unit, value),
			 strcmp(m->unit, "ns") ? " instructions" : "",
			 label_target(m->name.fs, m->name.access, target),
			 cost_by_mean(m) ? " (mean)" : "");
		medians += !cost_by_mean(m);
		left--;
	}
	if (medians)
		text_add(text, " (median%s)", medians > 1 ? "s" : "");
	else if (said)
		return;
	else if (c->n_costs)
		text_add(text, ", %zu cost%s measured", c->n_costs,
			 c->n_costs > 1 ? "s were" : " was");
	else
		text_add(text, ", no cost was measured");
}

static void add_verdicts(struct text *text, const struct comparison *c)
{
	size_t passed = 0, skipped = 0;

	for (size_t i = 0; i < c->n_checks; i++) {
		passed += c->checks[i].on[0].verdict == CHECK_PASS;
		skipped += c->checks[i].on[0].verdict == CHECK_SKIP;
	}
	outcome_list(text, span_whole(c), "; checks that fail: ", CHECK_FAIL, CHECK_FAIL);
	if (passed && !outcome_any_failed(c, 1))
		text_add(text,
			 passed == 1 ? "; no check fails (%zu passes"
				     : "; no check fails (%zu pass",
			 passed);
	else if (passed)
		text_add(text, passed == 1 ? " (%zu other passes" : " (%zu others pass", passed);
	if (passed && skipped)
		text_add(text, ", %zu could not be made", skipped);
	if (passed)
		text_add(text, ")");
}

static void add_summary(struct text *text, const struct comparison *c)
{
	struct text line = { 0 };
	const char *separator = "; nothing was measured on ";

	text_add(&line, "On Linux %s (\"%s\")", c->side[0]->boots[0].machine.kernel,
		 c->side[0]->label);
	add_write_faults(&line, c);
	add_verdicts(&line, c);
	for (size_t i = 0; i < c->n_missing; i++) {
		const struct cost_name *name = &c->missing[i].name;
		char target[LABEL_SIZE];

		if (*name->bench)
			continue;
		text_add(&line, "%s%s", separator, label_target(name->fs, name->access, target));
		separator = ", ";
	}
	text_add(&line, ".");
	text_wrap_built(text, MAIL_WIDTH, "", 0, &line);
}

enum column {
	NAME,
	MEDIAN,
	P99,
	MEAN,
	RATE,
	FAULTS,
	FOLIO,
	SPREAD,
};

static void add_row(struct grid *grid, const struct comparison *c, const struct cost *m)
{
	const struct side_sample *sample = side_find_sample(&c->side[0]->boots[0], &m->name);
	struct measured measured;
	char buffer[LABEL_SIZE];

	measured_over_runs(c, m, &measured);
	grid_cell(grid, MEDIAN, "%s", label_value(m->on[0].median, m->unit, buffer));
	grid_cell(grid, P99, "%s", label_value(m->on[0].p99, m->unit, buffer));
	grid_cell(grid, MEAN, "%s", label_value(measured.mean, m->unit, buffer));
	if (!isnan(measured.bytes_per_second))
		grid_cell(grid, RATE, "%s", label_rate(measured.bytes_per_second, buffer));
	if (m->on[0].faults > 0)
		grid_cell(grid, FAULTS, "%.3g", m->on[0].faults);
	if (sample && sample->folio_bytes)
		grid_cell(grid, FOLIO, "%s", label_size(sample->folio_bytes, buffer));
	if (c->side[0]->n_boots > 1)
		grid_cell(grid, SPREAD, "%s", label_spread(m->on[0].median_spread_pct, buffer));
}

/* Where reading the clock around each operation is a part of its mean. */
static void add_batch_means(struct text *text, const struct comparison *c, size_t start, size_t end)
{
	bool one_metric = group_has_one_metric(c, start, end);
	char batch[LABEL_SIZE], mean[LABEL_SIZE], first[LABEL_SIZE];
	struct text rest = { 0 };

	for (size_t i = start; i < end; i++) {
		const struct cost *m = &c->costs[i];
		struct measured measured;

		measured_over_runs(c, m, &measured);
		if (!(fabs(measured.batch_mean - measured.mean) * 100 >
		      BATCH_DIFFERS * measured.mean))
			continue;
		text_add(&rest, "%s %s%s%s %s, not %s", rest.length ? ";" : "", m->name.arm,
			 one_metric ? "" : " ", one_metric ? "" : m->name.metric,
			 label_value(measured.batch_mean, m->unit, batch),
			 label_value(measured.mean, m->unit, mean));
	}
	snprintf(first, sizeof(first),
		 "Mean of a batch that reads the clock once, where it differs by more than %d%%",
		 BATCH_DIFFERS);
	rows_remark(text, MAIL_WIDTH, first, &rest);
}

/* Arms by several threads stand behind the others of their group. */
static size_t first_scaled(const struct comparison *c, size_t start, size_t end)
{
	struct scaled scaled;

	for (size_t i = start; i < end; i++) {
		scaled_of(c, &c->costs[i], &scaled);
		if (scaled.threads)
			return i;
	}
	return end;
}

static void add_group(struct text *text, const struct comparison *c, size_t start, size_t end)
{
	struct grid grid = { .align = "lrrrrrrr", .fold = true };

	if (start == end)
		return;
	rows_title(text, MAIL_WIDTH, c, start);
	rows_operations(&grid, c, start, end);
	grid_cell(&grid, MEDIAN, "median");
	grid_cell(&grid, P99, "p99");
	grid_cell(&grid, MEAN, "mean");
	grid_cell(&grid, RATE, "bytes/mean");
	grid_cell(&grid, FAULTS, "faults");
	grid_cell(&grid, FOLIO, "folio");
	grid_cell(&grid, SPREAD, "spread");
	for (size_t i = start; i < end; i++) {
		rows_name(&grid, c, start, end, i);
		add_row(&grid, c, &c->costs[i]);
	}
	grid_print(&grid, text, MAIL_WIDTH);
	add_batch_means(text, c, start, end);
	text_add(text, "\n");
}

/* One line for all operations that were not left alone. */
static void add_disturbed(struct text *text, const struct comparison *c)
{
	long long n = 0, moved = 0, interrupted = 0;
	struct text line = { 0 };

	for (size_t i = 0; i < c->n_costs; i++) {
		struct measured measured;

		measured_over_runs(c, &c->costs[i], &measured);
		if (measured.moved < 0 && measured.interrupted < 0)
			continue;
		n += cost_operations(c, &c->costs[i]);
		moved += measured.moved > 0 ? measured.moved : 0;
		interrupted += measured.interrupted > 0 ? measured.interrupted : 0;
	}
	if (!moved && !interrupted)
		return;
	text_add(&line,
		 "Of %lld operations %lld changed CPU and at most %lld were interrupted; they are "
		 "in the figures.",
		 n, moved, interrupted);
	text_wrap_built(text, MAIL_WIDTH, "", 2, &line);
	text_add(text, "\n");
}

void report_show(struct text *text, const struct comparison *c)
{
	size_t end;

	add_summary(text, c);
	text_add(text, "\n");
	for (size_t start = 0; start < c->n_costs; start = end) {
		end = group_end(c, start);
		add_group(text, c, start, first_scaled(c, start, end));
		report_scaling(text, MAIL_WIDTH, c, start, end);
	}
	add_disturbed(text, c);
	report_checks(text, MAIL_WIDTH, c, true);
	report_left_out(text, MAIL_WIDTH, c);
	report_facts(text, MAIL_WIDTH, c);
}
