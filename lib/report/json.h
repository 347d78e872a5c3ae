/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * compare.json, the comparison for programs, and show.json, what was measured on
 * one side. docs/compare.schema.json says what each field
 * means; what this writes and that must stay together (tests/host/schema.sh).
 *
 * Whole numbers are written as such and exactly. A percentage of 0, and what was
 * not recorded, is null.
 */
#ifndef DAXMARK_REPORT_JSON_H
#define DAXMARK_REPORT_JSON_H

#include "base/text.h"
#include "compare/comparison.h"

void report_json(struct text *text, const struct comparison *comparison);

#endif
