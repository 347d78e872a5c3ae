/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where the instructions went: of two sides' medians, or of one side's slow
 * operations and its median, or of two of its arms.
 *
 * The figure of a side is the median over its boots of their medians. It is
 * explained by the boot that has it (by the two in the middle, half each, when
 * there is an even number), and in that boot by the operations whose count is
 * the median to the instruction; if they did it in several ways, by their mean.
 * So the functions add up to the figure itself, not to one near it.
 */
#ifndef DAXMARK_EXPLAIN_EXPLANATION_H
#define DAXMARK_EXPLAIN_EXPLANATION_H

#include "compare/comparison.h"
#include "explain/tree.h"

/* A function or a subsystem, without what it calls. */
struct explained_part {
	const char *name;
	double count[TREE_SIDES];
};

struct explanation {
	struct cost_name name;
	const char *unit;
	double clock[TREE_SIDES]; /* what the records say */
	double total[TREE_SIDES]; /* what was counted */
	int64_t seed[TREE_SIDES]; /* of the boot, the first where there are two */
	const char *label[TREE_SIDES];
	const char *of;	     /* the side, where both are operations of one; else NULL */
	const char *against; /* base's arm, where two arms of a side are compared; else NULL */
	struct tree tree;
	struct explained_part *functions; /* the largest change first */
	size_t n_functions;
	struct explained_part *subsystems;
	size_t n_subsystems;
};

enum slow_operation { SLOW_P99, SLOW_MAX };

/* "p99", "max" */
const char *slow_operation_name(enum slow_operation slow);

/*
 * Explains a change of metric m. 0 and *explanation, explanation_free() it then;
 * it points into comparison and counts. -ENOMEM, or -EINVAL with a line in
 * error: the counts are not of these boots, or have no operations for it.
 */
int explain_change(const struct comparison *comparison, const struct cost *m,
		   const struct counts *base, const struct counts *new,
		   struct explanation *explanation, char *error, size_t error_size);

/* The same of a slow operation (as new) against the median one (as base) of a side. */
int explain_slow(const struct side *side, const struct counts *counts, const struct cost_name *like,
		 const char *unit, enum slow_operation slow, struct explanation *explanation,
		 char *error, size_t error_size);

/*
 * The same of an arm of a side (new) against another one (base) that it has, such as a
 * file filled in another way.
 */
int explain_arms(const struct side *side, const struct counts *counts, const struct cost_name *base,
		 const struct cost_name *new, const char *unit, struct explanation *explanation,
		 char *error, size_t error_size);

/*
 * Whether what was counted adds up to the change of the clock within one
 * instruction or 0.1%.
 */
bool explanation_adds_up(const struct explanation *explanation);

void explanation_free(struct explanation *explanation);

#endif
