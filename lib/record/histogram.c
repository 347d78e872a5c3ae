// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "record/histogram.h"

#define PER_POWER ((size_t)1 << HISTOGRAM_BITS)
#define LINEAR	  (2 * PER_POWER)

size_t histogram_bucket(uint64_t value)
{
	if (value < LINEAR)
		return value;
	/* power >= 8; keep the top bit and the HISTOGRAM_BITS below it */
	unsigned int power = 63 - (unsigned int)__builtin_clzll(value);
	unsigned int shift = power - HISTOGRAM_BITS;

	return LINEAR + (size_t)(shift - 1) * PER_POWER + ((value >> shift) - PER_POWER);
}

uint64_t histogram_lowest(size_t bucket)
{
	if (bucket < LINEAR)
		return bucket;
	size_t above = bucket - LINEAR;
	unsigned int shift = (unsigned int)(above / PER_POWER) + 1;

	return (uint64_t)(PER_POWER + above % PER_POWER) << shift;
}

void histogram_clear(struct histogram *h)
{
	memset(h, 0, sizeof(*h));
}

void histogram_add(struct histogram *h, uint64_t value)
{
	h->count[histogram_bucket(value)]++;
}

void histogram_merge(struct histogram *to, const struct histogram *from)
{
	for (size_t i = 0; i < HISTOGRAM_BUCKETS; i++)
		to->count[i] += from->count[i];
}
