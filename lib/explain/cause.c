// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>

#include "explain/cause.h"

#define MOST 0.75

uint32_t cause_of(const struct tree *tree, uint32_t at)
{
	double most = MOST * fabs(tree_change(&tree->node[at]));
	uint32_t next = at;

	do {
		at = next;
		for (uint32_t child = tree->node[at].first; child != TREE_NONE && most > 0;
		     child = tree->node[child].next)
			if (fabs(tree_change(&tree->node[child])) >= most)
				next = child;
	} while (next != at);
	return at;
}
