/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A comparison in the shape of the mails of the kernel test robot (LKP, 0-day):
 * what changed, a line each, behind it its name; and the checks that failed. In
 * plain ASCII, so that +- stands where these have another sign.
 */
#ifndef DAXMARK_REPORT_LKP_H
#define DAXMARK_REPORT_LKP_H

#include "base/text.h"
#include "compare/comparison.h"

void report_lkp(struct text *text, const struct comparison *comparison);

#endif
