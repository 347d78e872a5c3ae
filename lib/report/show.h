/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What was measured on one side, fit for a mail. */
#ifndef DAXMARK_REPORT_SHOW_H
#define DAXMARK_REPORT_SHOW_H

#include "base/text.h"
#include "compare/comparison.h"

/* Of one side. */
void report_show(struct text *text, const struct comparison *comparison);

#endif
