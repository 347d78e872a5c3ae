// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <math.h>
#include <stdlib.h>

#include "compare/judge_parts.h"
#include "compare/stats.h"

const char *verdict_name(enum verdict verdict)
{
	static const char *const names[] = { "better", "worse", "same", "inconclusive" };

	return names[verdict];
}

bool is_change(const struct judgement *j)
{
	return j->verdict == VERDICT_BETTER || j->verdict == VERDICT_WORSE;
}

static void fill(double *medians, const struct boot_median *boots, size_t n, double *low,
		 double *high)
{
	*low = boots[0].low;
	*high = boots[0].high;
	for (size_t i = 0; i < n; i++) {
		medians[i] = boots[i].median;
		*low = fmin(*low, boots[i].low);
		*high = fmax(*high, boots[i].high);
	}
}

int judge_summarise(const struct boot_median *base, const struct boot_median *other, size_t n,
		    struct judgement *j)
{
	double *medians = malloc(n * sizeof(*medians));

	if (!medians)
		return -ENOMEM;
	fill(medians, base, n, &j->base_low, &j->base_high);
	j->base = stats_median(medians, n);
	j->base_spread_pct = stats_spread_pct(medians, n);
	fill(medians, other, n, &j->other_low, &j->other_high);
	j->other = stats_median(medians, n);
	j->other_spread_pct = stats_spread_pct(medians, n);
	free(medians);

	j->change_pct = stats_change_pct(j->base, j->other);
	j->low_pct = INFINITY;
	j->high_pct = -INFINITY;
	for (size_t i = 0; i < n; i++) {
		double change = stats_change_pct(base[i].median, other[i].median);

		j->low_pct = fmin(j->low_pct, change);
		j->high_pct = fmax(j->high_pct, change);
	}
	j->pairs = n;
	j->p = j->signed_rank_p = j->holm_p = j->pair_sd_pct = NAN;
	j->verdict = VERDICT_INCONCLUSIVE;
	j->why = "";
	return 0;
}

bool judge_within_floor(struct judgement *j, double floor_pct)
{
	if (j->low_pct >= -floor_pct && j->high_pct <= floor_pct)
		j->verdict = VERDICT_SAME;
	else if (j->low_pct <= 0 && j->high_pct >= 0)
		j->why = "the seeds disagree about the direction";
	else if (fabs(j->change_pct) <= floor_pct)
		j->why = "the change is within the floor, but not at every seed";
	else
		return false;
	return true;
}

void judge_direction(struct judgement *j, bool higher_is_better)
{
	j->verdict = (j->change_pct > 0) == higher_is_better ? VERDICT_BETTER : VERDICT_WORSE;
}
