// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>
#include <string.h>

#include "history/export.h"

/* RFC 4180: quoted where it must be. A cell that a spreadsheet would run as a formula is not. */
void export_csv_cell(struct text *text, const char *cell)
{
	if (strchr("=+-@", *cell) && *cell)
		text_add(text, "'");
	if (!cell[strcspn(cell, ",\"\n\r")]) {
		text_add(text, "%s,", cell);
		return;
	}
	text_add(text, "\"");
	for (; *cell; cell++)
		text_add(text, *cell == '"' ? "\"\"" : "%c", *cell);
	text_add(text, "\",");
}

static void add_number(struct text *text, double number)
{
	if (isfinite(number))
		text_add(text, "%.12g", number);
	text_add(text, ",");
}

void export_csv_value(struct text *text, const struct read_value *v)
{
	add_number(text, v->base);
	add_number(text, v->new);
	add_number(text, expm1(v->ratio) * 100);
	add_number(text, expm1(v->ratio_low) * 100);
	add_number(text, expm1(v->ratio_high) * 100);
}

void export_csv_begin(struct text *text, const struct view *view)
{
	(void)view;
	text_add(text, "date,branch,mode,kernel,revision,folder,series,bench,arm,metric,fs,access,"
		       "unit,base,new,change_pct,low_pct,high_pct,segment,change,figure\n");
}

static void add_names(struct text *text, const struct read_night *night,
		      const struct read_series *s)
{
	char name[SERIES_NAME_MAX];
	const char *cells[] = { night->night.date,
				night->night.branch,
				night->mode,
				night->night.kernel,
				night->night.revision,
				night->night.folder,
				name,
				s->bench,
				s->arm,
				s->metric,
				s->fs,
				s->access,
				s->unit };

	series_name(s, name);
	for (size_t i = 0; i < sizeof(cells) / sizeof(cells[0]); i++)
		export_csv_cell(text, cells[i]);
}

void export_csv_series(struct text *text, const struct view *view, const struct read_series *s,
		       const struct read_value *values, size_t n, const struct segment *segments,
		       size_t n_segments)
{
	size_t at = 0;

	for (size_t i = 0; i < n; i++) {
		const struct read_change *change = NULL;

		while (at + 1 < n_segments && segments[at + 1].first <= i)
			at++;
		if (segments[at].first == i)
			change = segments[at].change;
		add_names(text, &view->nights[values[i].night], s);
		export_csv_value(text, &values[i]);
		text_add(text, "%zu,%s,%s\n", at + 1, change ? change->id : "", s->figure);
	}
}

void export_csv_end(struct text *text, const struct view *view)
{
	(void)text;
	(void)view;
}
