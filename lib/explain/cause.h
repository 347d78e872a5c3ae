/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The one place in the tree of calls that a change comes from. */
#ifndef DAXMARK_EXPLAIN_CAUSE_H
#define DAXMARK_EXPLAIN_CAUSE_H

#include "explain/tree.h"

/*
 * At or below a node, the deepest one that most of its change (three quarters)
 * goes through: the node itself where its children share the change.
 */
uint32_t cause_of(const struct tree *tree, uint32_t at);

#endif
