/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * More than two sides in a row, such as each patch of a series in turn: each
 * against the one before it and against the first. Side i, from 1 on, is step
 * i: what it has and the one before it has not.
 */
#ifndef DAXMARK_COMPARE_STEPS_H
#define DAXMARK_COMPARE_STEPS_H

#include "compare/compare.h"

/* A side that gave no results and is not among those compared. */
struct step_failure {
	const char *label;
	const char *subject; /* "" when not said */
	const char *reason;
	/* the side that comes next, which then is a step over both; n_sides when none does */
	size_t before;
};

struct steps {
	size_t n_sides;
	/*
	 * n_sides each. before[i] is side i against side i - 1, and first[i] for
	 * i >= 2 against side 0; the others are empty. Read them by steps_before()
	 * and steps_first().
	 */
	struct comparison *before;
	struct comparison *first;
	/*
	 * Every metric and check that any of these comparisons has, the last side
	 * against the first; inconclusive where one of the two lacks the metric.
	 * A metric or a check below is a place in these arrays. Nothing is left out.
	 */
	struct comparison all;
	/* For steps_metric_before() and steps_metric_first(). */
	const struct metric_change **cells;
	/* For the reader, in their order; the caller's own, nothing here looks at them. */
	const struct step_failure *failures;
	size_t n_failures;
};

/*
 * Compares n >= 2 sides. In time mode Holm's adjustment is over the metrics of
 * all these comparisons, as they are one report. The sides must outlive *steps,
 * which steps_free() releases after a success. 0, or as compare_sides().
 */
int steps_compare(const struct side *const *sides, size_t n, const struct limits *limits,
		  struct steps *steps, char *error, size_t error_size);

void steps_free(struct steps *steps);

const struct side *steps_side(const struct steps *steps, size_t i);

/* The places of side i and of failure number k in the row as it was given, from 0. */
size_t steps_place(const struct steps *steps, size_t i);
size_t steps_failure_place(const struct steps *steps, size_t k);

/* Side i against the one before it, and against the first; 1 <= i < n_sides. */
const struct comparison *steps_before(const struct steps *steps, size_t i);
const struct comparison *steps_first(const struct steps *steps, size_t i);

/* The same of one metric; NULL where one of the two sides lacks it. */
const struct metric_change *steps_metric_before(const struct steps *steps, size_t metric, size_t i);
const struct metric_change *steps_metric_first(const struct steps *steps, size_t metric, size_t i);

/* What the metric is on side i, 0 <= i < n_sides; NAN where no comparison has it. */
double steps_figure(const struct steps *steps, size_t metric, size_t i);

/* The p99 of a time there; NAN of a count, too. */
double steps_p99(const struct steps *steps, size_t metric, size_t i);

/* Its median there, and its page faults an operation, whichever figure leads. */
double steps_median(const struct steps *steps, size_t metric, size_t i);
double steps_faults(const struct steps *steps, size_t metric, size_t i);

/* A check on side i; what was not tried there is skipped. */
struct check_seen {
	enum check_verdict verdict;
	const char *evidence;
};

struct check_seen steps_check(const struct steps *steps, size_t check, size_t i);

/*
 * The steps up to number last that brought a change of this metric or check:
 * list, with room for last, gets in order each i at which it is better or worse
 * than on side i - 1, or has another verdict. Returns how many.
 */
size_t steps_of_metric(const struct steps *steps, size_t metric, size_t last, size_t *list);
size_t steps_of_check(const struct steps *steps, size_t check, size_t last, size_t *list);

/* Whether a promise that was kept before is broken by step i, or a cost or its p99 is worse. */
bool steps_regress(const struct steps *steps, size_t i);

#endif
