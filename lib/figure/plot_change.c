// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compare/span.h"
#include "figure/plot_change.h"
#include "figure/plot_change_rows.h"
#include "figure/plot_shown.h"
#include "report/groups.h"
#include "report/labels.h"
#include "report/tails.h"

/* So many rows a figure has at most. */
#define ALL_MAX	  60
#define BENCH_MAX 96

/* Returns what is shown, for the title. */
static const char *choose(const struct comparison *c, const char *bench, bool *shown)
{
	size_t most = bench ? BENCH_MAX : ALL_MAX, open, end;

	if (bench && shown_choose(c, bench, true, shown) <= most)
		return "";
	open = shown_choose(c, bench, false, shown);
	if (open) {
		shown_limit(c, 0, c->n_costs, most, shown);
		return open > most ? ": the largest of what changed or is inconclusive"
				   : ": what changed or is inconclusive";
	}
	shown_choose(c, bench, true, shown);
	for (size_t start = 0; start < c->n_costs; start = end) {
		end = target_end(c, start);
		shown_limit(c, start, end, 1, shown);
	}
	shown_limit(c, 0, c->n_costs, most, shown);
	return ": no change; the largest of each group";
}

static void add_scale(struct text *scale, const struct comparison *c, const bool *shown)
{
	double none = comparison_none_pct(c), low = -fmax(3 * none, 0.3), high = -low;

	for (size_t i = 0; i < c->n_costs; i++) {
		const struct judgement *j = &cost_change(&c->costs[i])->judgement;

		if (!shown[i])
			continue;
		low = fmin(low, fmin(j->change_pct, j->low_pct));
		high = fmax(high, fmax(j->change_pct, j->high_pct));
	}
	text_add(scale, "%.6g %.6g %.6g", fmax(low, -100), fmin(high, EDGE_PCT), none);
}

static void add_legend(struct text *legend, const struct comparison *c, const char *bench)
{
	size_t of[4] = { 0 };
	char words[LABEL_SIZE];

	for (size_t i = 0; i < c->n_costs; i++)
		if (!bench || !strcmp(c->costs[i].name.bench, bench))
			of[cost_change(&c->costs[i])->judgement.verdict]++;
	for (size_t v = 0; v < 4; v++) {
		snprintf(words, sizeof(words), "%s %zu", verdict_name((enum verdict)v), of[v]);
		plot_panel(legend, words);
	}
	snprintf(words, sizeof(words), "within %.3g%%, no change", comparison_none_pct(c));
	plot_panel(legend, words);
}

/* What the bars are, and of how many boots. */
static void add_note(struct plot *plot, const struct comparison *c, const char *bench)
{
	struct text *note = &plot->note, tails = { 0 };
	size_t n = c->side[0]->n_boots;

	if (comparison_mode(c) == SIDE_COUNT)
		text_add(note,
			 "Bars reach from the lowest to the highest change of %zu seed%s: a range, "
			 "no confidence interval",
			 n, n == 1 ? "" : "s");
	else if (n < 2)
		text_add(note, "One pair of boots gives no interval and no verdict");
	else
		text_add(note,
			 "Bars are 95%% intervals of the mean change by %zu pairs of boots "
			 "(Student's t on log ratios)%s",
			 n,
			 n < PAIRS_MIN ? ", too few for a verdict"
				       : "; worse and better are adjusted by Holm's method "
					 "over all metrics");
	text_add(note, ". Figures are medians of ");
	plot_operations_range(note, c, bench);
	text_add(note, " operations a side.");
	plot_means(note, c, bench);
	tails_counts(&tails, span_whole(c));
	if (tails.length)
		text_add(note, " Tails of all benchmarks, %s.", tails.data);
	text_take(note, &tails);
}

int plot_change(struct plot *plot, const struct comparison *c, const char *bench)
{
	struct side_labels sides = label_sides(c);
	bool *shown = calloc(c->n_costs + 1, sizeof(*shown));
	const char *what;

	*plot = (struct plot){ .unit = "" };
	if (!shown)
		return -ENOMEM;
	what = choose(c, bench, shown);
	plot_word(&plot->title, bench ? label_bench_of(c, bench) : "All benchmarks");
	text_add(&plot->title, ", change from %s to %s%s", sides.base, sides.new, what);
	plot_change_rows(&plot->data, c, bench, shown);
	add_scale(&plot->extra, c, shown);
	add_legend(&plot->panels, c, bench);
	add_note(plot, c, bench);
	free(shown);
	return 0;
}
