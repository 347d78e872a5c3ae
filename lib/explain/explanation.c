// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "explain/explanation.h"
#include "explain/median_operation.h"
#include "explain/subsystem.h"

static double change(const struct explained_part *part)
{
	return part->count[TREE_NEW] - part->count[TREE_BASE];
}

static int by_change(const void *a, const void *b)
{
	const struct explained_part *x = a, *y = b;
	double i = fabs(change(x)), j = fabs(change(y));

	if (i != j)
		return i > j ? -1 : 1;
	if (x->count[TREE_NEW] != y->count[TREE_NEW])
		return x->count[TREE_NEW] > y->count[TREE_NEW] ? -1 : 1;
	return strcmp(x->name, y->name);
}

static int by_name(const void *a, const void *b)
{
	const struct explained_part *x = a, *y = b;

	return strcmp(x->name, y->name);
}

/* Adds those of one name up, and puts the largest change first. */
static size_t merge(struct explained_part *part, size_t n)
{
	size_t kept = 0;

	qsort(part, n, sizeof(*part), by_name);
	for (size_t i = 0; i < n; i++) {
		if (!kept || strcmp(part[i].name, part[kept - 1].name) != 0) {
			part[kept++] = part[i];
			continue;
		}
		for (int side = 0; side < TREE_SIDES; side++)
			part[kept - 1].count[side] += part[i].count[side];
	}
	for (size_t i = 0; i < kept; i++)
		for (int side = 0; side < TREE_SIDES; side++)
			part[i].count[side] = tree_tidy(part[i].count[side]);
	qsort(part, kept, sizeof(*part), by_change);
	return kept;
}

static int flatten(struct explanation *e)
{
	const struct tree *tree = &e->tree;
	size_t n = tree->n;

	e->functions = calloc(n + 1, sizeof(*e->functions));
	e->subsystems = calloc(n + 1, sizeof(*e->subsystems));
	if (!e->functions || !e->subsystems)
		return -ENOMEM;
	for (uint32_t i = 1; i < tree->n; i++) {
		const struct tree_node *node = &tree->node[i];
		struct explained_part part = { .name = node->name };

		if (node->self[TREE_BASE] == 0 && node->self[TREE_NEW] == 0)
			continue;
		memcpy(part.count, node->self, sizeof(part.count));
		e->functions[e->n_functions++] = part;
		part.name = subsystem_of(node->name);
		e->subsystems[e->n_subsystems++] = part;
	}
	e->n_functions = merge(e->functions, e->n_functions);
	e->n_subsystems = merge(e->subsystems, e->n_subsystems);
	return 0;
}

/* The tree is filled: the rest follows from it. */
static int finish(struct explanation *e, int err)
{
	if (!err) {
		tree_sum(&e->tree);
		for (int side = 0; side < TREE_SIDES && e->tree.n; side++)
			e->total[side] = e->tree.node[0].all[side];
		err = flatten(e);
	}
	if (err)
		explanation_free(e);
	return err;
}

/* The medians of two metrics, each of its side. */
static int explain_medians(const struct side *const side[TREE_SIDES],
			   const struct counts *const counts[TREE_SIDES],
			   const struct cost_name *const like[TREE_SIDES], struct explanation *e,
			   char *error, size_t error_size)
{
	int err = 0;

	for (int s = 0; s < TREE_SIDES && !err; s++)
		err = median_operation(side[s], counts[s], like[s], &e->tree, (enum tree_side)s,
				       &e->seed[s], &e->clock[s], error, error_size);
	return finish(e, err);
}

int explain_change(const struct comparison *c, const struct cost *m, const struct counts *base,
		   const struct counts *new, struct explanation *e, char *error, size_t error_size)
{
	const struct side *const side[] = { c->side[0], comparison_last(c) };
	const struct counts *const counts[] = { base, new };
	const struct cost_name *const like[] = { &e->name, &e->name };
	int err;

	memset(e, 0, sizeof(*e));
	e->name = m->name;
	e->unit = m->unit;
	e->label[TREE_BASE] = c->side[0]->label;
	e->label[TREE_NEW] = comparison_last(c)->label;
	err = explain_medians(side, counts, like, e, error, error_size);
	if (err)
		return err;
	/* what the comparison printed has to be explained, not what should be the same */
	e->clock[TREE_BASE] = cost_change(m)->median.base;
	e->clock[TREE_NEW] = cost_change(m)->median.other;
	return 0;
}

/* "2m" of "cold+2m" beside "cold+4k", the whole name beside that of another arm. */
static const char *what_differs(const struct cost_name *a, const struct cost_name *b)
{
	return *a->fill && *b->fill && !strcmp(a->base_arm, b->base_arm) ? a->fill : a->arm;
}

int explain_arms(const struct side *side, const struct counts *counts, const struct cost_name *base,
		 const struct cost_name *new, const char *unit, struct explanation *e, char *error,
		 size_t error_size)
{
	const struct side *const sides[] = { side, side };
	const struct counts *const both[] = { counts, counts };
	const struct cost_name *const like[] = { base, new };

	memset(e, 0, sizeof(*e));
	e->name = *new;
	e->unit = unit;
	e->label[TREE_BASE] = what_differs(base, new);
	e->label[TREE_NEW] = what_differs(new, base);
	e->of = side->label;
	e->against = base->arm;
	return explain_medians(sides, both, like, e, error, error_size);
}

const char *slow_operation_name(enum slow_operation slow)
{
	return slow == SLOW_P99 ? "p99" : "max";
}

int explain_slow(const struct side *side, const struct counts *counts, const struct cost_name *like,
		 const char *unit, enum slow_operation slow, struct explanation *e, char *error,
		 size_t error_size)
{
	int err;

	memset(e, 0, sizeof(*e));
	e->name = *like;
	e->unit = unit;
	e->label[TREE_BASE] = "median";
	e->label[TREE_NEW] = slow_operation_name(slow);
	e->of = side->label;
	err = slow_operation(side, counts, like, slow, &e->tree, e->clock, &e->seed[TREE_BASE],
			     error, error_size);
	e->seed[TREE_NEW] = e->seed[TREE_BASE];
	return finish(e, err);
}

bool explanation_adds_up(const struct explanation *e)
{
	double clock = e->clock[TREE_NEW] - e->clock[TREE_BASE];
	double counted = e->total[TREE_NEW] - e->total[TREE_BASE];

	return fabs(clock - counted) <= fmax(1, fabs(clock) / 1000);
}

void explanation_free(struct explanation *e)
{
	tree_free(&e->tree);
	free(e->functions);
	free(e->subsystems);
	memset(e, 0, sizeof(*e));
}
