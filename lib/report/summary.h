/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a comparison says. */
#ifndef DAXMARK_REPORT_SUMMARY_H
#define DAXMARK_REPORT_SUMMARY_H

#include <stdbool.h>

#include "base/text.h"
#include "compare/comparison.h"

/*
 * Adds a sentence that can be quoted, the last side against the first, and where something
 * changed a second one that says how much else did; of a series also which steps did. As
 * lines of at most width columns.
 */
void report_summary(struct text *text, size_t width, const struct comparison *comparison);

#endif
