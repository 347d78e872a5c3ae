// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdbool.h>

#include "plan/order.h"

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

static void exchange(struct order_boot *a, struct order_boot *b)
{
	size_t side = a->side;

	a->side = b->side;
	b->side = side;
}

/* Which of two sides comes first in each pair, each in half of them. */
static void draw_first(uint64_t *state, size_t pairs, struct order_boot *boots)
{
	size_t base_first = (pairs + below(state, 2)) / 2;

	for (size_t i = 0; i < pairs; i++)
		boots[2 * i].side = i < base_first ? 0 : 1;
	for (size_t i = pairs; i > 1; i--)
		exchange(&boots[2 * below(state, i)], &boots[2 * (i - 1)]);
	for (size_t i = 0; i < pairs; i++)
		boots[2 * i + 1].side = 1 - boots[2 * i].side;
}

static void draw_pair(uint64_t *state, size_t sides, struct order_boot *boots)
{
	for (size_t i = 0; i < sides; i++)
		boots[i].side = i;
	for (size_t i = sides; i > 1; i--)
		exchange(&boots[below(state, i)], &boots[i - 1]);
}

/* Whether it is the seed of one of the boots before, step apart. */
static bool seed_is_taken(const struct order_boot *boots, size_t n, size_t step, uint32_t seed)
{
	for (size_t i = 0; i < n; i += step)
		if (boots[i].seed == seed)
			return true;
	return false;
}

void order_draw(uint64_t order_seed, size_t sides, size_t pairs, struct order_boot *boots)
{
	uint64_t state = order_seed;
	size_t n = sides * pairs, pair = 0;

	if (sides == 2)
		draw_first(&state, pairs, boots);
	for (size_t i = 0; i < n && sides != 2; i += sides)
		draw_pair(&state, sides, &boots[i]);
	for (size_t i = 0; i < n; i += sides) {
		uint32_t seed;

		pair++;
		do
			seed = (uint32_t)(1 + below(&state, UINT32_MAX));
		while (seed_is_taken(boots, i, sides, seed));
		for (size_t k = i; k < i + sides; k++) {
			boots[k].pair = pair;
			boots[k].seed = seed;
		}
	}
}
