/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The changes that nights show. All take part in a transaction of the caller's. */
#ifndef DAXMARK_HISTORY_DETECT_H
#define DAXMARK_HISTORY_DETECT_H

#include "history/history.h"

/* No look goes further back, so that it takes as long after 10,000 nights as after 200. */
#define DETECT_NIGHTS_MAX 200

/* A time that changed by less has not changed, however well it is known. */
#define DETECT_LEAST_PCT 0.2

/*
 * Looks at all series of the night, each from its last change or the last change
 * of environment to this night, and keeps the changes it finds.
 */
int detect_night(struct history *h, int64_t night);

/*
 * The same for that night and all after it of its branch and mode, one after the
 * other, as if they had just been added: what was found in them before is
 * forgotten. What a history holds is so the same in whichever order nights came.
 */
int detect_from(struct history *h, int64_t night);

/* For all nights. */
int detect_all(struct history *h);

#endif
