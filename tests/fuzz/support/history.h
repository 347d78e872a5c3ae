/* SPDX-License-Identifier: GPL-2.0-or-later */
/* All that daxmark history says of a history that is open, looked at. */
#ifndef DAXMARK_TESTS_FUZZ_HISTORY_H
#define DAXMARK_TESTS_FUZZ_HISTORY_H

#include "history/read.h"

/* A failure must have its line. */
void history_look(struct history *h);

/* A told_fn of rebuild.h. */
void history_told(const char *line);

#endif
