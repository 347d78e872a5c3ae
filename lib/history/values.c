// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "history/read.h"

/* Values lie night by night, and in a night by series. */
static const char select_values[] =
	"SELECT series, base, new, ratio, ratio_low, ratio_high, new_low, new_high, spread_pct"
	" FROM value WHERE night = ? AND series BETWEEN ? AND ? ORDER BY series";

static struct read_value take_value(sqlite3_stmt *row, size_t night)
{
	return (struct read_value){
		.night = night,
		.base = history_real(row, 1),
		.new = history_real(row, 2),
		.ratio = history_real(row, 3),
		.ratio_low = history_real(row, 4),
		.ratio_high = history_real(row, 5),
		.new_low = history_real(row, 6),
		.new_high = history_real(row, 7),
		.spread_pct = history_real(row, 8),
	};
}

/* Those of a night; both are in the order of the ids. 0 or an error. */
static int take_night(struct history *h, sqlite3_stmt *row, const struct read_series *series,
		      size_t n_series, size_t night, struct read_values *of)
{
	size_t at = 0;
	int more;

	while ((more = history_step(h, row)) > 0) {
		int64_t id = sqlite3_column_int64(row, 0);

		while (at < n_series && series[at].id < id)
			at++;
		if (at < n_series && series[at].id == id)
			of[at].values[of[at].n++] = take_value(row, night);
	}
	return more;
}

static int make_room(struct history *h, struct read_values *of, size_t n_series, size_t nights)
{
	memset(of, 0, n_series * sizeof(*of));
	for (size_t i = 0; i < n_series; i++) {
		of[i].values = malloc((nights + 1) * sizeof(*of[i].values));
		if (!of[i].values)
			return history_refuse(h, -ENOMEM, "out of memory");
	}
	return 0;
}

int read_values_of(struct history *h, const struct view *view, const struct read_series *series,
		   size_t n_series, size_t from, struct read_values *of)
{
	sqlite3_stmt *row = history_prepare(h, select_values, "");
	int err = row ? 0 : history_failure(h);
	size_t first, end;

	view_nights(view, series, &first, &end);
	if (from > first)
		first = from < end ? from : end;
	if (!err)
		err = make_room(h, of, n_series, end - first);
	else
		memset(of, 0, n_series * sizeof(*of));
	for (size_t i = first; i < end && !err; i++) {
		err = history_bind(h, row, "iii", view->nights[i].id, series[0].id,
				   series[n_series - 1].id);
		if (!err)
			err = take_night(h, row, series, n_series, i, of);
	}
	sqlite3_finalize(row);
	if (err)
		read_values_free(of, n_series);
	return err;
}

void read_values_free(struct read_values *of, size_t n_series)
{
	for (size_t i = 0; i < n_series; i++)
		free(of[i].values);
	memset(of, 0, n_series * sizeof(*of));
}

int read_values(struct history *h, const struct view *view, const struct read_series *series,
		struct read_value **values, size_t *n)
{
	struct read_values of;
	int err = read_values_of(h, view, series, 1, 0, &of);

	*values = of.values;
	*n = of.n;
	return err;
}
