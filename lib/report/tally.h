/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How many costs got which verdict, and where none of them changed. */
#ifndef DAXMARK_REPORT_TALLY_H
#define DAXMARK_REPORT_TALLY_H

#include "base/text.h"
#include "compare/comparison.h"

void report_counts(struct text *text, size_t width, const struct comparison *comparison);

#endif
