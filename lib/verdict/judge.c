// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "verdict/judge.h"
#include "verdict/stats.h"

/* FACTS of simulation: below this, no rule held its nominal error rate. */
#define PAIRS_MIN 5

const char *verdict_name(enum verdict verdict)
{
	static const char *const names[] = { "better", "worse", "same", "inconclusive" };

	return names[verdict];
}

/* The part that is the same for every kind of number. */
static int summarise(const double *base, const double *other, size_t n, struct judgement *j)
{
	double *copy = malloc(n * sizeof(*copy));

	if (!copy)
		return -ENOMEM;
	memcpy(copy, base, n * sizeof(*copy));
	j->base = stats_median(copy, n);
	j->base_spread_pct = stats_spread_pct(copy, n);
	memcpy(copy, other, n * sizeof(*copy));
	j->other = stats_median(copy, n);
	j->other_spread_pct = stats_spread_pct(copy, n);
	free(copy);

	j->change_pct = stats_change_pct(j->base, j->other);
	j->low_pct = INFINITY;
	j->high_pct = -INFINITY;
	for (size_t i = 0; i < n; i++) {
		double change = stats_change_pct(base[i], other[i]);

		j->low_pct = fmin(j->low_pct, change);
		j->high_pct = fmax(j->high_pct, change);
	}
	j->verdict = VERDICT_INCONCLUSIVE;
	j->why = "";
	return 0;
}

int judge_count(const double *base, const double *other, size_t n, bool higher_is_better,
		double floor_pct, struct judgement *j)
{
	double spread;
	int err = summarise(base, other, n, j);

	if (err)
		return err;
	spread = fmax(j->base_spread_pct, j->other_spread_pct);
	if (j->low_pct >= -floor_pct && j->high_pct <= floor_pct)
		j->verdict = VERDICT_SAME;
	else if (j->low_pct <= 0 && j->high_pct >= 0)
		j->why = "the seeds disagree about the direction";
	else if (fabs(j->change_pct) <= floor_pct)
		j->why = "the change is within the floor, but not at every seed";
	else if (fabs(j->change_pct) <= spread)
		j->why = "the change is not larger than the spread over the seeds";
	else
		j->verdict =
			(j->change_pct > 0) == higher_is_better ? VERDICT_BETTER : VERDICT_WORSE;
	return 0;
}

int judge_time(const double *base, const double *other, size_t n, struct judgement *j)
{
	int err = summarise(base, other, n, j);

	if (err)
		return err;
	j->why = n < PAIRS_MIN ? "fewer than 5 pairs of boots"
			       : "timed pairs of boots are not tested by this version";
	return 0;
}
