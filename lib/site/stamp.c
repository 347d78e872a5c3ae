// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <string.h>

#include "site/links.h"

static void add(struct sha256_ctx *sha, const char *text)
{
	sha256_update(sha, strlen(text) + 1, (const uint8_t *)text);
}

static void add_number(struct sha256_ctx *sha, double number)
{
	char text[32];

	snprintf(text, sizeof(text), "%.17g", number);
	add(sha, text);
}

void page_stamp_nights(const struct page *page, size_t first, size_t end,
		       char stamp[SHA256_HEX_MAX])
{
	struct sha256_ctx sha;

	sha256_init(&sha);
	add(&sha, page->look);
	add(&sha, page->nights);
	for (size_t i = first; i < end; i++) {
		const struct read_night *night = &page->view->nights[i];

		add(&sha, night->night.folder);
		add(&sha, night->night.date);
		add(&sha, night->night.kernel);
		add(&sha, night->night.revision);
		add(&sha, night->content);
		add(&sha, night->starts);
	}
	sha256_hex(&sha, stamp);
}

/* A report that is made later, or lost, is a link more or less. */
static void add_night(struct sha256_ctx *sha, const struct page *page, size_t night)
{
	add(sha, page->view->nights[night].night.folder);
	add(sha, page_has_report(page, &page->view->nights[night], "") ? "there" : "gone");
	for (size_t i = 0; page_reports[i]; i++)
		if (page_has_report(page, &page->view->nights[night], page_reports[i]))
			add(sha, page_reports[i]);
}

static void add_change(struct sha256_ctx *sha, const struct page *page, const struct read_change *c)
{
	add(sha, c->id);
	add_night(sha, page, c->before);
	add_night(sha, page, c->first);
	add_night(sha, page, c->split);
	add_night(sha, page, c->last);
	add_night(sha, page, c->found);
	add_number(sha, c->ratio_before);
	add_number(sha, c->ratio_after);
	add_number(sha, c->p);
	add(sha, c->acknowledged ? c->noted : "");
	add(sha, c->acknowledged ? c->note : "");
}

void page_stamp_series(const struct page *page, const struct read_series *series, const char *seed,
		       char stamp[SHA256_HEX_MAX])
{
	const struct view *view = page->view;
	char name[SERIES_NAME_MAX];
	struct sha256_ctx sha;
	size_t first, end;

	sha256_init(&sha);
	add(&sha, seed);
	series_name(series, name);
	add(&sha, name);
	add(&sha, series->unit);
	add(&sha, series->higher_is_better ? "higher" : "lower");
	add(&sha, series->held);
	add_number(&sha, (double)series->nights);
	add_number(&sha, series->deviation);
	for (size_t i = 0; i < view->n_changes; i++)
		if (&view->series[view->changes[i].series] == series)
			add_change(&sha, page, &view->changes[i]);
	view_nights(view, series, &first, &end);
	if (end > first)
		add_night(&sha, page, end - 1);
	sha256_hex(&sha, stamp);
}
