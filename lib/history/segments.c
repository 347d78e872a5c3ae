// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <math.h>
#include <stdlib.h>

#include "compare/stats.h"
#include "history/segments.h"

static const struct read_change *change_at(const struct view *view,
					   const struct read_series *series, size_t night)
{
	for (size_t i = 0; i < view->n_changes; i++)
		if (&view->series[view->changes[i].series] == series &&
		    view->changes[i].split == night)
			return &view->changes[i];
	return NULL;
}

/* What of the environment changed since the value before, also in a night without one. */
static const char *start_between(const struct view *view, size_t after, size_t night)
{
	for (size_t i = night; i > after; i--)
		if (*view->nights[i].starts)
			return view->nights[i].starts;
	return "";
}

static double level_of(const struct read_value *values, size_t n, double *work)
{
	size_t used = 0;

	for (size_t i = 0; i < n; i++)
		if (!isnan(values[i].ratio))
			work[used++] = values[i].ratio;
	return used ? stats_median(work, used) : NAN;
}

int view_segments(const struct view *view, const struct read_series *series,
		  const struct read_value *values, size_t n_values, struct segment **segments,
		  size_t *n)
{
	double *work = malloc((n_values + 1) * sizeof(*work));
	struct segment *made = malloc((n_values + 1) * sizeof(*made));

	*n = 0;
	*segments = made;
	if (!work || !made) {
		free(work);
		free(made);
		return -ENOMEM;
	}
	for (size_t i = 0; i < n_values; i++) {
		const struct read_change *change = change_at(view, series, values[i].night);
		const char *starts =
			i ? start_between(view, values[i - 1].night, values[i].night) : "";

		if (!i || change || *starts)
			made[(*n)++] = (struct segment){ .first = i,
							 .change = change,
							 .starts = change ? "" : starts };
		made[*n - 1].end = i + 1;
	}
	for (size_t i = 0; i < *n; i++)
		made[i].level = level_of(values + made[i].first, made[i].end - made[i].first, work);
	free(work);
	return 0;
}
