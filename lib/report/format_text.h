/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The comparison for a terminal: every cost, also what did not change. */
#ifndef DAXMARK_REPORT_FORMAT_TEXT_H
#define DAXMARK_REPORT_FORMAT_TEXT_H

#include "base/text.h"
#include "compare/comparison.h"

/* At most width columns wide. */
void report_table(struct text *text, size_t width, const struct comparison *comparison);

#endif
