// SPDX-License-Identifier: GPL-2.0-or-later
/* What is new, and what is open. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "history/text_history.h"
#include "history/text_promises.h"
#include "site/parts.h"

/* Of a list; the others are folded away. */
#define SHOWN_MAX 20

static size_t add_list(struct text *text, const struct page *page, const struct read_night *night,
		       enum change_state state, bool worse, struct listed_change *listed)
{
	size_t n = list_changes(page->view, night, state, worse, listed);

	if (!n)
		return 0;
	text_add(text, "<h4>%s, %s: %zu</h4>\n", word_list(state), worse ? "worse" : "better", n);
	page_changes(text, page, listed, n < SHOWN_MAX ? n : SHOWN_MAX);
	if (n > SHOWN_MAX) {
		text_add(text, "<details><summary>%zu smaller ones</summary>\n", n - SHOWN_MAX);
		page_changes(text, page, listed + SHOWN_MAX, n - SHOWN_MAX);
		text_add(text, "</details>\n");
	}
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
	for (size_t i = 0; i < view->n_promises; i++)
		if (view->promises[i].night == night && promise_is_new(&view->promises[i]))
			return true;
	return false;
}

static void add_line(struct text *text, const struct page *page, size_t night,
		     struct listed_change *listed)
{
	const struct read_night *last = &page->view->nights[night];
	size_t broken = count_newly_broken(page->view, night);
	size_t shown = 0;

	text_add(text, "<section class=\"line\">\n<h3>");
	page_line(text, last->night.branch, last->mode);
	if (broken)
		text_add(text, ": %zu check%s newly failing", broken, broken == 1 ? "" : "s");
	text_add(text, "%s %zu new worse, %zu new better</h3>\n<p>last night ", broken ? "," : ":",
		 list_changes(page->view, last, CHANGE_NEW, true, listed),
		 list_changes(page->view, last, CHANGE_NEW, false, listed));
	page_night(text, page, last, FROM_INDEX);
	if (last->values)
		text_add(text, "; %lld costs", (long long)last->values);
	else
		text_add(text, "; checks alone");
	if (*last->starts)
		text_add(text, "; the first with another %s, not compared with those before",
			 last->starts);
	text_add(text, "</p>\n");
	shown += page_checks(text, page, night, true);
	shown += add_list(text, page, last, CHANGE_NEW, true, listed);
	shown += add_list(text, page, last, CHANGE_NEW, false, listed);
	shown += add_list(text, page, last, CHANGE_RETURN, true, listed);
	shown += add_list(text, page, last, CHANGE_RETURN, false, listed);
	shown += add_list(text, page, last, CHANGE_OPEN, true, listed);
	shown += page_checks(text, page, night, false);
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
