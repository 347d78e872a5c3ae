// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/grid.h"
#include "explain/explained.h"
#include "report/labels.h"

#define WIDTH 72

/* Of the calls, only what is this part of the change or more. */
#define CALLS_SHARE	 0.02

#define CALLS_INDENT_MAX 36

static double change_of(const double count[TREE_SIDES])
{
	return count[TREE_NEW] - count[TREE_BASE];
}

static const char *signed_number(double number, char *buffer)
{
	if (number > 0)
		*buffer = '+';
	label_number(number, buffer + (number > 0));
	return buffer;
}

static void row(struct grid *grid, const double count[TREE_SIDES], const char *name)
{
	char buffer[LABEL_SIZE];

	grid_row(grid);
	grid_cell(grid, 0, "%s", name);
	grid_cell(grid, 1, "%s", label_number(count[TREE_BASE], buffer));
	grid_cell(grid, 2, "%s", label_number(count[TREE_NEW], buffer));
	grid_cell(grid, 3, "%s", signed_number(change_of(count), buffer));
}

static void head(struct grid *grid, const struct explanation *e, const char *name)
{
	grid_row(grid);
	grid_cell(grid, 0, "%s", name);
	grid_cell(grid, 1, "%s", e->label[TREE_BASE]);
	grid_cell(grid, 2, "%s", e->label[TREE_NEW]);
	grid_cell(grid, 3, "change");
}

static void add_to(double sum[TREE_SIDES], const double count[TREE_SIDES])
{
	for (int side = 0; side < TREE_SIDES; side++)
		sum[side] += count[side];
}

/* The largest changes by name, the others and what did not change as sums. */
static void table(struct text *text, const struct explanation *e, const char *what,
		  const struct explained_part *part, size_t n, size_t rows)
{
	struct grid grid = { .align = "lrrr" };
	double others[TREE_SIDES] = { 0 }, same[TREE_SIDES] = { 0 };
	size_t n_others = 0, n_same = 0;
	char name[LABEL_SIZE];

	head(&grid, e, what);
	for (size_t i = 0; i < n; i++) {
		bool changed = change_of(part[i].count) != 0;

		if (changed && i < rows) {
			snprintf(name, sizeof(name), "%.40s", part[i].name);
			row(&grid, part[i].count, name);
			continue;
		}
		n_others += changed;
		n_same += !changed;
		add_to(changed ? others : same, part[i].count);
	}
	if (n_others) {
		snprintf(name, sizeof(name), "(%zu others)", n_others);
		row(&grid, others, name);
	}
	if (n_same) {
		snprintf(name, sizeof(name), "(%zu that did not change)", n_same);
		row(&grid, same, name);
	}
	row(&grid, e->total, "total");
	grid_print(&grid, text, WIDTH);
}

static void heading(struct text *text, const struct explanation *e)
{
	const struct cost_name *s = &e->name;
	char base[LABEL_SIZE], new[LABEL_SIZE], change[LABEL_SIZE], room[LABEL_SIZE], words[1024];
	const char *target;

	target = label_target(s->fs, s->access, room);
	label_number(e->clock[TREE_BASE], base);
	label_number(e->clock[TREE_NEW], new);
	signed_number(change_of(e->clock), change);
	if (e->against)
		snprintf(words, sizeof(words), "%s %s%s%s, \"%s\": %s %s to %s %s %s, %s", s->bench,
			 s->metric, *target ? " on " : "", target, e->of, e->against, base, s->arm,
			 new, e->unit, change);
	else if (e->of)
		snprintf(words, sizeof(words), "%s %s %s%s%s, \"%s\": %s %s, median %s, %s",
			 s->bench, s->arm, s->metric, *target ? " on " : "", target, e->of,
			 e->label[TREE_NEW], new, base, change);
	else
		snprintf(words, sizeof(words), "%s %s %s%s%s: %s to %s %s, %s", s->bench, s->arm,
			 s->metric, *target ? " on " : "", target, base, new, e->unit, change);
	text_wrap(text, WIDTH, "", 2, words);
}

/* What was counted is what the clock said, or how far off it is. */
static void sum(struct text *text, const struct explanation *e)
{
	char clock[LABEL_SIZE], counted[LABEL_SIZE], words[512];
	double by_clock = change_of(e->clock), by_count = change_of(e->total);

	if (by_clock == by_count)
		return;
	snprintf(words, sizeof(words), "%s: the functions add up to %s, the clock says %s.%s",
		 explanation_adds_up(e) ? "Within 0.1%" : "NOT EXPLAINED TO THE END",
		 signed_number(by_count, counted), signed_number(by_clock, clock),
		 e->of && !e->against ? " While an operation waits, its clock goes on." : "");
	text_wrap(text, WIDTH, "  ", 2, words);
}

static void call(struct text *text, const struct tree *tree, uint32_t at, double least)
{
	const struct tree_node *node = &tree->node[at];
	char change[LABEL_SIZE];
	int indent = 2 * ((int)node->depth - 1);

	if (fabs(tree_change(node)) < least)
		return;
	if (indent > CALLS_INDENT_MAX)
		indent = CALLS_INDENT_MAX;
	text_add(text, "  %8s  %*s%.*s\n", signed_number(tree_change(node), change), indent, "",
		 WIDTH - 12 - indent, node->name);
}

/* A parent stands before its children in memory, but not right before them. */
static void calls_below(struct text *text, const struct tree *tree, uint32_t at, double least)
{
	for (uint32_t child = tree->node[at].first; child != TREE_NONE;
	     child = tree->node[child].next) {
		call(text, tree, child, least);
		calls_below(text, tree, child, least);
	}
}

static void calls(struct text *text, const struct explanation *e)
{
	double all = 0;

	for (size_t i = 0; i < e->n_functions; i++)
		all += fabs(change_of(e->functions[i].count));
	text_add(text, "\n  Calls, each with what it calls (changes of %g%% or more)\n",
		 CALLS_SHARE * 100);
	if (e->tree.n)
		calls_below(text, &e->tree, 0, fmax(all * CALLS_SHARE, 1));
}

/* The function wherever it was called, by its caller. */
static void callers(struct text *text, const struct explanation *e, const char *function)
{
	struct grid grid = { .align = "lrrr" };
	double all[TREE_SIDES] = { 0 };

	head(&grid, e, "called by");
	for (uint32_t i = 1; i < e->tree.n; i++) {
		const struct tree_node *node = &e->tree.node[i];

		if (strcmp(node->name, function) != 0 || (!node->self[0] && !node->self[1]))
			continue;
		row(&grid, node->self, node->parent ? e->tree.node[node->parent].name : "-");
		add_to(all, node->self);
	}
	row(&grid, all, function);
	grid_print(&grid, text, WIDTH);
}

void report_explained(struct text *text, const struct explained *x)
{
	if (!x->n)
		text_add(text,
			 "No metric that its median leads changed: there is nothing to explain.\n");
	for (size_t i = 0; i < x->n; i++) {
		const struct explanation *e = &x->list[i];

		if (i)
			text_add(text, "\n");
		heading(text, e);
		if (x->function) {
			callers(text, e, x->function);
			continue;
		}
		table(text, e, "function", e->functions, e->n_functions, x->rows);
		sum(text, e);
		text_add(text, "\n");
		table(text, e, "part of the kernel", e->subsystems, e->n_subsystems, SIZE_MAX);
		if (x->calls)
			calls(text, e);
	}
}
