/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What has no verdict, and why. */
#ifndef DAXMARK_REPORT_LEFT_OUT_H
#define DAXMARK_REPORT_LEFT_OUT_H

#include "base/text.h"
#include "compare/comparison.h"

/*
 * What no side has, then at each step what one of its two sides lacks. Equal reasons are
 * said once.
 */
void report_left_out(struct text *text, size_t width, const struct comparison *comparison);

#endif
