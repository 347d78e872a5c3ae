// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>
#include <string.h>

#include "base/grid.h"
#include "history/history_words.h"
#include "history/text_history.h"

void report_nights(struct text *text, const struct read_night *nights, size_t n)
{
	const struct read_night *before = NULL;

	for (size_t i = 0; i < n; before = &nights[i++]) {
		const struct night *night = &nights[i].night;

		if (!before || strcmp(before->night.branch, night->branch) != 0 ||
		    strcmp(before->mode, nights[i].mode) != 0)
			text_add(text, "%s%s, mode %s\n", i ? "\n" : "", night->branch,
				 nights[i].mode);
		if (*nights[i].starts)
			text_add(text, "  -- a new segment: other %s\n", nights[i].starts);
		text_add(text, "  %.10s  %-24s %-12.12s %s\n", night->date, night->kernel,
			 *night->revision ? night->revision : "-", night->folder);
	}
}

static void add_state(struct text *text, const struct read_series *s)
{
	if (!s->looked)
		return;
	text_add(text, "  last look: %lld night%s since the last change", (long long)s->nights,
		 s->nights == 1 ? "" : "s");
	if (*s->held)
		text_add(text, "; no step is named: it %s",
			 !strcmp(s->held, "drifts") ? "drifts" : "is autocorrelated");
	text_add(text, "\n");
	if (strcmp(s->mode, "time") != 0 || isnan(s->deviation))
		return;
	text_add(text, "  a night is %.2f%% from its level, autocorrelation %.2f, %lld outlier%s\n",
		 expm1(s->deviation) * 100, s->autocorrelation, (long long)s->outliers,
		 s->outliers == 1 ? "" : "s");
}

static void add_segment(struct text *text, const struct view *view, const struct segment *segment)
{
	char change[LABEL_SIZE], level[LABEL_SIZE], words[RANGE_SIZE];
	if (segment->change)
		text_add(text, "  -- %s %s, %s\n", segment->change->id,
			 label_change(segment->change->change_pct, change),
			 word_range(view, segment->change, words));
	else if (*segment->starts)
		text_add(text, "  -- a new segment: other %s\n", segment->starts);
	text_add(text, "  level %s to the baseline, %zu night%s\n",
		 label_change(expm1(segment->level) * 100, level), segment->end - segment->first,
		 segment->end - segment->first == 1 ? "" : "s");
}

void report_series(struct text *text, const struct view *view, const struct read_series *series,
		   const struct read_value *values, size_t n, const struct segment *segments,
		   size_t n_segments)
{
	struct grid grid = { .align = "llrrr" };
	char name[SERIES_NAME_MAX], buffer[LABEL_SIZE], words[WORDS_SIZE];

	series_name(series, name);
	text_add(text, "%s\n  %s, %s, %s is better\n", name, word_series(series, words),
		 label_unit(series->unit), series->higher_is_better ? "higher" : "lower");
	add_state(text, series);
	for (size_t i = 0; i < n_segments; i++)
		add_segment(text, view, &segments[i]);
	text_add(text, "\n");
	grid_row(&grid);
	grid_cell(&grid, 0, "night");
	grid_cell(&grid, 1, "kernel");
	grid_cell(&grid, 2, "baseline");
	grid_cell(&grid, 3, "kernel's");
	grid_cell(&grid, 4, "change");
	for (size_t i = 0; i < n; i++) {
		const struct read_night *night = &view->nights[values[i].night];

		grid_row(&grid);
		grid_cell(&grid, 0, "%.10s", night->night.date);
		grid_cell(&grid, 1, "%.32s", night->night.kernel);
		grid_cell(&grid, 2, "%s", label_value(values[i].base, series->unit, buffer));
		grid_cell(&grid, 3, "%s", label_value(values[i].new, series->unit, buffer));
		grid_cell(&grid, 4, "%s", label_change(expm1(values[i].ratio) * 100, buffer));
	}
	grid_print(&grid, text, MAIL_WIDTH);
}
