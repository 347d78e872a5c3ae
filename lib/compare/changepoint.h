/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whether, and where, a series of nights changed its level.
 *
 * The series is that of one metric since its last change: a number a night, in
 * time order; nights without one are left out, they are no gap to the method.
 * make calibrate measures how often the answers are right (docs/history.md).
 */
#ifndef DAXMARK_COMPARE_CHANGEPOINT_H
#define DAXMARK_COMPARE_CHANGEPOINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A step is looked for with so many nights on each side. */
#define CHANGEPOINT_BEFORE_MIN 12
#define CHANGEPOINT_AFTER_MIN  5
/* And after an earlier step with so many before it: how far nights lie apart is known by then. */
#define CHANGEPOINT_BETWEEN_MIN 4

/* Why no step is named although the nights are not alike. */
enum changepoint_held {
	CHANGEPOINT_NOT_HELD,
	CHANGEPOINT_DRIFTS,	    /* a line fits as well as a step, or nearly so */
	CHANGEPOINT_AUTOCORRELATED, /* a night follows the one before it too much */
};

struct changepoint {
	bool found;
	enum changepoint_held held; /* only if not found */
	size_t split;		    /* the first night after the step, an index */
	size_t first, last;	    /* that it may be as well, with 95% */
	size_t back;		    /* where the level came and went: the first night after it; 0 */
	bool returns;		    /* to an earlier level: that before step number returned */
	size_t returned;
	double before, after;	/* the two levels */
	double deviation;	/* of a night from its level */
	double statistic;	/* |t| of the split, widened by autocorrelation */
	double p;		/* of this look alone; 1 where it was not needed */
	double autocorrelation; /* of a night with the next, the step taken out */
	size_t outliers;	/* nights that were left out */
};

struct changepoint_series {
	const double *values; /* of any unit (here: logarithms of ratios) */
	size_t n;
	const size_t *steps; /* the nights with which steps begin that are known, in order */
	size_t n_steps;
	double least; /* a smaller change is none */
	uint64_t seed;
};

/* "", or what is the matter, in words. */
const char *changepoint_held_name(enum changepoint_held held);

/*
 * Looks for one step in n values of any unit (here: logarithms of ratios).
 *
 * 1. A night that lies more than 4.5 deviations both from the median of the 5
 *    nights before it and from that of the 5 after it is an outlier and left out
 *    (F. Hampel, JASA 69, 1974; from either side, so that nights at a step agree
 *    with their own). The deviation is that of the differences of neighbours,
 *    which one step in them does not change.
 * 2. The split into two means that makes the sum of squares smallest, from prefix
 *    sums; then nights are clipped at 2 deviations from their side's level (P.
 *    Huber, Annals of Mathematical Statistics 35, 1964) and it is found again.
 *    t is the difference of these means over its error.
 * 3. The lag-1 autocorrelation r of what is left around the two means, with its
 *    bias taken out, divides t by sqrt((1 + r) / (1 - r)), by which a mean of such
 *    nights is less well known (G. Box and G. Jenkins, Time Series Analysis, 1970).
 *    Up to 0.15 it is taken for none. Above 0.4, or when the nights are worth fewer
 *    than 20 independent ones, no step is named.
 * 4. p is that of the largest |t| over permutations of what is left around the two
 *    levels, drawn from seed: (b + 1) / (B + 1), given up at the first that is as
 *    large (J. Besag and P. Clifford, Biometrika 78, 1991). Of what is left, as the
 *    values themselves hold the step, which would hide itself. Steps 1 and 2 are
 *    made with every permutation.
 * 5. A step is named when none of B permutations is as large, and when it takes
 *    12 variances more off the sum of squares than a straight line does. B is 799,
 *    3999 where tails are heavy, and twice that in fewer than 45 nights.
 *
 * As a series is looked at again every night, p has to be so small: false alarms
 * add up to 2% of series in 90 nights. 0 or -ENOMEM.
 */
int changepoint_find(const struct changepoint_series *series, struct changepoint *cp);

/* A night of a count, as logarithms of ratios to the baseline. */
struct count_night {
	double ratio;	   /* of the medians */
	double ratio_low;  /* of the seed where it is lowest */
	double ratio_high; /* and highest */
	double low, high;  /* of ranks 40% and 60% of the operations, to the baseline's median */
};

struct count_series {
	const struct count_night *nights;
	size_t n;
	const size_t *steps; /* as of struct changepoint_series */
	size_t n_steps;
	double none_pct; /* a smaller change is none */
	uint64_t seed;
};

/*
 * Counts are exact, so one night is enough: the last of n differs from the level
 * of those since the last step, their median, by none_pct percent or more, at every
 * seed in the same direction, and its median cannot have jumped between two modes (as
 * in judge_count()). first to last is where it left the old level: one night, or
 * several where it crept away. It returns where the new level is within none_pct of
 * that before an earlier step. A night since the last step that lies none_pct or more from
 * its level, or more than one in ten before that step, make the series no exact one:
 * then changepoint_find() decides, whose least change is none_pct. 0 or -ENOMEM.
 */
int changepoint_count(const struct count_series *series, struct changepoint *cp);

#endif
