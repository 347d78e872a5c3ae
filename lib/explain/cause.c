// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "explain/cause.h"

#define MOST 0.75

/* More than this part of the change is no part of it: something else makes up for it. */
#define TOO_MUCH 1.25

static bool is_most(double change, double all)
{
	return change >= MOST * all && change <= TOO_MUCH * all;
}

uint32_t cause_of(const struct tree *tree, uint32_t at)
{
	double all = fabs(tree_change(&tree->node[at]));
	uint32_t next = at;

	do {
		at = next;
		for (uint32_t child = tree->node[at].first; child != TREE_NONE && all > 0;
		     child = tree->node[child].next)
			if (is_most(fabs(tree_change(&tree->node[child])), all))
				next = child;
	} while (next != at);
	return at;
}

size_t cause_calls(const struct tree *tree, uint32_t at, uint32_t *called, size_t max)
{
	size_t n = 0;

	for (uint32_t child = tree->node[at].first; child != TREE_NONE;
	     child = tree->node[child].next) {
		double change = fabs(tree_change(&tree->node[child]));
		size_t place = n;

		while (place && fabs(tree_change(&tree->node[called[place - 1]])) < change)
			place--;
		if (change == 0 || place == max)
			continue;
		n += n < max;
		memmove(&called[place + 1], &called[place], (n - place - 1) * sizeof(*called));
		called[place] = child;
	}
	return n;
}

/* Whether the same work moved from call to call, so that none of them tells the change. */
static bool moved(const struct tree *tree, const uint32_t *called, size_t n)
{
	double all = fabs(tree_change(&tree->node[0]));

	for (size_t i = 0; i < n; i++)
		if (fabs(tree_change(&tree->node[called[i]])) > TOO_MUCH * all)
			return true;
	return false;
}

void cause_fill(const struct explanation *e, struct cost *metric)
{
	const struct tree *tree = &e->tree;
	uint32_t called[MADE_OF] = { 0 }, at = tree->n ? cause_of(tree, 0) : 0;
	size_t n = tree->n ? cause_calls(tree, at, called, MADE_OF) : 0;
	bool by_function = n && moved(tree, called, n);

	if (by_function)
		n = e->n_functions < MADE_OF ? e->n_functions : MADE_OF;
	if (!n && at)
		called[n++] = at;
	for (size_t i = 0; i < n; i++) {
		const struct explained_part *part = &e->functions[i];
		const struct tree_node *node = &tree->node[called[i]];

		metric->made_of[i] =
			by_function ? (struct made_of){ part->name, part->count[TREE_NEW] -
									    part->count[TREE_BASE] }
				    : (struct made_of){ node->name, tree_change(node) };
	}
	metric->n_made_of = n;
}
