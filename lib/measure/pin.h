/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Puts the measuring thread where it was chosen to be, and proves that it is there. */
#ifndef DAXMARK_MEASURE_PIN_H
#define DAXMARK_MEASURE_PIN_H

#include "measure/numa.h"

#define PLACE_REASON_MAX 200

/*
 * Binds the calling thread to place->cpu and, unless place->memory is -1, all
 * memory it takes from now on to that node: the thread's policy, for mbind is
 * ignored for shared file mappings. Threads started later inherit both. Where
 * the kernel lets nobody bind memory, place->memory becomes -1.
 *
 * Then proves it, see place_proved(). 0; or a negative errno and one line in
 * reason.
 */
int place_bind(struct place *place, char reason[PLACE_REASON_MAX]);

/* What the kernel says of the calling thread; -1 for what it does not say. */
struct placed {
	int bound; /* the one CPU it may run on, -1 if there are more */
	int runs;  /* the CPU it is on */
	int node;  /* the one node its memory is bound to, -1 if not or to more */
	int page;  /* the node of a page it has just written */
};

/* 0 or a negative errno. memory: whether node and page are wanted. */
int place_look(bool memory, struct placed *placed);

/* 0; or -EXDEV and in reason what was asked for and what there is. */
int place_proved(const struct place *place, const struct placed *placed,
		 char reason[PLACE_REASON_MAX]);

#endif
