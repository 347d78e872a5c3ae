// SPDX-License-Identifier: GPL-2.0-or-later
/* The page of one series: its graph, its data, its changes. */
#include <math.h>
#include <string.h>

#include "base/markup.h"
#include "site/parts.h"

static void add_level(struct text *text, const struct page_series *s)
{
	const struct segment *last = &s->segments[s->n_segments - 1];
	char level[LABEL_SIZE];

	text_add(text, "; level %s to the baseline since ",
		 label_change(expm1(last->level) * 100, level));
	page_date(text, s->page->view->nights[s->values[last->first].night].night.date);
}

static void add_facts(struct text *text, const struct page_series *s)
{
	const struct read_series *series = s->series;
	char name[SERIES_NAME_MAX];

	series_name(series, name);
	text_add(text, "<p><code>");
	markup_escape(text, name);
	text_add(text, "</code></p>\n<p>");
	markup_escape(text, label_unit(series->unit));
	text_add(text, ", %s is better; %zu of %zu nights; ",
		 series->higher_is_better ? "higher" : "lower", s->n, s->end - s->first);
	markup_escape(text, page_state(s->page->view, series).name);
	if (s->n)
		add_level(text, s);
	if (!strcmp(series->mode, "time") && isfinite(series->deviation))
		text_add(text,
			 "; a night is %.2f%% from its level, autocorrelation %.2f, %lld outlier%s",
			 expm1(series->deviation) * 100, series->autocorrelation,
			 (long long)series->outliers, series->outliers == 1 ? "" : "s");
	text_add(text, "</p>\n");
}

static void add_graph(struct text *text, const struct page_series *s, size_t changes)
{
	char name[PAGE_NAME_MAX], words[WORDS_SIZE];

	page_name_series(s->series, name);
	text_add(text,
		 "<div class=\"wide\" role=\"region\" aria-label=\"graph\" tabindex=\"0\">"
		 "<a class=\"graph\" href=\"%s.svg\"><img src=\"%s.svg\" alt=\"",
		 name, name);
	markup_escape(text, word_series(s->series, words));
	text_add(text, " over %zu nights; %zu change%s, listed below\"></a></div>\n", s->n, changes,
		 changes == 1 ? "" : "s");
	text_add(text, "<p>");
	page_files(text, s->series, FROM_GRAPHS);
	if (page_first_shown(s) > s->first)
		text_add(text,
			 " <span class=\"quiet\">of the last %d nights; <code>daxmark history "
			 "export</code> has all</span>",
			 PAGE_NIGHTS);
	text_add(text, "</p>\n");
}

void page_series_html(struct text *text, const struct page_series *s)
{
	const struct view *view = s->page->view;
	char words[WORDS_SIZE];
	size_t changes = 0;

	for (size_t i = 0; i < view->n_changes; i++)
		changes += &view->series[view->changes[i].series] == s->series;
	word_series(s->series, words);
	page_begin(text, s->page, words, false);
	text_add(text, "<header><p><a href=\"../index.html\">All costs</a></p><h1>");
	markup_escape(text, words);
	text_add(text, " <small>");
	page_line(text, s->series->branch, s->series->mode);
	text_add(text, "</small></h1></header>\n<main>\n");
	add_facts(text, s);
	add_graph(text, s, changes);
	text_add(text, "<h2>Changes</h2>\n");
	if (!changes)
		text_add(text, "<p class=\"quiet\">None was found.</p>\n");
	else
		text_add(text, "<ul>\n");
	for (size_t i = view->n_changes; i > 0; i--)
		if (&view->series[view->changes[i - 1].series] == s->series)
			page_change(text, s->page, &view->changes[i - 1]);
	if (changes)
		text_add(text, "</ul>\n<p class=\"quiet\">One that is known and accepted: "
			       "<code>daxmark history ack CHANGE --note WHY</code></p>\n");
	text_add(text, "<h2>Last night</h2>\n<p>");
	if (s->end > s->first)
		page_night(text, s->page, &view->nights[s->end - 1], FROM_GRAPHS);
	text_add(text, "</p>\n</main>\n");
	page_end(text, s->page, false);
}
