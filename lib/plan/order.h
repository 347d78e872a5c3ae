/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The order in which timed guests are booted: pair after pair, and within a
 * pair the sides in an order drawn by lot, so that neither what drifts on the
 * host nor the place in a pair is mistaken for a change. A pair is one boot of
 * each side, of however many there are.
 */
#ifndef DAXMARK_PLAN_ORDER_H
#define DAXMARK_PLAN_ORDER_H

#include <stddef.h>
#include <stdint.h>

struct order_boot {
	size_t side;   /* 0: base, 1 and up: those after it in the plan */
	uint64_t pair; /* from 1 */
	uint32_t seed; /* at least 1, the same for all boots of a pair and for no other */
};

/*
 * Fills boots, the caller's array of sides * pairs, sides >= 2, in the order in
 * which they are booted. The same order_seed always gives the same. Of two
 * sides base comes first in half of the pairs, where pairs is odd in one more
 * or less by lot; which these are is a Fisher-Yates shuffle (Knuth, The Art of
 * Computer Programming 2, 3.4.2, algorithm P) of numbers from splitmix64
 * (Steele, Lea and Flood, Fast Splittable Pseudorandom Number Generators,
 * 2014). Of more sides each pair is such a shuffle of its own.
 */
void order_draw(uint64_t order_seed, size_t sides, size_t pairs, struct order_boot *boots);

#endif
