/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A night into the history, whole or not at all. */
#ifndef DAXMARK_HISTORY_ADD_H
#define DAXMARK_HISTORY_ADD_H

#include "history/night.h"

enum add_outcome {
	ADD_DONE,
	ADD_THERE, /* the history has this kernel with the same results */
};

struct add_request {
	const struct night *night;
	const struct night_results *results;
	/*
	 * Whether the date was named by whoever adds it: then it may lie before
	 * the last night, and all nights after it are looked at again.
	 */
	bool dated;
	/* Folder that becomes night->folder; NULL where the results are there. */
	const char *staged;
};

/*
 * In one transaction: the night's values, the changes that it shows and, last,
 * its night.json. What identifies a night is its kernel: the digest of its
 * image (where it has none its build id, then its version), and its revision
 * where one is said. -EEXIST when the history has that kernel with other
 * results; -EINVAL when there is nothing to keep, or the night is dated before
 * the last one of its branch and mode, or more than a day after now.
 */
int history_add(struct history *h, const struct add_request *request, enum add_outcome *outcome);

/*
 * Whether the history has the kernel: ADD_THERE with the same results, ADD_DONE
 * where adding it could be done, -EEXIST with others.
 */
int history_find(struct history *h, const struct night *night, const struct night_results *results,
		 enum add_outcome *outcome);

/*
 * Its values alone, in a transaction of the caller's. *id becomes the night's;
 * detect_from() finds the changes that they show.
 */
int history_insert(struct history *h, const struct night *night,
		   const struct night_results *results, int64_t *id);

#endif
