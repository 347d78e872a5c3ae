// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdbool.h>

#include "record/order.h"

static uint64_t next(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15u;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

/* From 0 to n - 1, each as likely: what a remainder would favour is drawn again. */
static uint64_t below(uint64_t *state, uint64_t n)
{
	uint64_t number, end = UINT64_MAX - UINT64_MAX % n;

	do
		number = next(state);
	while (number >= end);
	return number % n;
}

static bool seed_is_taken(const struct order_boot *boots, size_t pairs, uint32_t seed)
{
	for (size_t i = 0; i < pairs; i++)
		if (boots[2 * i].seed == seed)
			return true;
	return false;
}

void order_draw(uint64_t order_seed, size_t pairs, struct order_boot *boots)
{
	uint64_t state = order_seed;
	size_t base_first = (pairs + below(&state, 2)) / 2;

	for (size_t i = 0; i < pairs; i++)
		boots[2 * i].side = i < base_first ? 0 : 1;
	for (size_t i = pairs; i > 1; i--) {
		size_t other = below(&state, i), side = boots[2 * other].side;

		boots[2 * other].side = boots[2 * (i - 1)].side;
		boots[2 * (i - 1)].side = side;
	}
	for (size_t i = 0; i < pairs; i++) {
		struct order_boot *first = &boots[2 * i];

		first->pair = i + 1;
		do
			first->seed = (uint32_t)(1 + below(&state, UINT32_MAX));
		while (seed_is_taken(boots, i, first->seed));
		first[1] = *first;
		first[1].side = 1 - first->side;
	}
}
