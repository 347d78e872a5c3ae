/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Explanations as text, JSON, folded stacks and a flame graph. */
#ifndef DAXMARK_EXPLAIN_EXPLAINED_H
#define DAXMARK_EXPLAIN_EXPLAINED_H

#include "base/text.h"
#include "explain/explanation.h"

struct explained {
	const struct explanation *list;
	size_t n;
	size_t rows;	      /* functions to name in a table; the others are summed */
	bool calls;	      /* the tree of calls, too */
	const char *function; /* who calls this one, in place of the tables; or NULL */
};

/* Tables of at most 72 columns. */
void report_explained(struct text *text, const struct explained *explained);

/*
 * {"explanations": [{"bench", "arm", "metric", "fs", "access", "unit", "side",
 *   "base_label", "new_label", "base", "new", "change", "counted_base",
 *   "counted_new", "adds_up", "base_seed", "new_seed",
 *   "functions": [{"name", "base", "new", "change"}], "subsystems": [the same],
 *   "stacks": [{"stack": ["(program)", ...], "base", "new"}]}]}
 *
 * "base" and "new" of an explanation are what the comparison says. "side" is null,
 * or the side whose slow operation is explained.
 */
void report_explained_json(struct text *text, const struct explained *explained);

/* "a;b;c BASE NEW" a line: folded stacks, as difference flame graphs are made of. */
void report_explained_folded(struct text *text, const struct explained *explained);

/* Of the first alone: a difference flame graph that needs nothing else. */
void report_explained_svg(struct text *text, const struct explained *explained);

#endif
