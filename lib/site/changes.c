// SPDX-License-Identifier: GPL-2.0-or-later
/* One change, or those that came with one kernel. */
#include <string.h>

#include "base/markup.h"
#include "history/text_history.h"
#include "site/parts.h"

/* Nobody need look at what is known, or at a level that was there before. */
static const char *page_class(const struct view *view, const struct read_change *c)
{
	switch (change_state(view, c)) {
	case CHANGE_ACKNOWLEDGED:
	case CHANGE_RETURN:
	case CHANGE_CLOSED:
		return "quiet";
	default:
		return c->worse ? "worse" : "better";
	}
}

struct page_state page_state(const struct view *view, const struct read_series *series)
{
	const struct read_change *last = page_last_change(view, series);
	enum change_state state;

	if (!last)
		return (struct page_state){ *series->held ? series->held : "quiet", "quiet" };
	state = change_state(view, last);
	return (struct page_state){ change_state_name(state), page_class(view, last) };
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

/* Which nights it came with, and their reports. */
static void add_range(struct text *text, const struct page *page, const struct read_change *c,
		      enum page_from from)
{
	char range[RANGE_SIZE];

	text_add(text, "<p>came ");
	markup_escape(text, word_range(page->view, c, range));
	text_add(text, "; found ");
	page_date(text, page->view->nights[c->found].night.date);
	text_add(text, "</p>\n");
	add_nights(text, page, c, from);
}

static void begin_change(struct text *text, const struct page *page, const struct read_change *c)
{
	char size[LABEL_SIZE];

	text_add(text, "<li class=\"change %s\"><b>%s %s</b> ", page_class(page->view, c),
		 label_change(c->change_pct, size), c->worse ? "worse" : "better");
}

static void end_change(struct text *text, const struct page *page, const struct read_change *c)
{
	add_sizes(text, &page->view->series[c->series], c);
	if (c->p > 0)
		text_add(text, ", p = %.2g", c->p);
	text_add(text, "; %s <code>%s</code>", change_state_name(change_state(page->view, c)),
		 c->id);
	if (c->returns) {
		char words[WORDS_SIZE];

		text_add(text, "; ");
		markup_escape(text, word_return(page->view, c, words));
	}
	if (c->acknowledged) {
		text_add(text, " ");
		page_date(text, c->noted);
		text_add(text, ": ");
		markup_escape(text, c->note);
	}
}

void page_change(struct text *text, const struct page *page, const struct read_change *c)
{
	begin_change(text, page, c);
	end_change(text, page, c);
	add_range(text, page, c, FROM_GRAPHS);
	text_add(text, "</li>\n");
}

static bool came_together(const struct read_change *one, const struct read_change *two)
{
	return one->before == two->before && one->first == two->first && one->split == two->split &&
	       one->last == two->last && one->found == two->found;
}

void page_changes(struct text *text, const struct page *page, struct listed_change *listed,
		  size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct read_change *first = listed[i].change;

		if (!first)
			continue;
		add_range(text, page, first, FROM_INDEX);
		text_add(text, "<ul>\n");
		for (size_t other = i; other < n; other++) {
			const struct read_change *c = listed[other].change;

			if (!c || !came_together(c, first))
				continue;
			begin_change(text, page, c);
			page_link(text, &page->view->series[c->series], FROM_INDEX);
			page_spark(text, page, &page->view->series[c->series]);
			end_change(text, page, c);
			text_add(text, "</li>\n");
			listed[other].change = NULL;
		}
		text_add(text, "</ul>\n");
	}
}

void page_line(struct text *text, const char *branch, const char *mode)
{
	markup_escape(text, branch);
	if (!strcmp(mode, "emulated"))
		text_add(text, ", checks");
	else
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
