/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The one place in the tree of calls that a change comes from. */
#ifndef DAXMARK_EXPLAIN_CAUSE_H
#define DAXMARK_EXPLAIN_CAUSE_H

#include "explain/tree.h"

/*
 * The deepest node that most of the change (three quarters) goes through,
 * counted from the top, each step again of what is left; the tree's root, 0,
 * where already that one's children share it.
 */
uint32_t cause_of(const struct tree *tree);

#endif
