// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "compare/changepoint.h"
#include "compare/stats.h"

/* Rounding of a ratio and its logarithm. */
#define ROUNDING 1e-9

/* One night in so many that lies apart before the last step is an accident, more are noise. */
#define APART_MOST 10

static double median_of(const struct count_night *nights, size_t n, size_t field, double *work)
{
	for (size_t i = 0; i < n; i++)
		memcpy(&work[i], (const char *)&nights[i] + field, sizeof(*work));
	return stats_median(work, n);
}

#define MEDIAN(nights, n, field, work) \
	median_of(nights, n, offsetof(struct count_night, field), work)

/* By so many steps of none_pct it is further than from; in the direction, 1 or -1. */
static bool moved(double from, double to, int direction, double none)
{
	return direction * (to - from) >= none - ROUNDING;
}

static bool within(const struct count_night *night, double ratio)
{
	return ratio >= night->low && ratio <= night->high;
}

static bool changed(const struct count_night *level, const struct count_night *last, double none)
{
	int direction = last->ratio > level->ratio ? 1 : -1;

	if (!moved(level->ratio, last->ratio, direction, none) ||
	    !moved(level->ratio_low, last->ratio_low, direction, none / 2) ||
	    !moved(level->ratio_high, last->ratio_high, direction, none / 2))
		return false;
	return (!within(level, last->ratio) && !within(last, level->ratio)) ||
	       (moved(level->low, last->low, direction, none) &&
		moved(level->high, last->high, direction, none));
}

/* Back from the last night to where it still was at the old level. */
static void find_start(const struct count_night *nights, size_t n, double level, double none,
		       struct changepoint *cp)
{
	int direction = nights[n - 1].ratio > level ? 1 : -1;
	size_t first = n - 1;

	while (first > 1 && moved(level, nights[first - 1].ratio, direction, none / 4))
		first--;
	cp->split = cp->last = n - 1;
	cp->first = first;
}

static size_t segment_start(const struct count_series *s, size_t segment)
{
	return segment ? s->steps[segment - 1] : 0;
}

static double level_of(const struct count_series *s, size_t segment, double *work)
{
	size_t first = segment_start(s, segment);
	size_t end = segment < s->n_steps ? s->steps[segment] : s->n - 1;

	return MEDIAN(s->nights + first, end - first, ratio, work);
}

/* Nights of a segment, but for the last of all, that lie apart from its level. */
static size_t count_apart(const struct count_series *s, size_t segment, double none, double *work)
{
	size_t end = segment < s->n_steps ? s->steps[segment] : s->n - 1, apart = 0;
	double level = level_of(s, segment, work);

	for (size_t i = segment_start(s, segment); i < end; i++)
		apart += moved(level, s->nights[i].ratio, 1, none) ||
			 moved(level, s->nights[i].ratio, -1, none);
	return apart;
}

/* A segment of one or two nights tells nothing of itself, and then those before it do. */
static bool exact(const struct count_series *s, double none, double *work)
{
	size_t apart = 0;

	for (size_t segment = 0; segment < s->n_steps; segment++)
		apart += count_apart(s, segment, none, work);
	return APART_MOST * apart <= segment_start(s, s->n_steps) &&
	       !count_apart(s, s->n_steps, none, work);
}

static int find_in_noise(const struct count_series *s, double none, struct changepoint *cp,
			 double *work)
{
	for (size_t i = 0; i < s->n; i++)
		work[i] = s->nights[i].ratio;
	return changepoint_find(
		&(struct changepoint_series){
			.values = work,
			.n = s->n,
			.steps = s->steps,
			.n_steps = s->n_steps,
			.least = none,
			.seed = s->seed,
		},
		cp);
}

/* To the level before the last step that it is no change from. */
static void find_return(const struct count_series *s, double none, struct changepoint *cp,
			double *work)
{
	for (size_t i = s->n_steps; i > 0 && !cp->returns; i--) {
		cp->returned = i - 1;
		cp->returns = fabs(cp->after - level_of(s, i - 1, work)) < none - ROUNDING;
	}
}

static void find_exact(const struct count_series *s, double none, struct changepoint *cp,
		       double *work)
{
	size_t start = segment_start(s, s->n_steps), n = s->n - start;
	const struct count_night *nights = s->nights + start;
	struct count_night level = {
		.ratio = MEDIAN(nights, n - 1, ratio, work),
		.ratio_low = MEDIAN(nights, n - 1, ratio_low, work),
		.ratio_high = MEDIAN(nights, n - 1, ratio_high, work),
		.low = MEDIAN(nights, n - 1, low, work),
		.high = MEDIAN(nights, n - 1, high, work),
	};

	if (!changed(&level, &nights[n - 1], none))
		return;
	cp->found = true;
	cp->p = 0;
	cp->before = level.ratio;
	cp->after = nights[n - 1].ratio;
	find_start(nights, n, level.ratio, none, cp);
	cp->first += start;
	cp->split += start;
	cp->last += start;
	find_return(s, none, cp, work);
}

int changepoint_count(const struct count_series *s, struct changepoint *cp)
{
	double none = log1p(s->none_pct / 100), *work;
	int err = 0;

	memset(cp, 0, sizeof(*cp));
	cp->p = 1;
	if (s->n < segment_start(s, s->n_steps) + 2)
		return 0;
	work = malloc(s->n * sizeof(*work));
	if (!work)
		return -ENOMEM;
	if (exact(s, none, work))
		find_exact(s, none, cp, work);
	else
		err = find_in_noise(s, none, cp, work);
	free(work);
	return err;
}
