/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The checks of a night in words. */
#ifndef DAXMARK_HISTORY_TEXT_PROMISES_H
#define DAXMARK_HISTORY_TEXT_PROMISES_H

#include "base/text.h"
#include "history/read.h"

/*
 * Those that the night, the last of its branch, is the first to find different, or the
 * others that fail in it.
 */
void report_promises(struct text *text, const struct view *view, size_t night, bool newest);

/* How many fail in that night and passed before. */
size_t count_newly_broken(const struct view *view, size_t night);

#endif
