// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "verdict/changepoint.h"
#include "verdict/stats.h"

/* Rounding of a ratio and its logarithm. */
#define ROUNDING 1e-9

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

static bool exact(const struct count_night *nights, size_t n, double level, double none)
{
	for (size_t i = 0; i < n; i++)
		if (moved(level, nights[i].ratio, 1, none) ||
		    moved(level, nights[i].ratio, -1, none))
			return false;
	return true;
}

static int find_in_noise(const struct count_night *nights, size_t n, double none, uint64_t seed,
			 struct changepoint *cp, double *work)
{
	int err;

	for (size_t i = 0; i < n; i++)
		work[i] = nights[i].ratio;
	err = changepoint_find(work, n, seed, cp);
	cp->found = cp->found && fabs(cp->after - cp->before) >= none;
	return err;
}

int changepoint_count(const struct count_night *nights, size_t n, double none_pct, uint64_t seed,
		      struct changepoint *cp)
{
	double none = log1p(none_pct / 100), *work;
	struct count_night level;
	int err = 0;

	memset(cp, 0, sizeof(*cp));
	cp->p = 1;
	if (n < 2)
		return 0;
	work = malloc(n * sizeof(*work));
	if (!work)
		return -ENOMEM;
	level = (struct count_night){
		.ratio = MEDIAN(nights, n - 1, ratio, work),
		.ratio_low = MEDIAN(nights, n - 1, ratio_low, work),
		.ratio_high = MEDIAN(nights, n - 1, ratio_high, work),
		.low = MEDIAN(nights, n - 1, low, work),
		.high = MEDIAN(nights, n - 1, high, work),
	};
	if (!exact(nights, n - 1, level.ratio, none)) {
		err = find_in_noise(nights, n, none, seed, cp, work);
	} else if (changed(&level, &nights[n - 1], none)) {
		cp->found = true;
		cp->p = 0;
		cp->before = level.ratio;
		cp->after = nights[n - 1].ratio;
		find_start(nights, n, level.ratio, none, cp);
	}
	free(work);
	return err;
}
