/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reports on more than two sides in a row: what each step brought. */
#ifndef DAXMARK_REPORT_STEPS_TEXT_H
#define DAXMARK_REPORT_STEPS_TEXT_H

#include "base/text.h"
#include "compare/steps.h"

/* For a terminal: every metric on every side, at most width columns wide. */
void report_steps_table(struct text *text, size_t width, const struct steps *steps);

/* For a mail, as report_lkml() is: what changed at some step. */
void report_steps_lkml(struct text *text, const struct steps *steps);

/* As report_mmtests(), a column a side; then what each step brought. */
void report_steps_mmtests(struct text *text, const struct steps *steps);

/*
 * For programs, as report_json() is: "row" in docs/compare.schema.json. It holds
 * what report_json() writes of each side against the one before and the first.
 */
void report_steps_json(struct text *text, const struct steps *steps);

/* The checks of the last side, what changed since the first beside them: report_ktap(). */
void report_steps_ktap(struct text *text, const struct steps *steps);

#endif
