// SPDX-License-Identifier: GPL-2.0-or-later
/* What slow operations did that the median one did not, in a line each. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "explain/cause.h"
#include "explain/explained_slow.h"
#include "report/labels.h"

#define WIDTH 72

/* So many functions are named of a change that no single call makes. */
#define NAMED 3

/* A root with less of the change is left out. */
#define ROOT_SHARE 0.05

static bool same_metric(const struct explanation *a, const struct explanation *b)
{
	return !strcmp(a->of, b->of) && cost_same(&a->name, &b->name);
}

static void signed_text(struct text *text, double number)
{
	char buffer[LABEL_SIZE];

	text_add(text, "%s%s", number > 0 ? "+" : "", label_number(number, buffer));
}

static void name_place(struct text *text, const struct tree *tree, uint32_t at)
{
	text_add(text, "%s ", tree->node[at].name);
	signed_text(text, tree_change(&tree->node[at]));
}

/* Where the change of one root comes from, and what shares it there. */
static void name_cause(struct text *text, const struct tree *tree, uint32_t root)
{
	uint32_t at = cause_of(tree, root), named[NAMED];
	size_t n = cause_calls(tree, at, named, NAMED);

	/* whose work it is, where it is not the program's */
	if (at != root && strcmp(tree->node[root].name, "(program)") != 0)
		text_add(text, "%s ", tree->node[root].name);
	name_place(text, tree, at);
	for (size_t i = 0; i < n; i++) {
		text_add(text, i ? ", " : " (");
		name_place(text, tree, named[i]);
	}
	if (n)
		text_add(text, ")");
}

static void name_causes(struct text *text, const struct tree *tree)
{
	double all = fabs(tree_change(&tree->node[0]));
	uint32_t root[NAMED];
	size_t n = cause_calls(tree, 0, root, NAMED);

	for (size_t i = 0; i < n; i++) {
		if (i && fabs(tree_change(&tree->node[root[i]])) < ROOT_SHARE * all)
			return;
		text_add(text, "%s", i ? "; " : "");
		name_cause(text, tree, root[i]);
	}
}

static void line(struct text *text, const struct explanation *e)
{
	struct text words = { 0 };
	char first[LABEL_SIZE], value[LABEL_SIZE];
	double waited = e->clock[TREE_NEW] - e->total[TREE_NEW];

	snprintf(first, sizeof(first), "    %-4s %9s  ", e->label[TREE_NEW],
		 label_number(e->clock[TREE_NEW], value));
	if (e->total[TREE_NEW] == e->total[TREE_BASE]) {
		text_add(&words, "as the median");
	} else {
		signed_text(&words, e->total[TREE_NEW] - e->total[TREE_BASE]);
		text_add(&words, ": ");
		name_causes(&words, &e->tree);
	}
	if (waited > 0)
		text_add(&words, "; waited for %s", label_number(waited, value));
	text_wrap_built(text, WIDTH, first, 20, &words);
}

void report_explained_slow(struct text *text, const struct explained *x)
{
	for (size_t i = 0; i < x->n; i++) {
		const struct explanation *e = &x->list[i];
		char room[LABEL_SIZE], median[LABEL_SIZE];
		const char *target;

		if (!i || !same_metric(e, &x->list[i - 1])) {
			target = label_target(e->name.fs, e->name.access, room);
			text_add(text, "%s %s %s%s%s, \"%s\": median %s\n", e->name.bench,
				 e->name.arm, e->name.metric, *target ? " on " : "", target, e->of,
				 label_number(e->clock[TREE_BASE], median));
		}
		line(text, e);
	}
}
