// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "compare/changepoint.h"
#include "history/detect.h"
#include "history/read.h"

/* The nights of one environment up to the one looked at, oldest first. */
struct window {
	int64_t night[DETECT_NIGHTS_MAX];
	size_t n;
	double none_pct; /* of the last */
	double tick;	 /* of its clock, in the unit of a time; NAN when not said */
	bool counts;
};

/* A change that is known. */
struct known_step {
	int64_t change;
	size_t at; /* the first night after it, in the window, later in the values */
};

/* A series in that window. */
struct strip {
	int64_t series;
	double base; /* of the last night, in the unit */
	size_t n;
	struct count_night value[DETECT_NIGHTS_MAX];
	size_t at[DETECT_NIGHTS_MAX]; /* in the window */
	struct known_step step[DETECT_NIGHTS_MAX];
	size_t n_steps;
};

struct strips {
	struct strip *strip; /* in the order of their series */
	size_t n;
};

static int find_window(struct history *h, int64_t night, struct window *w)
{
	sqlite3_stmt *row = history_prepare(
		h,
		"SELECT n.id, n.environment = t.environment, t.none_pct, t.mode = 'count', t.tick"
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
		w->tick = history_real(row, 4);
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

/* Where a night is in the window; false before it. */
static bool place(const struct window *w, int64_t night, size_t *at)
{
	for (*at = 0; *at < w->n; ++*at)
		if (w->night[*at] == night)
			return true;
	return false;
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
	sqlite3_stmt *row =
		history_prepare(h, "SELECT series, base FROM value WHERE night = ? ORDER BY series",
				"i", w->night[w->n - 1]);
	int more = row ? 0 : history_failure(h);

	while (!more && (more = history_step(h, row)) > 0) {
		struct strip *strip = array_add(&strips->strip, &strips->n, sizeof(*strip));

		if (!strip) {
			more = history_refuse(h, -ENOMEM, "out of memory");
			break;
		}
		strip->series = sqlite3_column_int64(row, 0);
		strip->base = history_real(row, 1);
		more = 0;
	}
	sqlite3_finalize(row);
	return more < 0 ? more : 0;
}

/* Their changes that the window holds, in order. */
static int find_steps(struct history *h, const struct window *w, const struct strips *strips)
{
	sqlite3_stmt *row =
		history_prepare(h,
				"SELECT c.series, c.id, c.split FROM change c"
				" JOIN night n ON n.id = c.split JOIN night t ON t.id = ?"
				" WHERE n.branch = t.branch AND n.mode = t.mode AND n.date >= ("
				"SELECT date FROM night WHERE id = ?) ORDER BY n.date, n.id, c.id",
				"ii", w->night[w->n - 1], w->night[0]);
	int more = row ? 0 : history_failure(h);

	while (!more && (more = history_step(h, row)) > 0) {
		struct strip *strip = find_strip(strips, sqlite3_column_int64(row, 0));
		struct known_step step = {
			.change = sqlite3_column_int64(row, 1),
		};

		more = 0;
		if (strip && strip->n_steps < DETECT_NIGHTS_MAX &&
		    place(w, sqlite3_column_int64(row, 2), &step.at))
			strip->step[strip->n_steps++] = step;
	}
	sqlite3_finalize(row);
	return more < 0 ? more : 0;
}

static void take_value(const struct strips *strips, size_t at, sqlite3_stmt *row)
{
	struct strip *strip = find_strip(strips, sqlite3_column_int64(row, 0));
	double ratio = history_real(row, 1), base = history_real(row, 4);
	double low = history_real(row, 5), high = history_real(row, 6);

	if (!strip || isnan(ratio))
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

/* From nights of the window to values of the series, which some nights do not have. */
static void place_steps(struct strip *s)
{
	size_t kept = 0;

	for (size_t i = 0; i < s->n_steps; i++) {
		size_t at = 0;

		while (at < s->n && s->at[at] < s->step[i].at)
			at++;
		/* a level of no night is none */
		if (at == s->n || at <= (kept ? s->step[kept - 1].at : 0))
			continue;
		s->step[kept] = s->step[i];
		s->step[kept++].at = at;
	}
	s->n_steps = kept;
}

static int keep_look(struct history *h, const struct window *w, const struct strip *s,
		     const struct changepoint *cp)
{
	size_t start = s->n_steps ? s->step[s->n_steps - 1].at : 0;

	return history_run(h,
			   "INSERT OR REPLACE INTO look(series, night, nights, held, outliers, "
			   "autocorrelation, deviation) VALUES(?, ?, ?, ?, ?, ?, ?)",
			   "iiitidd", s->series, w->night[w->n - 1], (int64_t)(s->n - start),
			   changepoint_held_name(cp->held), (int64_t)cp->outliers,
			   cp->autocorrelation, cp->deviation);
}

/* The change becomes a row and the last step of the strip. */
static int keep_change(struct history *h, const struct window *w, struct strip *s,
		       const struct changepoint *cp)
{
	const struct known_step *returned = cp->returns ? &s->step[cp->returned] : NULL;
	struct known_step *step = &s->step[s->n_steps];
	int err = history_run(h,
			      "INSERT INTO change(series, found, before, first, split, last, "
			      "ratio_before, ratio_after, p, returns) "
			      "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, nullif(?, 0))",
			      "iiiiiidddi", s->series, w->night[w->n - 1],
			      w->night[s->at[cp->first - 1]], w->night[s->at[cp->first]],
			      w->night[s->at[cp->split]], w->night[s->at[cp->last]], cp->before,
			      cp->after, cp->p, returned ? returned->change : (int64_t)0);

	if (err)
		return err;
	*step = (struct known_step){ sqlite3_last_insert_rowid(h->db), cp->split };
	s->n_steps++;
	return 0;
}

/* A level that came and went is two changes, of which the second returns to before the first. */
static int keep(struct history *h, const struct window *w, struct strip *s,
		const struct changepoint *cp)
{
	struct changepoint back = *cp;
	int err = keep_change(h, w, s, cp);

	if (err || !cp->back)
		return err;
	back.split = back.first = back.last = cp->back;
	back.before = cp->after;
	back.after = cp->before;
	back.returns = true;
	back.returned = s->n_steps - 1;
	return keep_change(h, w, s, &back);
}

/*
 * The least change of a time that is one: 0.2% as of a count, or what its clock tells. A
 * night is the mean of several boots, but the clock may be off by as much in all of them.
 */
static double least_time(const struct window *w, const struct strip *s)
{
	double least = log1p(DETECT_LEAST_PCT / 100);

	return w->tick > 0 && s->base > 0 ? fmax(least, log1p(w->tick / s->base)) : least;
}

static int find(const struct window *w, const struct strip *s, struct changepoint *cp)
{
	struct changepoint_series times = { .n = s->n, .n_steps = s->n_steps, .seed = s->n };
	struct count_series counts = { .n = s->n, .n_steps = s->n_steps, .seed = s->n };
	double values[DETECT_NIGHTS_MAX];
	size_t steps[DETECT_NIGHTS_MAX];

	for (size_t i = 0; i < s->n_steps; i++)
		steps[i] = s->step[i].at;
	if (w->counts) {
		counts.nights = s->value;
		counts.steps = steps;
		counts.none_pct = w->none_pct;
		return changepoint_count(&counts, cp);
	}
	for (size_t i = 0; i < s->n; i++)
		values[i] = s->value[i].ratio;
	times.values = values;
	times.steps = steps;
	times.least = least_time(w, s);
	return changepoint_find(&times, cp);
}

/*
 * Until nothing more is found: a night may show that two changes came. The seed is the
 * number of nights: the same history gives the same answers, whatever the order in which
 * its rows were made.
 */
static int look(struct history *h, const struct window *w, struct strip *s)
{
	struct changepoint cp = { .found = true };
	int err = 0;

	/* a night without a ratio shows nothing of this series */
	if (!s->n || s->at[s->n - 1] != w->n - 1)
		return 0;
	place_steps(s);
	while (!err && cp.found && s->n_steps + 2 <= DETECT_NIGHTS_MAX) {
		err = find(w, s, &cp);
		if (err)
			return history_refuse(h, err, "out of memory");
		err = keep_look(h, w, s, &cp);
		if (!err && cp.found)
			err = keep(h, w, s, &cp);
	}
	return err;
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
	if (!err && w->n)
		err = find_steps(h, w, &strips);
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
		int64_t *id = array_add(ids, n, sizeof(*id));

		if (id)
			*id = sqlite3_column_int64(row, 0);
		more = id ? 0 : history_refuse(h, -ENOMEM, "out of memory");
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
