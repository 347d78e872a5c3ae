// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "explain/operations.h"

#define SLOT_FREE UINT32_MAX

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

/* FNV-1a over whole words */
static uint64_t mix(uint64_t hash, uint64_t word)
{
	return (hash ^ word) * 0x100000001b3u;
}

/* Appends the parts of one operation, which are not yet those of a way. */
static int append(struct operations *o, struct follow *f, struct operations_way *way)
{
	if (!room_for(&o->part, o->n_parts + f->n_touched, &o->parts_room, sizeof(*o->part)))
		return -ENOMEM;
	qsort(f->touched, f->n_touched, sizeof(*f->touched), by_number);
	*way = (struct operations_way){ .hash = 0xcbf29ce484222325u, .first = o->n_parts };
	for (uint32_t i = 0; i < f->n_touched; i++) {
		uint32_t node = f->touched[i];

		if (!f->count[node])
			continue;
		o->part[way->first + way->parts++] =
			(struct operations_part){ .node = node, .count = f->count[node] };
		way->hash = mix(mix(way->hash, node), f->count[node]);
	}
	return 0;
}

static bool same(const struct operations *o, const struct operations_way *a,
		 const struct operations_way *b)
{
	if (a->hash != b->hash || a->parts != b->parts)
		return false;
	for (uint32_t i = 0; i < a->parts; i++)
		if (o->part[a->first + i].node != o->part[b->first + i].node ||
		    o->part[a->first + i].count != o->part[b->first + i].count)
			return false;
	return true;
}

static uint32_t *slot_of(const struct operations *o, const struct operations_way *way)
{
	uint32_t at = (uint32_t)(way->hash >> 32) & (o->slots - 1);

	while (o->slot[at] != SLOT_FREE && !same(o, &o->way[o->slot[at]], way))
		at = (at + 1) & (o->slots - 1);
	return &o->slot[at];
}

static int more_slots(struct operations *o)
{
	uint32_t slots = o->slots ? 2 * o->slots : 4096;
	uint32_t *slot = malloc(slots * sizeof(*slot));

	if (!slot)
		return -ENOMEM;
	memset(slot, 0xff, slots * sizeof(*slot));
	free(o->slot);
	o->slot = slot;
	o->slots = slots;
	for (uint32_t i = 0; i < o->n_ways; i++)
		*slot_of(o, &o->way[i]) = i;
	return 0;
}

int operations_add(struct operations *o, struct follow *f)
{
	struct operations_way way;
	size_t ways_room = o->ways_room;
	uint32_t *slot;

	if (2 * o->n_ways >= o->slots && more_slots(o))
		return -ENOMEM;
	if (!room_for(&o->way, o->n_ways + 1, &ways_room, sizeof(*o->way)))
		return -ENOMEM;
	o->ways_room = (uint32_t)ways_room;
	if (!room_for(&o->operation, o->n + 1, &o->room, sizeof(*o->operation)))
		return -ENOMEM;
	if (append(o, f, &way))
		return -ENOMEM;
	slot = slot_of(o, &way);
	if (*slot == SLOT_FREE) {
		*slot = o->n_ways;
		o->way[o->n_ways++] = way;
		o->n_parts += way.parts;
	}
	o->operation[o->n++] = *slot;
	return 0;
}

static void write_way(const struct operations *o, const struct operations_way *way, FILE *out)
{
	fputc('w', out);
	for (uint32_t i = 0; i < way->parts; i++)
		fprintf(out, " %u %llu", o->part[way->first + i].node,
			(unsigned long long)o->part[way->first + i].count);
	fputc('\n', out);
}

void operations_write(const struct operations *o, FILE *out)
{
	for (uint32_t i = 0; i < o->n_ways; i++)
		write_way(o, &o->way[i], out);
	fputc('o', out);
	for (size_t i = 0, run; i < o->n; i += run) {
		for (run = 1; i + run < o->n && o->operation[i + run] == o->operation[i];)
			run++;
		fprintf(out, run > 1 ? " %u*%zu" : " %u", o->operation[i], run);
	}
	fputc('\n', out);
}

void operations_clear(struct operations *o)
{
	o->n = o->n_parts = o->n_ways = 0;
	if (o->slot)
		memset(o->slot, 0xff, o->slots * sizeof(*o->slot));
}

void operations_free(struct operations *o)
{
	free(o->part);
	free(o->way);
	free(o->slot);
	free(o->operation);
	memset(o, 0, sizeof(*o));
}
