/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Words to one who watches every instruction of a guest (lib/explain).
 *
 * Each is an instruction that does nothing: a NOP with an operand that says
 * MARK_BASE and the word (Intel SDM volume 2, NOP, opcode 0F 1F /0). None
 * stands in an operation, where it would be counted, but for ASIDE: it is one
 * instruction of the "resume" of a freeze. Operations are watched by their
 * readings of the clock alone.
 */
#ifndef DAXMARK_MEASURE_MARK_H
#define DAXMARK_MEASURE_MARK_H

#include <stdint.h>

#define MARK_BASE 0x6d584100u
#define MARK_BITS 32 /* of a number */

enum mark {
	MARK_ZERO = 0, /* a bit of a number, the lowest first */
	MARK_ONE = 1,
	MARK_MEASURED = 2, /* from here on passes are measured ones */
	MARK_END = 3,	   /* they are over; the number before is of their first record */
	MARK_ASIDE = 4,	   /* the reading of the clock that follows ends no operation */
	MARKS,
};

#if defined(__x86_64__)
#define MARK(word) __asm__ volatile("nopl %c0(%%rax)" : : "i"(MARK_BASE + (word)) : "memory")
#else
#define MARK(word) ((void)0)
#endif

static inline void mark_number(uint32_t number)
{
	for (int bit = 0; bit < MARK_BITS; bit++) {
		if (number >> bit & 1)
			MARK(MARK_ONE);
		else
			MARK(MARK_ZERO);
	}
}

#endif
