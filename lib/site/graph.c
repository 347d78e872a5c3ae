// SPDX-License-Identifier: GPL-2.0-or-later
#include <float.h>
#include <math.h>
#include <string.h>

#include "site/graph.h"
#include "site/graph_parts.h"

#define TITLE_MAX 110

/* Noise is not drawn as if it were a change: no axis is shorter, in percent or of its value. */
#define SHORTEST_PCT 2.0

/* From here on values differ so much that a linear axis would hide the smaller. */
#define LOGARITHMIC_FROM 5.0

static void widen(double value, double *low, double *high)
{
	if (!isfinite(value))
		return;
	*low = fmin(*low, value);
	*high = fmax(*high, value);
}

/* All values fit, and their intervals as far as these do not dwarf them. */
static void find_range(struct graph *g, const struct page_series *s)
{
	double low = DBL_MAX, high = -DBL_MAX, reach_low, reach_high, span;

	for (size_t i = 0; i < s->n; i++)
		if (s->values[i].night >= g->from)
			widen(graph_value(s, &s->values[i]), &low, &high);
	if (low > high)
		low = high = 0;
	span = fmax(high - low,
		    graph_is_count(s->series) ? fabs(high) * SHORTEST_PCT / 100 : SHORTEST_PCT);
	reach_low = low;
	reach_high = high;
	for (size_t i = 0; i < s->n; i++) {
		const struct read_value *v = &s->values[i];

		if (v->night < g->from)
			continue;
		widen(fmax(graph_bound(s, v, v->ratio_low), low - span), &reach_low, &reach_high);
		widen(fmin(graph_bound(s, v, v->ratio_high), high + span), &reach_low, &reach_high);
	}
	span = fmax(span, reach_high - reach_low);
	g->logarithmic = graph_is_count(s->series) && low > 0 && high > LOGARITHMIC_FROM * low;
	if (g->logarithmic) {
		g->low = low * pow(high / low, -0.1);
		g->high = high * pow(high / low, 0.1);
	} else {
		g->low = (reach_low + reach_high) / 2 - 0.56 * span;
		g->high = (reach_low + reach_high) / 2 + 0.56 * span;
	}
	if (g->high <= g->low)
		g->high = g->low + 1;
}

static void add_values(struct graph *g, const struct page_series *s)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct read_value *v = &s->values[i];

		if (v->night >= g->from)
			text_add(&g->data, "%.0f\t%.9g\t%.9g\t%.9g\n", graph_place(s, v->night),
				 graph_value(s, v), graph_bound(s, v, v->ratio_low),
				 graph_bound(s, v, v->ratio_high));
	}
}

static void add_levels(struct graph *g, const struct page_series *s)
{
	graph_block(&g->data);
	for (size_t i = 0; i < s->n_segments; i++) {
		const struct segment *segment = &s->segments[i];
		size_t first = s->values[segment->first].night;
		size_t last = s->values[segment->end - 1].night;

		if (last < g->from || !isfinite(segment->level))
			continue;
		first = first < g->from ? g->from : first;
		text_add(&g->data, "%.1f\t%.1f\t%.9g\n", graph_place(s, first) - 0.4,
			 (double)(last - first) + 0.8, graph_level(s, segment));
	}
}

void graph_make(struct graph *g, const struct page_series *s)
{
	memset(g, 0, sizeof(*g));
	g->from = page_first_shown(s);
	g->strip = g->from > s->first;
	find_range(g, s);
	add_values(g, s);
	add_levels(g, s);
	graph_marks(&g->data, s, g->from, &g->lanes);
	graph_nights(&g->data, s, g->from);
	graph_block(&g->data);
	if (g->strip)
		graph_strip(&g->data, s, &g->strip_low, &g->strip_high);
	graph_block(&g->data);
	if (g->strip)
		graph_strip_marks(&g->data, s);
	graph_block(&g->data);
}

static const char *axis_of(const struct read_series *series)
{
	return graph_is_count(series) ? label_unit(series->unit) : "change to the baseline";
}

static void add_line(struct text *list, const struct read_series *series)
{
	graph_words(list, series->branch, 40);
	text_add(list, ", %s\n", graph_is_count(series) ? "counts" : "times");
}

void graph_list(struct text *list, const struct graph *g, const struct page_series *s)
{
	char name[PAGE_NAME_MAX], words[WORDS_SIZE];

	page_name_series(s->series, name);
	text_add(list, "%.1f\t%.1f\t%.9g\t%.9g\t%d\t%zu\t%zu\t%d\t%.9g\t%.9g\t%d\t%s\t",
		 graph_place(s, g->from) - 0.6, graph_place(s, s->end - 1) + 0.6, g->low, g->high,
		 g->logarithmic, g->lanes, s->end - s->first, g->strip, g->strip_low, g->strip_high,
		 graph_is_count(s->series), name);
	graph_words(list, word_series(s->series, words), TITLE_MAX);
	text_add(list, "\t%s\t", axis_of(s->series));
	add_line(list, s->series);
}

void graph_panel(struct text *panels, const struct graph *g, const struct page_series *s)
{
	const struct read_series *series = s->series;
	char name[PAGE_NAME_MAX], target[LABEL_SIZE], metric[NIGHT_NAME_MAX];

	series_metric(series, metric);
	page_name_series(series, name);
	text_add(panels, "%.1f\t%.1f\t%.9g\t%.9g\t%d\t%s\t", graph_place(s, g->from) - 0.6,
		 graph_place(s, s->end - 1) + 0.6, g->low, g->high, g->logarithmic, name);
	graph_words(panels, series->arm, 28);
	if (strcmp(series->bench, metric) != 0) {
		text_add(panels, " ");
		graph_words(panels, metric, 12);
	}
	text_add(panels, "\t");
	graph_words(panels, label_target(series->fs, series->access, target), 28);
	text_add(panels, "\n");
}

void graph_list_bench(struct text *list, const struct read_series *series, size_t panels)
{
	char name[PAGE_NAME_MAX];

	page_name_bench(series, name);
	text_add(list, "%zu\t%d\t%s\t", panels, graph_is_count(series), name);
	graph_words(list, series_title(series), TITLE_MAX);
	text_add(list, "\t%s\t", axis_of(series));
	add_line(list, series);
}
