// SPDX-License-Identifier: GPL-2.0-or-later
/* Explanations for programs. */
#include <jansson.h>

#include "explain/explained.h"
#include "report/json_parts.h"
#include "report/json_side.h"

static json_t *parts(const struct explained_part *part, size_t n)
{
	json_t *array = json_array();

	for (size_t i = 0; i < n; i++)
		json_array_append_new(
			array,
			json_pack("{s:s, s:o, s:o, s:o}", "name", part[i].name, "base",
				  json_number(part[i].count[TREE_BASE]), "new",
				  json_number(part[i].count[TREE_NEW]), "change",
				  json_number(part[i].count[TREE_NEW] - part[i].count[TREE_BASE])));
	return array;
}

/* The names from the root down to a place; returns how many. */
static size_t path_of(const struct tree *tree, uint32_t at, const char *path[COUNTS_DEPTH_MAX + 1])
{
	size_t n = tree->node[at].depth;

	for (size_t i = n; i--; at = tree->node[at].parent)
		path[i] = tree->node[at].name;
	return n;
}

static bool executed(const struct tree_node *node)
{
	return node->self[TREE_BASE] != 0 || node->self[TREE_NEW] != 0;
}

static json_t *stacks(const struct tree *tree)
{
	const char *path[COUNTS_DEPTH_MAX + 1];
	json_t *array = json_array();

	for (uint32_t i = 1; i < tree->n; i++) {
		const struct tree_node *node = &tree->node[i];
		json_t *stack;
		size_t n;

		if (!executed(node))
			continue;
		stack = json_array();
		n = path_of(tree, i, path);
		for (size_t j = 0; j < n; j++)
			json_array_append_new(stack, json_string(path[j]));
		json_array_append_new(array, json_pack("{s:o, s:o, s:o}", "stack", stack, "base",
						       json_number(node->self[TREE_BASE]), "new",
						       json_number(node->self[TREE_NEW])));
	}
	return array;
}

static json_t *object_of(const struct explanation *e)
{
	const struct cost_name *s = &e->name;

	return json_pack(
		"{s:s, s:s, s:s, s:s, s:s, s:s, s:s?, s:s?, s:s, s:s, s:o, s:o, s:o, s:o, s:o,"
		" s:b, s:I, s:I, s:o, s:o, s:o}",
		"bench", s->bench, "arm", s->arm, "metric", s->metric, "fs", s->fs, "access",
		s->access, "unit", e->unit, "side", e->of, "against", e->against, "base_label",
		e->label[TREE_BASE], "new_label", e->label[TREE_NEW], "base",
		json_number(e->clock[TREE_BASE]), "new", json_number(e->clock[TREE_NEW]), "change",
		json_number(e->clock[TREE_NEW] - e->clock[TREE_BASE]), "counted_base",
		json_number(e->total[TREE_BASE]), "counted_new", json_number(e->total[TREE_NEW]),
		"adds_up", explanation_adds_up(e), "base_seed", (json_int_t)e->seed[TREE_BASE],
		"new_seed", (json_int_t)e->seed[TREE_NEW], "functions",
		parts(e->functions, e->n_functions), "subsystems",
		parts(e->subsystems, e->n_subsystems), "stacks", stacks(&e->tree));
}

void report_explained_json(struct text *text, const struct explained *x)
{
	json_t *list = json_array();

	for (size_t i = 0; i < x->n; i++)
		json_array_append_new(list, object_of(&x->list[i]));
	json_add(text, json_pack("{s:o}", "explanations", list));
}

void report_explained_folded(struct text *text, const struct explained *x)
{
	const char *path[COUNTS_DEPTH_MAX + 1];
	const struct tree *tree = x->n ? &x->list[0].tree : NULL;

	for (uint32_t i = 1; tree && i < tree->n; i++) {
		const struct tree_node *node = &tree->node[i];
		size_t n;

		if (!executed(node))
			continue;
		n = path_of(tree, i, path);
		for (size_t j = 0; j < n; j++)
			text_add(text, "%s%s", j ? ";" : "", path[j]);
		text_add(text, " %.12g %.12g\n", node->self[TREE_BASE], node->self[TREE_NEW]);
	}
}
