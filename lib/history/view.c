// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "history/acks.h"
#include "history/promises.h"
#include "history/read.h"

static const char select_series[] =
	"SELECT series.id, branch.name, mode, bench, arm, metric, fs, access, unit,"
	" better = 'higher', look.night, look.nights, look.held, look.outliers,"
	" look.autocorrelation, look.deviation, figure, title, operation, fill, further"
	" FROM series JOIN branch ON branch.id = series.branch"
	" LEFT JOIN look ON look.series = series.id"
	" WHERE ?1 = '' OR branch.name = ?1 ORDER BY branch.name, mode, series.id";

static const char select_changes[] =
	"SELECT c.series, c.found, c.before, c.first, c.split, c.last, c.ratio_before,"
	" c.ratio_after, c.p, v.base, c.id, c.returns"
	" FROM change c JOIN night n ON n.id = c.found JOIN series s ON s.id = c.series"
	" JOIN branch ON branch.id = s.branch"
	" JOIN value v ON v.night = c.split AND v.series = c.series"
	" WHERE ?1 = '' OR branch.name = ?1 ORDER BY branch.name, s.mode, n.date, n.id, s.id, c.id";

static void take_series(struct read_series *s, sqlite3_stmt *row)
{
	const struct {
		char *out;
		size_t size;
	} texts[] = {
		{ s->branch, sizeof(s->branch) }, { s->mode, sizeof(s->mode) },
		{ s->bench, sizeof(s->bench) },	  { s->arm, sizeof(s->arm) },
		{ s->metric, sizeof(s->metric) }, { s->fs, sizeof(s->fs) },
		{ s->access, sizeof(s->access) }, { s->unit, sizeof(s->unit) },
	};

	s->id = sqlite3_column_int64(row, 0);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		history_copy(row, (int)i + 1, texts[i].out, texts[i].size);
	s->higher_is_better = sqlite3_column_int(row, 9);
	s->looked = sqlite3_column_int64(row, 10);
	s->nights = sqlite3_column_int64(row, 11);
	history_copy(row, 12, s->held, sizeof(s->held));
	s->outliers = sqlite3_column_int64(row, 13);
	s->autocorrelation = history_real(row, 14);
	s->deviation = history_real(row, 15);
	history_copy(row, 16, s->figure, sizeof(s->figure));
	history_copy(row, 17, s->title, sizeof(s->title));
	history_copy(row, 18, s->operation, sizeof(s->operation));
	history_copy(row, 19, s->fill, sizeof(s->fill));
	s->further = sqlite3_column_int(row, 20);
}

static bool find_night(const struct view *view, int64_t id, size_t *at)
{
	for (size_t i = view->n_nights; i > 0; i--) {
		*at = i - 1;
		if (view->nights[i - 1].id == id)
			return true;
	}
	return false;
}

static bool find_series(const struct view *view, int64_t id, size_t *at)
{
	for (*at = 0; *at < view->n_series; ++*at)
		if (view->series[*at].id == id)
			return true;
	return false;
}

void view_nights(const struct view *view, const struct read_series *series, size_t *first,
		 size_t *end)
{
	size_t i = 0;

	while (i < view->n_nights && (strcmp(view->nights[i].night.branch, series->branch) != 0 ||
				      strcmp(view->nights[i].mode, series->mode) != 0))
		i++;
	*first = i;
	while (i < view->n_nights && !strcmp(view->nights[i].night.branch, series->branch) &&
	       !strcmp(view->nights[i].mode, series->mode))
		i++;
	*end = i;
}

/* FNV-1a (G. Fowler, L. Noll, K.-P. Vo) of the series and the kernel the step came with. */
static void name_change(const struct view *view, struct read_change *c)
{
	char name[SERIES_NAME_MAX];
	const char *const parts[] = { name, view->nights[c->split].image };
	uint32_t hash = 2166136261u;

	series_name(&view->series[c->series], name);
	for (size_t i = 0; i < 2; i++)
		for (const char *at = parts[i]; *at; at++)
			hash = (hash ^ (unsigned char)*at) * 16777619u;
	snprintf(c->id, sizeof(c->id), "%08x", hash);
}

/* A count that went through a logarithm is whole again. */
static double value_at(double base, double ratio)
{
	double value = base * exp(ratio);

	return fabs(value - round(value)) < 1e-9 * value ? round(value) : value;
}

/* The change returned to the level before the one in that row: that one and all since are over. */
static int close_changes(struct history *h, struct view *view, struct read_change *c, int64_t row)
{
	struct read_change *returned = c;

	if (!row)
		return 0;
	while (returned > view->changes && returned->row != row)
		returned--;
	if (returned->row != row || returned == c || returned->series != c->series)
		return history_refuse_damaged(h, "a change returns to before no change");
	c->returns = true;
	c->returned = (size_t)(returned - view->changes);
	c->lasted = c->split > returned->split ? c->split - returned->split : 0;
	for (; returned < c; returned++)
		returned->closed |= returned->series == c->series;
	return 0;
}

/* 0, or -EUCLEAN where it is of a series or a night that is not there. */
static int take_change(struct history *h, struct view *view, struct read_change *c,
		       sqlite3_stmt *row)
{
	size_t *const nights[] = { &c->found, &c->before, &c->first, &c->split, &c->last };
	const struct read_series *series;
	size_t first, end;

	if (!find_series(view, sqlite3_column_int64(row, 0), &c->series))
		return history_refuse_damaged(h, "a change is of no series");
	for (size_t i = 0; i < sizeof(nights) / sizeof(nights[0]); i++)
		if (!find_night(view, sqlite3_column_int64(row, (int)i + 1), nights[i]))
			return history_refuse_damaged(h, "a change is of no night");
	c->ratio_before = history_real(row, 6);
	c->ratio_after = history_real(row, 7);
	c->p = history_real(row, 8);
	c->value_before = value_at(history_real(row, 9), c->ratio_before);
	c->value_after = value_at(history_real(row, 9), c->ratio_after);
	c->change_pct = expm1(c->ratio_after - c->ratio_before) * 100;
	series = &view->series[c->series];
	c->worse = (c->change_pct > 0) != series->higher_is_better;
	view_nights(view, series, &first, &end);
	c->newest = c->found + 1 == end;
	c->row = sqlite3_column_int64(row, 10);
	name_change(view, c);
	return close_changes(h, view, c, sqlite3_column_int64(row, 11));
}

static int read_series(struct history *h, const char *branch, struct view *view)
{
	sqlite3_stmt *row = history_prepare(h, select_series, "t", branch);
	int more = row ? 0 : history_failure(h);

	while (!more && (more = history_step(h, row)) > 0) {
		struct read_series *series =
			array_add(&view->series, &view->n_series, sizeof(*series));

		if (series)
			take_series(series, row);
		more = series ? 0 : history_refuse(h, -ENOMEM, "out of memory");
	}
	sqlite3_finalize(row);
	return more < 0 ? more : 0;
}

static int read_changes(struct history *h, const char *branch, struct view *view)
{
	sqlite3_stmt *row = history_prepare(h, select_changes, "t", branch);
	int more = row ? 0 : history_failure(h);

	while (!more && (more = history_step(h, row)) > 0) {
		struct read_change *change =
			array_add(&view->changes, &view->n_changes, sizeof(*change));

		more = change ? take_change(h, view, change, row)
			      : history_refuse(h, -ENOMEM, "out of memory");
	}
	sqlite3_finalize(row);
	return more < 0 ? more : 0;
}

static int read_all(struct history *h, const char *branch, struct view *view)
{
	const struct read_filter filter = { .branch = branch };
	int err = read_nights(h, &filter, &view->nights, &view->n_nights);

	if (!err)
		err = read_series(h, branch, view);
	if (!err)
		err = read_changes(h, branch, view);
	if (!err)
		err = read_promises(h, view);
	return err ? err : acks_apply(h, view);
}

/* One read transaction, so that all is of the same moment. */
int read_view(struct history *h, const char *branch, struct view *view)
{
	int err = history_run(h, "BEGIN", "");

	memset(view, 0, sizeof(*view));
	if (!err)
		err = read_all(h, branch ? branch : "", view);
	history_rollback(h);
	if (err)
		view_free(view);
	return err;
}

void view_free(struct view *view)
{
	free(view->nights);
	free(view->series);
	free(view->changes);
	free(view->promises);
	memset(view, 0, sizeof(*view));
}
