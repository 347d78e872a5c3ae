// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <math.h>
#include <string.h>

#include "base/array.h"
#include "explain/tree.h"

static int add(struct tree *tree, uint32_t parent, const char *name)
{
	struct tree_node *node;

	if (!room_for(&tree->node, (size_t)tree->n + 1, &tree->room, sizeof(*tree->node)))
		return -ENOMEM;
	node = &tree->node[tree->n];
	*node = (struct tree_node){ .name = name, .parent = parent };
	if (tree->n) {
		struct tree_node *above = &tree->node[parent];

		node->depth = above->depth + 1;
		if (above->first == TREE_NONE)
			above->first = tree->n;
		else
			tree->node[above->last].next = tree->n;
		above->last = tree->n;
	}
	tree->n++;
	return 0;
}

/* The child of that name; *node becomes it. */
static int descend(struct tree *tree, uint32_t *node, const char *name)
{
	uint32_t at = tree->node[*node].first;
	int err;

	while (at != TREE_NONE && strcmp(tree->node[at].name, name) != 0)
		at = tree->node[at].next;
	if (at == TREE_NONE) {
		err = add(tree, *node, name);
		if (err)
			return err;
		at = tree->n - 1;
	}
	*node = at;
	return 0;
}

static int add_part(struct tree *tree, const struct counts_boot *boot,
		    const struct counts_part *part, enum tree_side side, double weight)
{
	const char *path[COUNTS_DEPTH_MAX + 1];
	uint32_t at = part->node, node = 0;
	size_t n = 0;
	int err = 0;

	for (;; at = boot->node[at].parent) {
		path[n++] = boot->name[boot->node[at].name];
		if (!boot->node[at].depth)
			break;
	}
	while (n && !err)
		err = descend(tree, &node, path[--n]);
	if (!err)
		tree->node[node].self[side] += weight * (double)part->count;
	return err;
}

int tree_add(struct tree *tree, const struct counts_boot *boot, const struct counts_way *way,
	     enum tree_side side, double weight)
{
	int err = tree->n ? 0 : add(tree, 0, NULL);

	for (size_t i = 0; i < way->n && !err; i++)
		err = add_part(tree, boot, &boot->part[way->first + i], side, weight);
	return err;
}

double tree_tidy(double count)
{
	double whole = round(count);

	return fabs(count - whole) < 1e-6 ? whole : count;
}

void tree_sum(struct tree *tree)
{
	for (uint32_t i = 0; i < tree->n; i++)
		memcpy(tree->node[i].all, tree->node[i].self, sizeof(tree->node[i].all));
	for (uint32_t i = tree->n; i-- > 1;)
		for (int side = 0; side < TREE_SIDES; side++)
			tree->node[tree->node[i].parent].all[side] += tree->node[i].all[side];
	for (uint32_t i = 0; i < tree->n; i++)
		for (int side = 0; side < TREE_SIDES; side++)
			tree->node[i].all[side] = tree_tidy(tree->node[i].all[side]);
}

void tree_free(struct tree *tree)
{
	free(tree->node);
	memset(tree, 0, sizeof(*tree));
}
