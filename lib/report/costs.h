/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Costs as a reviewer needs them: what changed, with its controls, the first
 * write before all else; and how much did not change.
 */
#ifndef DAXMARK_REPORT_COSTS_H
#define DAXMARK_REPORT_COSTS_H

#include "base/text.h"
#include "compare/compare.h"

void report_costs(struct text *text, size_t width, const struct comparison *comparison);

#endif
