// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>
#include <string.h>

#include "base/markup.h"
#include "site/parts.h"

static const char *bench_of(const struct read_series *s)
{
	return s->bench;
}

static const char *fs_of(const struct read_series *s)
{
	return s->fs;
}

static const char *access_of(const struct read_series *s)
{
	return s->access;
}

/* What chooses; page.js shows them, as they do nothing without it. */
static const struct choice {
	const char *name, *label;
	const char *(*of)(const struct read_series *series);
} choices[] = {
	{ "bench", "benchmark", bench_of },
	{ "fs", "file system", fs_of },
	{ "access", "access", access_of },
};

#define CHOICES (sizeof(choices) / sizeof(choices[0]))

static bool is_first(const struct view *view, size_t series, const struct choice *choice)
{
	for (size_t i = 0; i < series; i++)
		if (!strcmp(choice->of(&view->series[i]), choice->of(&view->series[series])))
			return false;
	return true;
}

static void add_choice(struct text *text, const struct view *view, const struct choice *choice)
{
	text_add(text, "<label>%s <select name=\"%s\"><option value=\"\">all</option>",
		 choice->label, choice->name);
	for (size_t i = 0; i < view->n_series; i++) {
		const char *value = choice->of(&view->series[i]);

		if (!is_first(view, i, choice))
			continue;
		text_add(text, "<option value=\"");
		markup_escape(text, value);
		text_add(text, "\">");
		markup_escape(text, choice->of == access_of ? label_access(value) : value);
		text_add(text, "</option>");
	}
	text_add(text, "</select></label>\n");
}

static void add_lines(struct text *text, const struct view *view)
{
	if (!page_has_lines(view))
		return;
	text_add(text, "<label>branch <select name=\"line\"><option value=\"\">all</option>");
	for (size_t i = 0; i < view->n_nights; i++) {
		if (!page_is_last(view, i))
			continue;
		text_add(text, "<option>");
		page_line(text, view->nights[i].night.branch, view->nights[i].mode);
		text_add(text, "</option>");
	}
	text_add(text, "</select></label>\n");
}

static void add_form(struct text *text, const struct view *view)
{
	text_add(text, "<form id=\"choose\" hidden>\n");
	for (size_t i = 0; i < CHOICES; i++)
		add_choice(text, view, &choices[i]);
	add_lines(text, view);
	text_add(text, "<label>state <select name=\"state\"><option value=\"\">all</option>"
		       "<option value=\"changed\">changed</option><option>new</option>"
		       "<option>open</option><option>acknowledged</option><option>drifts</option>"
		       "<option>autocorrelated</option><option>quiet</option></select></label>\n"
		       "<output role=\"status\"></output>\n</form>\n");
}

static void add_attributes(struct text *text, const struct read_series *s, const char *state)
{
	for (size_t i = 0; i < CHOICES; i++) {
		text_add(text, " data-%s=\"", choices[i].name);
		markup_escape(text, choices[i].of(s));
		text_add(text, "\"");
	}
	text_add(text, " data-line=\"");
	page_line(text, s->branch, s->mode);
	text_add(text, "\" data-state=\"");
	markup_escape(text, state);
	text_add(text, "\"");
}

static void add_last_change(struct text *text, const struct page *page,
			    const struct read_change *last)
{
	char size[LABEL_SIZE], words[WORDS_SIZE];

	if (!last)
		return;
	text_add(text, "<b>%s</b> ", label_change(last->change_pct, size));
	page_date(text, page->view->nights[last->split].night.date);
	text_add(text, " ");
	markup_escape(text, word_kernel(&page->view->nights[last->split], words));
}

/* The reports of the nights before and with the last change, else of the last night. */
static void add_reports(struct text *text, const struct page *page,
			const struct read_series *series, const struct read_change *last)
{
	size_t first, end;

	if (last) {
		page_report(text, page, &page->view->nights[last->before], "before");
		page_report(text, page, &page->view->nights[last->split], "after");
		return;
	}
	view_nights(page->view, series, &first, &end);
	if (end > first)
		page_report(text, page, &page->view->nights[end - 1], "report");
}

static void add_row(struct text *text, const struct page *page, size_t at)
{
	const struct read_series *s = &page->view->series[at];
	const struct read_values *of = &page->last[at];
	const struct read_value *last = of->n ? &of->values[of->n - 1] : NULL;
	struct page_state state = page_state(page->view, s);
	char buffer[LABEL_SIZE];

	text_add(text, "<tr class=\"%s\"", state.style);
	add_attributes(text, s, state.name);
	text_add(text, "><th scope=\"row\">");
	page_link(text, s, FROM_INDEX);
	if (page_has_lines(page->view)) {
		text_add(text, " <small>");
		page_line(text, s->branch, s->mode);
		text_add(text, "</small>");
	}
	text_add(text, "</th><td class=\"number\">");
	if (last)
		markup_escape(text, label_value(last->new, s->unit, buffer));
	text_add(text, "</td><td class=\"number\">");
	if (last && isfinite(last->ratio))
		text_add(text, "%s", label_change(expm1(last->ratio) * 100, buffer));
	text_add(text, "</td><td>");
	page_spark(text, page, s);
	text_add(text, "</td><td class=\"state\">");
	markup_escape(text, state.name);
	/* a narrow window shows the state here */
	text_add(text, "</td><td class=\"last\" data-state=\"");
	markup_escape(text, state.name);
	text_add(text, "\">");
	add_last_change(text, page, page_last_change(page->view, s));
	text_add(text, "</td><td class=\"files\">");
	page_files(text, s, FROM_INDEX);
	add_reports(text, page, s, page_last_change(page->view, s));
	text_add(text, "</td></tr>\n");
}

void page_table(struct text *text, const struct page *page)
{
	add_form(text, page->view);
	text_add(text,
		 "<table id=\"series\">\n<thead><tr><th scope=\"col\">cost of</th>"
		 "<th scope=\"col\" class=\"number\">now</th>"
		 "<th scope=\"col\" class=\"number\">to baseline</th>"
		 "<th scope=\"col\">last %d nights</th><th scope=\"col\">state</th>"
		 "<th scope=\"col\">last change</th><th scope=\"col\">open</th></tr></thead>\n"
		 "<tbody>\n",
		 PAGE_SPARK);
	for (size_t i = 0; i < page->view->n_series; i++)
		add_row(text, page, i);
	text_add(text, "</tbody>\n</table>\n");
}
