/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a comparison says, in one sentence that can be quoted. */
#ifndef DAXMARK_REPORT_SUMMARY_H
#define DAXMARK_REPORT_SUMMARY_H

#include "report/text.h"
#include "verdict/compare.h"

/* Adds the sentence, without a line break. */
void report_summary(struct text *text, const struct comparison *comparison);

#endif
