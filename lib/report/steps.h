/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the steps of a series changed: each side against the one before it. */
#ifndef DAXMARK_REPORT_STEPS_H
#define DAXMARK_REPORT_STEPS_H

#include "base/text.h"
#include "compare/comparison.h"

/* A cost's change at the step that changed it most, in either direction; NULL when none did. */
const struct change *steps_largest(const struct comparison *comparison, size_t cost);

/* Whether a cost is the same at every step, and on every side as on the first. */
bool steps_stayed(const struct comparison *comparison, size_t cost);

/* One entry a step: what it changed. */
void steps_list(struct text *text, size_t width, const struct comparison *comparison);

#endif
