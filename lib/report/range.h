/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From the smallest to the largest change of some costs. */
#ifndef DAXMARK_REPORT_RANGE_H
#define DAXMARK_REPORT_RANGE_H

#include "base/text.h"
#include "compare/judge.h"

/* By their size, whatever their direction; all zero while none was taken. */
struct range {
	double low, high;
	size_t n;
};

void range_take(struct range *range, double change_pct);

/* " (+0.4% to +328.4%)", " (+0.4%)" */
void range_add(struct text *text, const struct range *range);

/* The same behind "8 worse", as an item of a list; nothing where none was taken. */
void range_list(struct text *text, const struct range *range, enum verdict verdict);

#endif
