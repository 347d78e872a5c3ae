/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A loop of stores, and the counter read before and behind it. Nothing of the suite is in it. */
#ifndef DAXMARK_TESTS_BARE_LOOP_H
#define DAXMARK_TESTS_BARE_LOOP_H

#include <stddef.h>
#include <stdint.h>
#include <x86intrin.h>

#define BARE_PAGE 4096

/* One store to each page of map; the ticks of the counter for all of them. */
static inline uint64_t bare_loop(volatile char *map, size_t pages)
{
	unsigned int processor;
	uint64_t start, stop;

	_mm_lfence();
	start = __rdtsc();
	_mm_lfence();
	for (size_t i = 0; i < pages; i++)
		map[i * BARE_PAGE] = 2;
	stop = __rdtscp(&processor);
	_mm_lfence();
	return stop - start;
}

#endif
