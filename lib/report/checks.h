/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of checks, a column a side. */
#ifndef DAXMARK_REPORT_CHECKS_H
#define DAXMARK_REPORT_CHECKS_H

#include "base/text.h"
#include "compare/comparison.h"

/*
 * Of one or two sides every check; targets on which all came out the same stand together. Of
 * a series the checks that are not kept on every side; unless full, of many sides only those
 * at the ends and where something changed have a column.
 */
void report_checks(struct text *text, size_t width, const struct comparison *comparison, bool full);

#endif
