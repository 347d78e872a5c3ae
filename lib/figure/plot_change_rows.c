// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>
#include <string.h>

#include "figure/plot.h"
#include "figure/plot_change_rows.h"
#include "figure/plot_shown.h"
#include "report/groups.h"
#include "report/labels.h"

/* In rows: what a column of the figure holds, or a little more. */
#define COLUMN_ROWS 40

/* In rows: the name of a group, and what is free above it. */
#define HEAD_ROWS 1.5

/* "First write to a page, ext4 DAX", without what the title says already. */
static void add_group_name(struct text *data, const struct cost *m, const char *bench)
{
	char target[LABEL_SIZE];
	bool nowhere = !strcmp(m->name.fs, "none");

	if (!bench || nowhere)
		plot_word(data, label_bench(&m->name));
	if (!bench && !nowhere)
		text_add(data, ", ");
	if (!nowhere)
		plot_word(data, label_target(m->name.fs, m->name.access, target));
}

/* " (+1.2 to +5.0)" */
static void add_interval(struct text *data, const struct judgement *j)
{
	char buffers[2][LABEL_SIZE];
	const char *low = label_change(j->low_pct, buffers[0]);
	const char *high = label_change(j->high_pct, buffers[1]);

	text_add(data, " (%.*s to %.*s)", (int)strcspn(low, "%"), low, (int)strcspn(high, "%"),
		 high);
}

/* "+327.6%  994 to 4250", or with the interval where it is what matters */
static void add_words(struct text *data, const struct comparison *c, const struct cost *m)
{
	const struct judgement *j = &cost_change(m)->judgement;
	char change[LABEL_SIZE], base[LABEL_SIZE], other[LABEL_SIZE];

	text_add(data, "%s", isnan(j->change_pct) ? "?" : label_change(j->change_pct, change));
	if ((comparison_mode(c) == SIDE_TIME || j->verdict == VERDICT_INCONCLUSIVE) &&
	    isfinite(j->low_pct) && isfinite(j->high_pct)) {
		add_interval(data, j);
		return;
	}
	label_value(j->base, m->unit, base);
	label_value(j->other, m->unit, other);
	text_add(data, "  %s", base);
	if (j->verdict != VERDICT_SAME)
		text_add(data, " to %s", other);
}

/* Where a change or the end of its interval is drawn; no interval is the change itself. */
static double place(double percent, double change)
{
	if (isnan(percent))
		percent = isnan(change) ? 0 : change;
	return fmin(percent, 10 * EDGE_PCT);
}

static void add_metric(struct text *data, const struct comparison *c, size_t metric, double at,
		       bool one_metric)
{
	const struct cost *m = &c->costs[metric];
	const struct judgement *j = &cost_change(m)->judgement;

	text_add(data, "%.1f\t%s\t", at, verdict_name(j->verdict));
	plot_arm(data, m, one_metric);
	text_add(data, "%s", label_mean(m));
	text_add(data, "\t");
	add_words(data, c, m);
	text_add(data, "\t%.6g\t%.6g\t%.6g\n", place(j->change_pct, 0),
		 place(j->low_pct, j->change_pct), place(j->high_pct, j->change_pct));
}

static size_t count(const bool *shown, size_t start, size_t end)
{
	size_t n = 0;

	for (size_t i = start; i < end; i++)
		n += shown[i];
	return n;
}

/* In rows, all groups one below the other. */
static double height(const struct comparison *c, const bool *shown)
{
	double rows = 0;
	size_t end;

	for (size_t start = 0; start < c->n_costs; start = end) {
		size_t n;

		end = target_end(c, start);
		n = count(shown, start, end);
		rows += n ? HEAD_ROWS + (double)n : 0;
	}
	return rows;
}

/* Where the next row goes. */
struct layout {
	double at;     /* from the top, in rows */
	double column; /* what one is to hold */
	size_t left;   /* more columns */
};

static void add_group(struct text *data, const struct comparison *c, size_t start, size_t end,
		      const char *bench, const bool *shown, struct layout *layout)
{
	double rows = HEAD_ROWS + (double)count(shown, start, end);
	bool single = group_has_one_metric(c, start, end);

	/* it stays whole, in the column that holds the larger part of it */
	if (layout->left && layout->at > 0 && layout->at + rows / 2 > layout->column) {
		plot_block(data);
		layout->at = 0;
		layout->left--;
	}
	layout->at += HEAD_ROWS;
	text_add(data, "%.1f\thead\t", layout->at);
	add_group_name(data, &c->costs[start], bench);
	text_add(data, "\t");
	shown_rest(data, "not shown: ", c, bench, start, end, shown);
	text_add(data, "\n");
	for (size_t i = start; i < end; i++)
		if (shown[i])
			add_metric(data, c, i, layout->at += 1, single);
}

/* Benchmark by benchmark, so that the same arm on several targets stands close. */
void plot_change_rows(struct text *data, const struct comparison *c, const char *bench,
		      const bool *shown)
{
	double all = height(c, shown), columns = ceil(all / COLUMN_ROWS);
	struct layout layout = { .column = all / columns, .left = (size_t)columns - 1 };
	size_t end;

	for (size_t first = 0; first < c->n_costs; first++) {
		if (!cost_begins_bench(c, first))
			continue;
		for (size_t start = first; start < c->n_costs; start = end) {
			end = target_end(c, start);
			if (!strcmp(c->costs[start].name.bench, c->costs[first].name.bench) &&
			    count(shown, start, end))
				add_group(data, c, start, end, bench, shown, &layout);
		}
	}
}
