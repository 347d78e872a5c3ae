/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The history made again from the results, and compared with them. */
#ifndef DAXMARK_HISTORY_REBUILD_H
#define DAXMARK_HISTORY_REBUILD_H

#include "history/history.h"

/* Gets one line for each night that is not as it must be. */
typedef void told_fn(const char *line);

struct rebuilt {
	size_t nights;
	size_t troubles; /* lines that were told */
};

/*
 * Makes the history of dir from every folder in it that has a night.json, in one
 * transaction: until the end the earlier one is what others see. A damaged
 * history.db is kept as history.db.damaged-N. A night that cannot be read is told
 * and left out, and so is one whose kernel an earlier night has. 0 or an error
 * with the line in h->error; h is open after a success.
 */
int history_rebuild(struct history *h, const char *dir, told_fn *told, struct rebuilt *rebuilt);

/*
 * Tells what does not agree: folders that vanished or hold other results than
 * were added, nights that were not added. history_verify() looks at the
 * database itself.
 */
int history_compare(struct history *h, told_fn *told, struct rebuilt *found);

#endif
