// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>

#include "compare/judge_parts.h"
#include "compare/stats.h"

static bool within(const struct boot_median *interval, double value)
{
	return value >= interval->low && value <= interval->high;
}

/* Whether no pair is one whose medians could have changed places by chance. */
static bool apart(const struct boot_median *base, const struct boot_median *other, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (within(&base[i], other[i].median) || within(&other[i], base[i].median))
			return false;
	return true;
}

/* Whether it changed by more than the floor in the direction (1 or -1). */
static bool moved(double base, double other, int direction, double floor_pct)
{
	return direction * stats_change_pct(base, other) > floor_pct;
}

/* Whether the middle of the operations moved as a whole, in every pair. */
static bool moved_together(const struct boot_median *base, const struct boot_median *other,
			   size_t n, int direction, double floor_pct)
{
	for (size_t i = 0; i < n; i++)
		if (!moved(base[i].low, other[i].low, direction, floor_pct) ||
		    !moved(base[i].median, other[i].median, direction, floor_pct) ||
		    !moved(base[i].high, other[i].high, direction, floor_pct))
			return false;
	return true;
}

/*
 * Whether the change is larger than either side's seeds lie apart, or several
 * times as large as the changes of the pairs lie apart.
 */
static bool stands_out(const struct boot_median *base, const struct boot_median *other, size_t n,
		       const struct judgement *j)
{
	double low = INFINITY, high = -INFINITY;

	if (fabs(j->change_pct) > fmax(j->base_spread_pct, j->other_spread_pct))
		return true;
	if (n < JUDGE_COUNT_PAIRS)
		return false;
	for (size_t i = 0; i < n; i++) {
		low = fmin(low, other[i].median - base[i].median);
		high = fmax(high, other[i].median - base[i].median);
	}
	return fabs(j->other - j->base) > JUDGE_COUNT_TIMES * (high - low);
}

int judge_count(const struct boot_median *base, const struct boot_median *other, size_t n,
		bool higher_is_better, double floor_pct, struct judgement *j)
{
	int err = judge_summarise(base, other, n, j);

	if (err)
		return err;
	if (judge_within_floor(j, floor_pct))
		return 0;
	if (!stands_out(base, other, n, j))
		j->why = "the change is not larger than the spread over the seeds, nor three times "
			 "as large as the changes of the seeds lie apart";
	else if (!apart(base, other, n) &&
		 !moved_together(base, other, n, j->change_pct > 0 ? 1 : -1, floor_pct))
		j->why = "a median lies within the other side's ranks 40% to 60%: it may have "
			 "jumped between two modes";
	else
		judge_direction(j, higher_is_better);
	return 0;
}
