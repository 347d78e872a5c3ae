/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the checks of the last nights found, beside what those before found. */
#ifndef DAXMARK_HISTORY_PROMISES_H
#define DAXMARK_HISTORY_PROMISES_H

#include "history/read.h"

/*
 * Fills the promises of a view that has its nights. 0, or an error as of
 * history_open().
 */
int read_promises(struct history *h, struct view *view);

#endif
