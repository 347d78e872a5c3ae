/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The nights of a history, a line each, at most 72 columns but for long names. */
#ifndef DAXMARK_REPORT_HISTORY_LIST_H
#define DAXMARK_REPORT_HISTORY_LIST_H

#include "history/read.h"
#include "report/text.h"

void report_nights(struct text *text, const struct read_night *nights, size_t n);

#endif
