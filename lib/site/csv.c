// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>

#include "history/export.h"
#include "site/page.h"

/*
 * As the CSV of all series, without what is the same in every row, and of the nights
 * that the graph shows one by one: a page must not grow with its history.
 */
void page_series_csv(struct text *text, const struct page_series *s)
{
	size_t at = 0;

	text_add(text, "date,kernel,revision,folder,base,new,change_pct,low_pct,high_pct,segment,"
		       "change\n");
	for (size_t i = 0; i < s->n; i++) {
		const struct night *night = &s->page->view->nights[s->values[i].night].night;
		const struct read_value *v = &s->values[i];

		while (at + 1 < s->n_segments && s->segments[at + 1].first <= i)
			at++;
		if (v->night < page_first_shown(s))
			continue;
		export_csv_cell(text, night->date);
		export_csv_cell(text, night->kernel);
		export_csv_cell(text, night->revision);
		export_csv_cell(text, night->folder);
		export_csv_value(text, v);
		text_add(text, "%zu,%s\n", at + 1,
			 s->segments[at].first == i && s->segments[at].change
				 ? s->segments[at].change->id
				 : "");
	}
}
