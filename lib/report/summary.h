/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a comparison says. */
#ifndef DAXMARK_REPORT_SUMMARY_H
#define DAXMARK_REPORT_SUMMARY_H

#include <stdbool.h>

#include "base/text.h"
#include "compare/compare.h"

/*
 * Adds a sentence that can be quoted, and where something changed a second one
 * that says how much else did, as lines of at most width columns.
 */
void report_summary(struct text *text, size_t width, const struct comparison *comparison);

/* The same sentences on one line, without its end. */
void summary_words(struct text *words, const struct comparison *comparison);

/* Whether the first sentence tells of this metric. */
bool summary_leads(const struct comparison *comparison, const struct metric_change *metric);

#endif
