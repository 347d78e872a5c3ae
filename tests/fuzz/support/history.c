// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>

#include "history/export.h"
#include "history/text_history.h"
#include "tests/fuzz/support/history.h"
#include "tests/fuzz/support/look.h"
#include "tests/fuzz/support/page.h"

#define SERIES_LOOKED_AT 8

void history_told(const char *line)
{
	look_reason(line);
}

struct exports {
	struct text series, json, csv;
};

static int add_series(struct history *h, struct exports *to, const struct view *view,
		      const struct read_series *series)
{
	struct segment *segments = NULL;
	struct read_value *values;
	size_t n, n_segments;
	int err = read_values(h, view, series, &values, &n);

	if (err)
		return err;
	if (!view_segments(view, series, values, n, &segments, &n_segments)) {
		report_series(&to->series, view, series, values, n, segments, n_segments);
		export_json_series(&to->json, view, series, values, n, segments, n_segments);
		export_csv_series(&to->csv, view, series, values, n, segments, n_segments);
	}
	free(segments);
	free(values);
	return 0;
}

static void look_exports(struct history *h, const struct view *view)
{
	struct exports to = { 0 };
	int err = 0;

	export_json_begin(&to.json, view);
	export_csv_begin(&to.csv, view);
	for (size_t i = 0; i < view->n_series && i < SERIES_LOOKED_AT && !err; i++)
		err = add_series(h, &to, view, &view->series[i]);
	export_json_end(&to.json, view);
	export_csv_end(&to.csv, view);
	if (err) {
		look_reason(h->error);
		text_free(&to.json);
	} else {
		look_json(&to.json);
	}
	look_plain(&to.csv, 0, 0);
	look_plain(&to.series, 0, 0);
}

static void look_nights(struct history *h)
{
	const struct read_filter filter = { 0 };
	struct read_night *nights;
	struct text text = { 0 };
	size_t n;

	if (read_nights(h, &filter, &nights, &n)) {
		look_reason(h->error);
		return;
	}
	report_nights(&text, nights, n);
	look_plain(&text, 0, 0);
	free(nights);
}

void history_look(struct history *h)
{
	struct text text = { 0 };
	struct view view;

	look_nights(h);
	if (read_view(h, NULL, &view)) {
		look_reason(h->error);
		return;
	}
	report_changes(&text, &view, false);
	look_plain(&text, 0, 0);
	report_night(&text, &view);
	look_plain(&text, 0, 0);
	count_regressions(&view);
	look_exports(h, &view);
	page_look(h, &view, SERIES_LOOKED_AT);
	view_free(&view);
}
