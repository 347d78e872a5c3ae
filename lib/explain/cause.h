/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The one place in the tree of calls that a change comes from. */
#ifndef DAXMARK_EXPLAIN_CAUSE_H
#define DAXMARK_EXPLAIN_CAUSE_H

#include "explain/explanation.h"

/*
 * At or below a node, the deepest one that most of its change (three quarters)
 * goes through: the node itself where its children share the change.
 */
uint32_t cause_of(const struct tree *tree, uint32_t at);

/*
 * The calls of a place that changed most, the largest first: at most max of
 * them into called. Returns how many there are.
 */
size_t cause_calls(const struct tree *tree, uint32_t at, uint32_t *called, size_t max);

/*
 * Fills in what a change is made of: the largest calls at its cause, which is
 * named itself where it calls nothing that changed. Where work moved from one
 * call to another, so that they change by more than the whole, it is the
 * functions by themselves, wherever they are called.
 */
void cause_fill(const struct explanation *explanation, struct cost *metric);

#endif
