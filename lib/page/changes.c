// SPDX-License-Identifier: GPL-2.0-or-later
/* What is new, what is open, and one change in full. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "page/parts.h"
#include "report/history_text.h"
#include "report/markup.h"

struct page_state page_state(const struct view *view, const struct read_series *series)
{
	const struct read_change *last = page_last_change(view, series);
	enum change_state state;

	if (!last)
		return (struct page_state){ *series->held ? series->held : "quiet", "quiet" };
	state = change_state(view, last);
	return (struct page_state){ change_state_name(state), state == CHANGE_ACKNOWLEDGED ? "quiet"
							      : last->worse		   ? "worse"
									    : "better" };
}

static void add_sizes(struct text *text, const struct read_series *series,
		      const struct read_change *c)
{
	const char *unit = strcmp(series->unit, "ns") != 0 ? label_unit(series->unit) : "";
	char before[LABEL_SIZE], after[LABEL_SIZE];

	markup_escape(text, label_value(c->value_before, series->unit, before));
	text_add(text, " to ");
	markup_escape(text, label_value(c->value_after, series->unit, after));
	text_add(text, "%s", *unit ? " " : "");
	markup_escape(text, unit);
}

static void add_night(struct text *text, const struct page *page, size_t night, const char *what,
		      enum page_from from)
{
	text_add(text, "<li>%s ", what);
	page_night(text, page, &page->view->nights[night], from);
	text_add(text, "</li>");
}

/* The last night of the old level, and those that it came with; of many the ends. */
static void add_nights(struct text *text, const struct page *page, const struct read_change *c,
		       enum page_from from)
{
	text_add(text, "<ul class=\"nights\">");
	add_night(text, page, c->before, "before:", from);
	if (c->first != c->split)
		add_night(text, page, c->first, "from:", from);
	add_night(text, page, c->split, c->first == c->last ? "with:" : "likely:", from);
	if (c->last != c->split)
		add_night(text, page, c->last, "to:", from);
	text_add(text, "</ul>");
}

void page_change(struct text *text, const struct page *page, const struct read_change *c,
		 enum page_from from)
{
	const struct read_series *series = &page->view->series[c->series];
	char size[LABEL_SIZE], range[RANGE_SIZE];

	text_add(text, "<li class=\"change %s\"><b>%s %s</b> ",
		 c->acknowledged ? "quiet"
		 : c->worse	 ? "worse"
				 : "better",
		 label_change(c->change_pct, size), c->worse ? "worse" : "better");
	if (from == FROM_INDEX) {
		page_link(text, series, from);
		page_spark(text, page, series);
	}
	text_add(text, "<div>");
	add_sizes(text, series, c);
	text_add(text, "; came ");
	markup_escape(text, word_range(page->view, c, range));
	text_add(text, "; found ");
	page_date(text, page->view->nights[c->found].night.date);
	if (c->p > 0)
		text_add(text, ", p = %.2g", c->p);
	text_add(text, "; %s <code>%s</code>", change_state_name(change_state(page->view, c)),
		 c->id);
	if (c->acknowledged) {
		text_add(text, " ");
		page_date(text, c->noted);
		text_add(text, ": ");
		markup_escape(text, c->note);
	}
	text_add(text, "</div>");
	add_nights(text, page, c, from);
	text_add(text, "</li>\n");
}

void page_line(struct text *text, const char *branch, const char *mode)
{
	markup_escape(text, branch);
	text_add(text, ", %s", strcmp(mode, "count") != 0 ? "times" : "counts");
}

bool page_is_last(const struct view *view, size_t night)
{
	const struct read_night *at = &view->nights[night];

	return night + 1 == view->n_nights || strcmp(at[1].night.branch, at->night.branch) != 0 ||
	       strcmp(at[1].mode, at->mode) != 0;
}

bool page_has_lines(const struct view *view)
{
	for (size_t i = 0; i < view->n_nights; i++)
		if (page_is_last(view, i))
			return i + 1 < view->n_nights;
	return false;
}

static size_t add_list(struct text *text, const struct page *page, const struct read_night *night,
		       enum change_state state, bool worse, struct listed_change *listed)
{
	size_t n = list_changes(page->view, night, state, worse, listed);

	if (!n)
		return 0;
	text_add(text, "<h4>%s, %s: %zu</h4>\n<ul class=\"changes\">\n",
		 state == CHANGE_NEW ? "New" : "Open since earlier", worse ? "worse" : "better", n);
	for (size_t i = 0; i < n; i++)
		page_change(text, page, listed[i].change, FROM_INDEX);
	text_add(text, "</ul>\n");
	return n;
}

/* What else is in the table below. */
static void add_rest(struct text *text, const struct view *view, const struct read_night *night)
{
	static const char *const states[] = { "acknowledged", "drifts", "autocorrelated" };
	size_t shown = 0;

	for (size_t state = 0; state < sizeof(states) / sizeof(states[0]); state++) {
		size_t n = 0;

		for (size_t i = 0; i < view->n_series; i++)
			n += !strcmp(view->series[i].branch, night->night.branch) &&
			     !strcmp(view->series[i].mode, night->mode) &&
			     !strcmp(page_state(view, &view->series[i]).name, states[state]);
		if (n)
			text_add(text, "%s%s: %zu", shown++ ? "; " : "<p class=\"quiet\">",
				 states[state], n);
	}
	if (shown)
		text_add(text, "</p>\n");
}

static bool has_news(const struct view *view, size_t night)
{
	for (size_t i = 0; i < view->n_changes; i++)
		if (view->changes[i].found == night && !view->changes[i].acknowledged)
			return true;
	return false;
}

static void add_line(struct text *text, const struct page *page, size_t night,
		     struct listed_change *listed)
{
	const struct read_night *last = &page->view->nights[night];
	size_t shown = 0;

	text_add(text, "<section class=\"line\">\n<h3>");
	page_line(text, last->night.branch, last->mode);
	text_add(text, ": %zu new worse, %zu new better</h3>\n<p>last night ",
		 list_changes(page->view, last, CHANGE_NEW, true, listed),
		 list_changes(page->view, last, CHANGE_NEW, false, listed));
	page_night(text, page, last, FROM_INDEX);
	text_add(text, "; %lld costs", (long long)last->values);
	if (*last->starts)
		text_add(text, "; the first with another %s, not compared with those before",
			 last->starts);
	text_add(text, "</p>\n");
	shown += add_list(text, page, last, CHANGE_NEW, true, listed);
	shown += add_list(text, page, last, CHANGE_NEW, false, listed);
	shown += add_list(text, page, last, CHANGE_OPEN, true, listed);
	if (!shown)
		text_add(text,
			 "<p class=\"quiet\">Nothing is new, and nothing worse is open.</p>\n");
	add_rest(text, page->view, last);
	text_add(text, "</section>\n");
}

void page_news(struct text *text, const struct page *page)
{
	struct listed_change *listed = malloc((page->view->n_changes + 1) * sizeof(*listed));

	if (!listed) {
		text->err = -ENOMEM;
		return;
	}
	for (int news = 1; news >= 0; news--)
		for (size_t i = 0; i < page->view->n_nights; i++)
			if (page_is_last(page->view, i) && has_news(page->view, i) == news)
				add_line(text, page, i, listed);
	free(listed);
}
