/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Changes that are known and accepted: acks.json beside the nights, which a
 * rebuild does not touch.
 *
 *   {"format": 1, "acks": [{"branch", "mode", "bench", "arm", "metric", "fs",
 *                           "access", "figure", "image", "kernel", "note", "date"}]}
 *
 * An ack is of one change of one series: the one whose range of nights holds the
 * kernel with that image. So it stays with its change when later nights or a
 * rebuild date that a night earlier or later.
 */
#ifndef DAXMARK_HISTORY_ACKS_H
#define DAXMARK_HISTORY_ACKS_H

#include "history/read.h"

#define ACKS_FILE "acks.json"

/* Marks the changes of the view that are acknowledged; none where there is no file. */
int acks_apply(struct history *h, struct view *view);

/*
 * Whether acks.json, where there is one, holds acknowledgements and nothing else: -EINVAL
 * with the line in h->error where it is damaged. Its readers and writers call this first.
 */
int acks_verify(struct history *h);

/*
 * Acknowledges the change of the view that has this id, or all changes of the series that
 * has this name; *n becomes the number of those that were not acknowledged before. The file
 * is whole and on the disk when the function returns. -EINVAL when the view has no such
 * change or series. Two programs that acknowledge at once wait for each other.
 */
int acks_add(struct history *h, struct view *view, const char *name, const char *note, size_t *n);

#endif
