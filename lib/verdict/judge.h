/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The verdict on one metric from one median a boot on each side.
 *
 * base[i] and other[i] are a pair: boots of the same seed. All arrays have
 * n > 0 elements.
 */
#ifndef DAXMARK_VERDICT_JUDGE_H
#define DAXMARK_VERDICT_JUDGE_H

#include <stdbool.h>
#include <stddef.h>

enum verdict {
	VERDICT_BETTER,
	VERDICT_WORSE,
	VERDICT_SAME,
	VERDICT_INCONCLUSIVE,
};

/* Of the single operations of one boot: low <= median <= high. */
struct boot_median {
	double median;
	/*
	 * An interval for the median: ranks 40% and 60%, see struct summary in
	 * measure/samples.h. Both are the median where nothing is known of one.
	 */
	double low;
	double high;
};

struct judgement {
	double base; /* median over the boots, in the metric's unit */
	double other;
	double change_pct; /* other against base; INFINITY when base is 0 */
	/*
	 * The lowest and the highest change of a single pair, in percent. It is
	 * a range over seeds, NOT a confidence interval: the seeds are few and
	 * chosen, and a count has no sampling error that they would estimate.
	 */
	double low_pct;
	double high_pct;
	/* the lowest low and the highest high of the boots of a side */
	double base_low;
	double base_high;
	double other_low;
	double other_high;
	double base_spread_pct; /* stats_spread_pct() over the boots of a side */
	double other_spread_pct;
	enum verdict verdict;
	const char *why; /* why it is inconclusive, in words; else "" */
};

/* "better", "worse", "same" or "inconclusive". */
const char *verdict_name(enum verdict verdict);

/*
 * Counts of instructions. They are exact, so what is left is the layout and
 * the timer ticks of a seed:
 *   worse, better  every pair changed in the same direction, the change is
 *                  larger than floor_pct and than the spread of either side,
 *                  and no median can have jumped between two modes
 *   same           no pair changed by more than floor_pct
 *   inconclusive   anything else
 *
 * Why the last condition: where two modes meet near the middle of the
 * operations (a fault that does or does not find a structure prepared by the
 * one before), a few operations more or less in one of them let the median
 * jump from mode to mode between kernels that do the same. [low, high] is the
 * order-statistic interval for a median (Hahn and Meeker, Statistical
 * Intervals, 1991, 5.2) at the ranks 0.5 -+ 0.98 / sqrt(m), with m = 96: a pass
 * repeats a pattern and is taken to be worth at most 96 independent
 * operations, however long it is. A median has not jumped
 *   - where in every pair either median lies outside of the other boot's
 *     [low, high], or
 *   - where in every pair low, median and high all moved in the direction of
 *     the change by more than floor_pct: a median that jumps leaves the modes,
 *     and with them low or high, where they were, and a cost that all
 *     operations pay moves them, however far they lie apart.
 * 0, or -ENOMEM.
 */
int judge_count(const struct boot_median *base, const struct boot_median *other, size_t n,
		bool higher_is_better, double floor_pct, struct judgement *judgement);

/*
 * Times. The boot is the sampling unit, and a verdict needs a test over pairs
 * of boots; there is none here, so that the verdict is always inconclusive and
 * only the figures are filled in. 0, or -ENOMEM.
 */
int judge_time(const struct boot_median *base, const struct boot_median *other, size_t n,
	       struct judgement *judgement);

#endif
