/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The verdict on one metric from one number a boot on each side.
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
 *   worse, better  every pair changed in the same direction, and the change is
 *                  larger than floor_pct and than the spread of either side
 *   same           no pair changed by more than floor_pct
 *   inconclusive   anything else
 * 0, or -ENOMEM.
 */
int judge_count(const double *base, const double *other, size_t n, bool higher_is_better,
		double floor_pct, struct judgement *judgement);

/*
 * Times. The boot is the sampling unit, and a verdict needs a test over pairs
 * of boots; there is none here, so that the verdict is always inconclusive and
 * only the figures are filled in. 0, or -ENOMEM.
 */
int judge_time(const double *base, const double *other, size_t n, struct judgement *judgement);

#endif
