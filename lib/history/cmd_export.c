// SPDX-License-Identifier: GPL-2.0-or-later
/* daxmark history export and show: series with their values. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/output.h"
#include "history/actions.h"
#include "history/export.h"
#include "history/text_history.h"

typedef void series_fn(struct text *text, const struct view *view, const struct read_series *series,
		       const struct read_value *values, size_t n, const struct segment *segments,
		       size_t n_segments);

static const struct export_format {
	const char *name;
	void (*begin)(struct text *text, const struct view *view);
	series_fn *series;
	void (*end)(struct text *text, const struct view *view);
} formats[] = {
	{ "json", export_json_begin, export_json_series, export_json_end },
	{ "csv", export_csv_begin, export_csv_series, export_csv_end },
};

static int add_series(struct history *h, struct text *text, const struct view *view,
		      const struct read_series *series, series_fn *report)
{
	struct read_value *values;
	struct segment *segments = NULL;
	size_t n, n_segments;
	int err = read_values(h, view, series, &values, &n);

	if (err)
		return err;
	err = view_segments(view, series, values, n, &segments, &n_segments);
	if (err)
		history_refuse(h, err, "out of memory");
	else
		report(text, view, series, values, n, segments, n_segments);
	free(segments);
	free(values);
	return err;
}

static int finish(struct history *h, const struct history_arguments *a, struct view *view,
		  struct text *text, int err)
{
	int status;

	if (err)
		status = history_fail(h, err);
	else
		status = output_write(a->output, text);
	text_free(text);
	view_free(view);
	return status;
}

int history_action_export(struct history *h, const struct history_arguments *a)
{
	const struct export_format *format = &formats[0];
	struct text text = { 0 };
	struct view view;
	int err;

	if (a->format && !strcmp(a->format, formats[1].name)) {
		format = &formats[1];
	} else if (a->format && strcmp(a->format, formats[0].name) != 0) {
		complain("there is no format '%s'; there are json and csv", a->format);
		return STATUS_USAGE;
	}
	err = read_view(h, a->branch, &view);
	if (err)
		return history_fail(h, err);
	format->begin(&text, &view);
	for (size_t i = 0; i < view.n_series && !err; i++)
		err = add_series(h, &text, &view, &view.series[i], format->series);
	format->end(&text, &view);
	return finish(h, a, &view, &text, err);
}

static const struct read_series *find_series(const struct view *view, const char *name)
{
	for (size_t i = 0; i < view->n_series; i++) {
		char known[SERIES_NAME_MAX];

		series_name(&view->series[i], known);
		if (!strcmp(name, known))
			return &view->series[i];
	}
	return NULL;
}

/* Without a name: the names there are. */
int history_action_show(struct history *h, const struct history_arguments *a)
{
	const struct read_series *series;
	struct text text = { 0 };
	struct view view;
	int err = read_view(h, a->branch, &view);

	if (err)
		return history_fail(h, err);
	if (!a->n_words) {
		for (size_t i = 0; i < view.n_series; i++) {
			char name[SERIES_NAME_MAX];

			series_name(&view.series[i], name);
			text_add(&text, "%s\n", name);
		}
		return finish(h, a, &view, &text, 0);
	}
	series = find_series(&view, a->words[0]);
	if (series)
		err = add_series(h, &text, &view, series, report_series);
	else
		err = history_refuse(h, -EINVAL,
				     "there is no series '%s'; daxmark history show lists them",
				     a->words[0]);
	return finish(h, a, &view, &text, err);
}
