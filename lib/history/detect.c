// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "history/detect.h"
#include "history/read.h"
#include "verdict/changepoint.h"

/* The nights of one environment up to the one looked at, oldest first. */
struct window {
	int64_t night[DETECT_NIGHTS_MAX];
	size_t n;
	double none_pct; /* of the last */
	bool counts;
};

/* A series in that window. */
struct strip {
	int64_t series;
	size_t start; /* the first night after its last change */
	size_t n;
	struct count_night value[DETECT_NIGHTS_MAX];
	size_t at[DETECT_NIGHTS_MAX]; /* in the window */
};

struct strips {
	struct strip *strip; /* in the order of their series */
	size_t n;
};

static int find_window(struct history *h, int64_t night, struct window *w)
{
	sqlite3_stmt *row = history_prepare(
		h,
		"SELECT n.id, n.environment = t.environment, t.none_pct, t.mode = 'count'"
		" FROM night t JOIN night n ON n.branch = t.branch AND n.mode = t.mode"
		" AND (n.date, n.id) <= (t.date, t.id)"
		" WHERE t.id = ? ORDER BY n.date DESC, n.id DESC LIMIT ?",
		"ii", night, (int64_t)DETECT_NIGHTS_MAX);
	int more = row ? 0 : history_failure(h);

	w->n = 0;
	while (!more && (more = history_step(h, row)) > 0 && sqlite3_column_int(row, 1)) {
		w->night[w->n++] = sqlite3_column_int64(row, 0);
		w->none_pct = sqlite3_column_double(row, 2);
		w->counts = sqlite3_column_int(row, 3);
		more = 0;
	}
	sqlite3_finalize(row);
	for (size_t i = 0; i < w->n / 2; i++) {
		int64_t swapped = w->night[i];

		w->night[i] = w->night[w->n - 1 - i];
		w->night[w->n - 1 - i] = swapped;
	}
	return more < 0 ? more : 0;
}

static size_t place(const struct window *w, int64_t night)
{
	for (size_t i = 0; i < w->n; i++)
		if (w->night[i] == night)
			return i;
	return 0; /* before the window */
}

static int by_series(const void *key, const void *element)
{
	const int64_t *series = key;
	const struct strip *strip = element;

	return (*series > strip->series) - (*series < strip->series);
}

static struct strip *find_strip(const struct strips *strips, int64_t series)
{
	return strips->n ? bsearch(&series, strips->strip, strips->n, sizeof(*strips->strip),
				   by_series)
			 : NULL;
}

/* The series that the last night has a value of. */
static int find_strips(struct history *h, const struct window *w, struct strips *strips)
{
	sqlite3_stmt *row = history_prepare(
		h,
		"SELECT v.series, (SELECT c.split FROM change c JOIN night n ON n.id = c.split"
		" WHERE c.series = v.series ORDER BY n.date DESC, n.id DESC LIMIT 1)"
		" FROM value v WHERE v.night = ? ORDER BY v.series",
		"i", w->night[w->n - 1]);
	int more = row ? 0 : history_failure(h);

	while (!more && (more = history_step(h, row)) > 0) {
		struct strip *grown = read_grow(strips->strip, strips->n, sizeof(*grown));

		if (!grown) {
			more = history_refuse(h, -ENOMEM, "out of memory");
			break;
		}
		strips->strip = grown;
		grown[strips->n].series = sqlite3_column_int64(row, 0);
		grown[strips->n].start = place(w, sqlite3_column_int64(row, 1));
		grown[strips->n++].n = 0;
		more = 0;
	}
	sqlite3_finalize(row);
	return more < 0 ? more : 0;
}

static void take_value(const struct strips *strips, size_t at, sqlite3_stmt *row)
{
	struct strip *strip = find_strip(strips, sqlite3_column_int64(row, 0));
	double ratio = history_real(row, 1), base = history_real(row, 4);
	double low = history_real(row, 5), high = history_real(row, 6);

	if (!strip || at < strip->start || isnan(ratio))
		return;
	strip->value[strip->n] = (struct count_night){
		.ratio = ratio,
		.ratio_low = isnan(history_real(row, 2)) ? ratio : history_real(row, 2),
		.ratio_high = isnan(history_real(row, 3)) ? ratio : history_real(row, 3),
		.low = low > 0 ? log(low / base) : ratio,
		.high = high > 0 ? log(high / base) : ratio,
	};
	strip->at[strip->n++] = at;
}

static int fill_strips(struct history *h, const struct window *w, const struct strips *strips)
{
	sqlite3_stmt *row = history_prepare(h,
					    "SELECT series, ratio, ratio_low, ratio_high, base, "
					    "new_low, new_high FROM value WHERE night = ?",
					    "");
	int more = row ? 0 : history_failure(h);

	for (size_t i = 0; i < w->n && more >= 0; i++) {
		more = history_bind(h, row, "i", w->night[i]);
		while (!more && (more = history_step(h, row)) > 0) {
			take_value(strips, i, row);
			more = 0;
		}
	}
	sqlite3_finalize(row);
	return more;
}

static int keep(struct history *h, const struct window *w, const struct strip *s,
		const struct changepoint *cp)
{
	int64_t night = w->night[w->n - 1];
	int err = history_run(h,
			      "INSERT OR REPLACE INTO look(series, night, nights, held, outliers, "
			      "autocorrelation, deviation) VALUES(?, ?, ?, ?, ?, ?, ?)",
			      "iiitidd", s->series, night, (int64_t)s->n,
			      changepoint_held_name(cp->held), (int64_t)cp->outliers,
			      cp->autocorrelation, cp->deviation);

	if (err || !cp->found)
		return err;
	return history_run(h,
			   "INSERT INTO change(series, found, before, first, split, last, "
			   "ratio_before, ratio_after, p) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
			   "iiiiiiddd", s->series, night, w->night[s->at[cp->first - 1]],
			   w->night[s->at[cp->first]], w->night[s->at[cp->split]],
			   w->night[s->at[cp->last]], cp->before, cp->after, cp->p);
}

/*
 * The seed is the number of nights: the same history gives the same answers,
 * whatever the order in which its rows were made.
 */
static int look(struct history *h, const struct window *w, const struct strip *s)
{
	struct changepoint cp;
	double values[DETECT_NIGHTS_MAX];
	int err;

	/* a night without a ratio shows nothing of this series */
	if (!s->n || s->at[s->n - 1] != w->n - 1)
		return 0;
	for (size_t i = 0; i < s->n; i++)
		values[i] = s->value[i].ratio;
	err = w->counts ? changepoint_count(s->value, s->n, w->none_pct, s->n, &cp)
			: changepoint_find(values, s->n, s->n, &cp);
	return err ? history_refuse(h, err, "out of memory") : keep(h, w, s, &cp);
}

int detect_night(struct history *h, int64_t night)
{
	struct strips strips = { 0 };
	struct window *w = malloc(sizeof(*w));
	int err;

	if (!w)
		return history_refuse(h, -ENOMEM, "out of memory");
	err = find_window(h, night, w);
	if (!err && w->n)
		err = find_strips(h, w, &strips);
	if (!err)
		err = fill_strips(h, w, &strips);
	for (size_t i = 0; i < strips.n && !err; i++)
		err = look(h, w, &strips.strip[i]);
	free(strips.strip);
	free(w);
	return err;
}

/* The nights from one on, in order; night 0: all of all branches. */
static int nights_from(struct history *h, int64_t night, int64_t **ids, size_t *n)
{
	sqlite3_stmt *row = history_prepare(
		h,
		"SELECT n.id FROM night n LEFT JOIN night t ON t.id = ?1 WHERE ?1 = 0 OR"
		" (n.branch = t.branch AND n.mode = t.mode AND (n.date, n.id) >= (t.date, t.id))"
		" ORDER BY n.branch, n.mode, n.date, n.id",
		"i", night);
	int more = row ? 0 : history_failure(h);

	*ids = NULL;
	*n = 0;
	while (!more && (more = history_step(h, row)) > 0) {
		int64_t *grown = read_grow(*ids, *n, sizeof(*grown));

		if (!grown) {
			more = history_refuse(h, -ENOMEM, "out of memory");
			break;
		}
		*ids = grown;
		grown[(*n)++] = sqlite3_column_int64(row, 0);
		more = 0;
	}
	sqlite3_finalize(row);
	return more < 0 ? more : 0;
}

int detect_from(struct history *h, int64_t night)
{
	int64_t *ids;
	size_t n;
	int err = nights_from(h, night, &ids, &n);

	for (size_t i = 0; i < n && !err; i++)
		err = history_run(h, "DELETE FROM change WHERE found = ?", "i", ids[i]);
	for (size_t i = 0; i < n && !err; i++)
		err = detect_night(h, ids[i]);
	free(ids);
	return err;
}

int detect_all(struct history *h)
{
	return detect_from(h, 0);
}
