/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whether, and where, a series of nights changed its level.
 *
 * The series is that of one metric since its last change: a number a night, in
 * time order; nights without one are left out, they are no gap to the method.
 * docs/history.md says how often the answers are right, and make calibrate
 * measures it.
 */
#ifndef DAXMARK_VERDICT_CHANGEPOINT_H
#define DAXMARK_VERDICT_CHANGEPOINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* No change is looked for in fewer nights, and none of fewer nights after it. */
#define CHANGEPOINT_NIGHTS_MIN 12
#define CHANGEPOINT_SIDE_MIN   3

/* Why no step is named although the nights are not alike. */
enum changepoint_held {
	CHANGEPOINT_NOT_HELD,
	CHANGEPOINT_DRIFTS,	    /* a line fits better than a step */
	CHANGEPOINT_AUTOCORRELATED, /* a night follows the one before it too much */
};

struct changepoint {
	bool found;
	enum changepoint_held held; /* if not found */
	size_t split;		    /* the first night after the step, an index */
	size_t first, last;	    /* which it may be as well: 95% */
	double before, after;	    /* the levels: means without outliers */
	double deviation;	    /* of a night from its level */
	double statistic;	    /* |t| of the best split, widened by autocorrelation */
	double p;		    /* one-off, for this night */
	double autocorrelation;	    /* of nights with the next, without the step */
	size_t outliers;	    /* nights that were left out */
};

/*
 * Looks for one step in n values (any unit; logarithms of ratios here).
 *
 * 1. A night that lies more than 4 deviations from the median of the three
 *    nights before it and of the three after it is an outlier and left out
 *    (F. Hampel's identifier, JASA 69, 1974, one-sided so that the nights at a
 *    step agree with their own side). The deviation is that of the differences
 *    of neighbours, which a step does not change.
 * 2. The largest |t| of two means over all splits with at least
 *    CHANGEPOINT_SIDE_MIN nights on each side, from prefix sums.
 * 3. The lag-1 autocorrelation r of what is left around the two means, if
 *    positive, divides t by sqrt((1 + r) / (1 - r)), the ratio by which the
 *    deviation of a mean of such nights grows (G. Box and G. Jenkins, Time
 *    Series Analysis, 1970). Above 0.5 no verdict is given.
 * 4. p is that of the largest |t| over permutations of what is left around the
 *    means: (b + 1) / (B + 1), drawn from seed, ended as soon as it cannot be
 *    CHANGEPOINT_P any more (J. Besag and P. Clifford, Biometrika 78, 1991).
 *    What is left, not the values themselves: those hold the step, which would
 *    widen the distribution it is compared with.
 * 5. A step is named if p is small enough and it fits better than a line does.
 *
 * A series is looked at again every night. CHANGEPOINT_P is so small that this
 * adds up to a false alarm in at most 2% of series of 90 nights.
 *
 * 0 or -ENOMEM.
 */
int changepoint_find(const double *values, size_t n, uint64_t seed, struct changepoint *cp);

#endif
