/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Explanations of slow operations (explain_slow()) in short. */
#ifndef DAXMARK_EXPLAIN_EXPLAINED_SLOW_H
#define DAXMARK_EXPLAIN_EXPLAINED_SLOW_H

#include "explain/explained.h"

/* A line an operation: how much more it did than the median one, and where. */
void report_explained_slow(struct text *text, const struct explained *explained);

#endif
