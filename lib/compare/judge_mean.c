// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>
#include <stdbool.h>

#include "compare/judge_parts.h"

/* Whether one slow operation more or less would have changed the mean of a pair as much. */
static bool by_one_operation(const struct boot_median *base, const struct boot_median *other)
{
	double one = fmax(base->high - base->median, other->high - other->median);

	return fabs(other->median - base->median) <= one;
}

int judge_count_mean(const struct boot_median *base, const struct boot_median *other, size_t n,
		     bool higher_is_better, double floor_pct, struct judgement *j)
{
	bool one = false;
	double spread;
	int err = judge_summarise(base, other, n, j);

	if (err)
		return err;
	if (judge_within_floor(j, floor_pct))
		return 0;
	spread = fmax(j->base_spread_pct, j->other_spread_pct);
	for (size_t i = 0; i < n; i++)
		one = one || by_one_operation(&base[i], &other[i]);
	if (fabs(j->change_pct) <= spread)
		j->why = "the change is not larger than the spread over the seeds";
	else if (one)
		j->why = "one slow operation more or less, such as a journal commit, changes the "
			 "mean as much";
	else
		judge_direction(j, higher_is_better);
	return 0;
}
