/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The operations of one arm while it runs: what each executed where.
 *
 * Most operations of a pass do the same to the instruction, so that each way of
 * doing it is kept once.
 */
#ifndef DAXMARK_EXPLAIN_OPERATIONS_H
#define DAXMARK_EXPLAIN_OPERATIONS_H

#include <stdint.h>
#include <stdio.h>

#include "explain/follow.h"

struct operations_part {
	uint32_t node;
	uint64_t count;
};

struct operations_way {
	uint64_t hash;
	size_t first; /* of its parts */
	uint32_t parts;
};

struct operations {
	struct operations_part *part;
	size_t n_parts, parts_room;
	struct operations_way *way;
	uint32_t n_ways, ways_room;
	uint32_t *slot; /* a hash of ways */
	uint32_t slots;
	uint32_t *operation; /* its way */
	size_t n, room;
};

/* Adds what follow counted since it began. 0 or -ENOMEM. */
int operations_add(struct operations *operations, struct follow *follow);

/* As docs/counts.md has them: a line a way, and one of all operations. */
void operations_write(const struct operations *operations, FILE *out);

/* Forgets them, and keeps the memory. */
void operations_clear(struct operations *operations);
void operations_free(struct operations *operations);

#endif
