/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * report.ktap: the checks of the new side as the kernel's own test results
 * (Documentation/dev-tools/ktap.rst, version 1), one test a check and target.
 * What base saw and the costs that changed are diagnostics. Without any check
 * there is one test, skipped.
 */
#ifndef DAXMARK_REPORT_KTAP_H
#define DAXMARK_REPORT_KTAP_H

#include "base/text.h"
#include "compare/comparison.h"

void report_ktap(struct text *text, const struct comparison *comparison);

#endif
