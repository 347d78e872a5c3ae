/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How many boots, of how many operations, a wanted precision takes. */
#ifndef DAXMARK_REPORT_SIZE_H
#define DAXMARK_REPORT_SIZE_H

#include "base/text.h"
#include "compare/comparison.h"

/*
 * Of a comparison in time mode with 2 pairs or more; precision_pct > 0 is half
 * the width of the 95% interval that is wanted for every change, in percent.
 */
void report_size(struct text *text, const struct comparison *comparison, double precision_pct);

#endif
