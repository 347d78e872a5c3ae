// SPDX-License-Identifier: GPL-2.0-or-later
/* What slow operations did that the median one did not, in a line each. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "explain/cause.h"
#include "report/explained_slow.h"
#include "report/labels.h"

#define WIDTH 72

/* So many functions are named of a change that no single call makes. */
#define NAMED 3

static bool same_metric(const struct explanation *a, const struct explanation *b)
{
	return !strcmp(a->of, b->of) && !strcmp(a->sample.bench, b->sample.bench) &&
	       !strcmp(a->sample.arm, b->sample.arm) &&
	       !strcmp(a->sample.metric, b->sample.metric) && !strcmp(a->sample.fs, b->sample.fs) &&
	       !strcmp(a->sample.access, b->sample.access);
}

static void signed_text(struct text *text, double number)
{
	char buffer[LABEL_SIZE];

	text_add(text, "%s%s", number > 0 ? "+" : "", label_number(number, buffer));
}

/* The largest changes below a place that share it. */
static void name_children(struct text *text, const struct tree *tree, uint32_t at)
{
	uint32_t named[NAMED] = { 0 };

	for (uint32_t child = tree->node[at].first; child != TREE_NONE;
	     child = tree->node[child].next) {
		uint32_t in = child;

		for (size_t i = 0; i < NAMED; i++) {
			uint32_t out = named[i];

			if (out && fabs(tree_change(&tree->node[out])) >=
					   fabs(tree_change(&tree->node[in])))
				continue;
			named[i] = in;
			in = out;
			if (!in)
				break;
		}
	}
	for (size_t i = 0; i < NAMED && named[i]; i++) {
		double change = tree_change(&tree->node[named[i]]);

		if (change == 0)
			return;
		text_add(text, "%s%s ", i ? ", " : at ? ": " : "", tree->node[named[i]].name);
		signed_text(text, change);
	}
}

static void name_cause(struct text *text, const struct explanation *e)
{
	uint32_t at = cause_of(&e->tree);
	const struct tree_node *node = &e->tree.node[at];

	if (at) {
		/* whose work it is, where it is not the program's */
		uint32_t top = at;

		while (e->tree.node[top].parent)
			top = e->tree.node[top].parent;
		if (top != at && strcmp(e->tree.node[top].name, "(program)") != 0)
			text_add(text, "%s ", e->tree.node[top].name);
		text_add(text, "%s ", node->name);
		signed_text(text, tree_change(node));
	}
	name_children(text, &e->tree, at);
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
		name_cause(&words, e);
	}
	if (waited > 0)
		text_add(&words, "; waited for %s", label_number(waited, value));
	if (words.data)
		text_wrap(text, WIDTH, first, 20, words.data);
	if (text_error(&words))
		text->err = text_error(&words);
	text_free(&words);
}

void report_explained_slow(struct text *text, const struct explained *x)
{
	for (size_t i = 0; i < x->n; i++) {
		const struct explanation *e = &x->list[i];
		char room[LABEL_SIZE], median[LABEL_SIZE];
		const char *target;

		if (!i || !same_metric(e, &x->list[i - 1])) {
			target = label_target(e->sample.fs, e->sample.access, room);
			text_add(text, "%s %s %s%s%s, \"%s\": median %s\n", e->sample.bench,
				 e->sample.arm, e->sample.metric, *target ? " on " : "", target,
				 e->of, label_number(e->clock[TREE_BASE], median));
		}
		line(text, e);
	}
}
