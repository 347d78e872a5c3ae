/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The verdict on one metric from one median a boot on each side.
 *
 * base[i] and other[i] are a pair: boots of the same seed. All arrays have
 * n > 0 elements.
 */
#ifndef DAXMARK_COMPARE_JUDGE_H
#define DAXMARK_COMPARE_JUDGE_H

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
	/*
	 * Other against base. Of counts that of the two figures above, INFINITY
	 * when base is 0. Of times the geometric mean of the pairs' changes.
	 */
	double change_pct;
	/*
	 * Of counts the lowest and the highest change of a single pair, in
	 * percent: a range over seeds, NOT a confidence interval, as the seeds are
	 * few and chosen and a count has no sampling error that they would
	 * estimate. Of times the 95% interval for change_pct, NAN below 2 pairs.
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
	size_t pairs;
	/* Of times alone, else NAN. */
	/* of the paired t test that nothing changed; of pairs that a coarse clock
	 * made equal to the digit, which have no deviation, signed_rank_p */
	double p;
	double signed_rank_p; /* signed_rank_test() of the same pairs */
	double holm_p;	      /* holm_adjust() over the metrics judged together */
	double pair_sd_pct;   /* standard deviation of the pairs' changes */
	enum verdict verdict;
	const char *why; /* why it is inconclusive, in words; else "" */
};

/* "better", "worse", "same" or "inconclusive". */
const char *verdict_name(enum verdict verdict);

/* Whether a change is proved, for the better or the worse. */
bool is_change(const struct judgement *judgement);

/* A change of counts is told from layout when it is this many times the range of its pairs. */
#define JUDGE_COUNT_TIMES 3

/* Of fewer pairs the range says too little: two agree by chance to a sixth of a change in 11% of
 * cases. */
#define JUDGE_COUNT_PAIRS 3

/*
 * Counts of instructions. They are exact, so what is left is the layout and
 * the timer ticks of a seed:
 *   worse, better  every pair changed in the same direction, the change is
 *                  larger than floor_pct, it stands out from the seeds, and no
 *                  median can have jumped between two modes
 *   same           no pair changed by more than floor_pct
 *   inconclusive   anything else
 *
 * A change stands out where it is larger than the spread of either side, which
 * is what layout does to a median; or, of JUDGE_COUNT_PAIRS pairs or more, where
 * it is more than JUDGE_COUNT_TIMES as large as the changes of the pairs lie apart, largest less
 * smallest, in the metric's unit. A pair has the same layout on both sides, so that the spread of
 * the sides does not hide a cost that every pair pays: faults of 3868, 3901 and 3868 instructions
 * that take 23 more at each seed. Three changes that are independent and normal around 0 are that
 * large against their range in about 1% of cases: the two-sided p of Student's t for them is 0.9%
 * to 1.5%.
 *
 * Why a median may jump: where two modes meet near the middle of the
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
 * The same of means, one a boot, where figures_of() lets the mean lead: median holds
 * the mean, and high is by how much its slowest operation raises it, above it. A
 * mean has no modes to jump between, but operations as slow as the slowest (a
 * journal commit that falls into the pass) move it. So the last condition is here
 *   - that in every pair the means lie further apart than one such operation, more
 *     or less, puts them.
 * 0, or -ENOMEM.
 */
int judge_count_mean(const struct boot_median *base, const struct boot_median *other, size_t n,
		     bool higher_is_better, double floor_pct, struct judgement *judgement);

/*
 * Times. The boot is the sampling unit: each gives one number, and pairs of
 * boots give log(other / base). Fills in their mean as change_pct, its 95%
 * interval by Student's t (W. S. Gosset, Biometrika 6, 1908) and the tests. The
 * verdict is
 *   same          the interval lies within -margin_pct to +margin_pct. As that is
 *                 the 95% interval, a change as large as the margin is called
 *                 none in 2.5% of cases at most (two one-sided tests at that
 *                 level: Schuirmann, J. Pharmacokin. Biopharm. 15, 1987)
 *   inconclusive  otherwise, and always below PAIRS_MIN pairs. Where why is ""
 *                 the rest is left to judge_together().
 * 0, or -ENOMEM.
 */
int judge_time(const struct boot_median *base, const struct boot_median *other, size_t n,
	       double margin_pct, struct judgement *judgement);

/* One metric of several that are judged together. */
struct judged {
	struct judgement *judgement; /* from judge_time() */
	bool higher_is_better;
};

/*
 * Holm's adjustment over n metrics, so that among any number that did not
 * change one or more are called better or worse in 5% of reports at most. Fills
 * in holm_p, and gives those that judge_time() left open a verdict:
 *   worse, better  holm_p is at most 5%, and the signed-rank test agrees: its
 *                  p is at most 5%, or, of 5 pairs, where it can be no lower
 *                  than 6.25%, all changed in the same direction
 *   inconclusive   anything else
 * 0, or -ENOMEM.
 */
int judge_together(const struct judged *metrics, size_t n);

#endif
