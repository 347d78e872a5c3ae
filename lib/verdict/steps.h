/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * More than two sides in a row, such as each patch of a series in turn: each
 * against the one before it and against the first.
 */
#ifndef DAXMARK_VERDICT_STEPS_H
#define DAXMARK_VERDICT_STEPS_H

#include "verdict/compare.h"

struct steps {
	size_t n_sides;
	/*
	 * n_sides each. before[i] is side i against side i - 1, and first[i] for
	 * i >= 2 against side 0; the others are empty. Read them by steps_before()
	 * and steps_first().
	 */
	struct comparison *before;
	struct comparison *first;
};

/*
 * Compares n >= 2 sides. In time mode Holm's adjustment is over the metrics of
 * all these comparisons, as they are one report. The sides must outlive *steps,
 * which steps_free() releases after a success. 0, or as compare_sides().
 */
int steps_compare(const struct side *const *sides, size_t n, const struct limits *limits,
		  struct steps *steps, char *error, size_t error_size);

void steps_free(struct steps *steps);

/* Side i against the one before it, and against the first; 1 <= i < n_sides. */
const struct comparison *steps_before(const struct steps *steps, size_t i);
const struct comparison *steps_first(const struct steps *steps, size_t i);

/*
 * The steps that brought a change of this metric: list, with room for n_sides,
 * gets in order each i at which it is better or worse than on side i - 1. Returns
 * how many.
 */
size_t steps_that_changed(const struct steps *steps, const struct metric_change *metric,
			  size_t *list);

#endif
