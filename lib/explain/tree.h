/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The calls of two sides in one tree: what each executed at each place. */
#ifndef DAXMARK_EXPLAIN_TREE_H
#define DAXMARK_EXPLAIN_TREE_H

#include "explain/counts.h"

enum tree_side { TREE_BASE, TREE_NEW, TREE_SIDES };

#define TREE_NONE 0 /* no child, no sibling: the root is neither */

struct tree_node {
	const char *name; /* of the counts it was added from; NULL of the root */
	uint32_t parent, first, last, next;
	uint32_t depth;
	double self[TREE_SIDES]; /* executed here */
	double all[TREE_SIDES];	 /* and below, from tree_sum() */
};

/* node[0] is the root of all; a parent stands before its children. */
struct tree {
	struct tree_node *node;
	uint32_t n;
	size_t room;
};

/* Adds weight times a way of the boot. 0 or -ENOMEM. */
int tree_add(struct tree *tree, const struct counts_boot *boot, const struct counts_way *way,
	     enum tree_side side, double weight);

/* Fills in what is executed at or below each place. */
void tree_sum(struct tree *tree);

/* Whole where only the parts of a mean, added up again, keep it from that. */
double tree_tidy(double count);

/* More on the new side than on base, at that place and below. */
static inline double tree_change(const struct tree_node *node)
{
	return node->all[TREE_NEW] - node->all[TREE_BASE];
}

void tree_free(struct tree *tree);

#endif
