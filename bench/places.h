/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where each target lies, and the move of the measuring thread near to it. */
#ifndef DAXMARK_BENCH_PLACES_H
#define DAXMARK_BENCH_PLACES_H

#include "measure/pin.h"
#include "medium/source.h"
#include "plan/plan.h"

#define PLACES_MAX 8

struct places {
	struct topology topology;
	struct place start;	       /* for what has no source: the first CPU that may be used */
	struct place near[PLACES_MAX]; /* of each source */
};

/*
 * Learns the machine and binds the thread to where it starts. count: a guest that
 * counts instructions, whose devices are not looked for. 0; or a negative errno
 * and one line in reason, with nothing held. Give it back with places_close().
 */
int places_open(struct places *places, bool count, char reason[PLACE_REASON_MAX]);
void places_close(struct places *places);

/*
 * Whether the plan's nodes are there and have memory to be used. 0; or -EINVAL and
 * one line "file:line: ..." in error.
 */
int places_check(const struct places *places, const struct plan *plan, char error[PLAN_ERROR_MAX]);

/* Chooses the place of each source, which is open; 0 or a negative errno. */
int places_choose(struct places *places, const struct plan *plan, const struct source *source,
		  size_t sources);

#endif
