/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The operations that stand for a figure: the middle of explanation.h. */
#ifndef DAXMARK_EXPLAIN_MEDIAN_OPERATION_H
#define DAXMARK_EXPLAIN_MEDIAN_OPERATION_H

#include "explain/explanation.h"

/*
 * Adds to a side of the tree what the median operation of the metric executed,
 * in the boot or boots that have the side's figure; *seed becomes that of the
 * first, *clock the figure. 0, -ENOMEM, or -EINVAL and error.
 */
int median_operation(const struct side *side, const struct counts *counts,
		     const struct cost_name *like, struct tree *tree, enum tree_side tree_side,
		     int64_t *seed, double *clock, char *error, size_t error_size);

/*
 * The median operation as base and a slow one as new, of the boot that has the
 * side's figure; clock becomes what its record says of both.
 */
int slow_operation(const struct side *side, const struct counts *counts,
		   const struct cost_name *like, enum slow_operation slow, struct tree *tree,
		   double clock[TREE_SIDES], int64_t *seed, char *error, size_t error_size);

#endif
