// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>

#include "explain/cause.h"

#define MOST 0.75

uint32_t cause_of(const struct tree *tree)
{
	uint32_t at = 0, next = tree->n ? 0 : TREE_NONE;
	double all = tree->n ? fabs(tree_change(&tree->node[0])) : 0;

	do {
		at = next;
		for (uint32_t child = tree->n ? tree->node[at].first : TREE_NONE;
		     child != TREE_NONE; child = tree->node[child].next)
			if (fabs(tree_change(&tree->node[child])) >= MOST * all && all > 0)
				next = child;
	} while (next != at);
	return at;
}
