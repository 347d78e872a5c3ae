// SPDX-License-Identifier: GPL-2.0-or-later
#include "measure/between.h"

/* A branch not taken, and a jump to the next line of code; where it is not known how, only the
 * line. */
#if defined(__x86_64__)
#define NEXT_LINE "test %0, %0\n\tjz 1f\n\tjmp 1f\n\t.balign 64\n1:"
#elif defined(__aarch64__)
#define NEXT_LINE "cbz %w0, 1f\n\tb 1f\n\t.balign 64\n1:"
#else
#define NEXT_LINE ".balign 64"
#endif

#define LINE_BYTES 64

/* The barriers keep the compiler from finding a shorter way. */
#define LINE                            \
	__asm__ volatile("" : "+r"(x)); \
	x = x * 33 + 7;                 \
	__asm__ volatile("" : "+r"(x)); \
	x ^= x >> 7;                    \
	__asm__ volatile(NEXT_LINE : "+r"(x) : : "cc");
#define LINE_DATA                          \
	*(volatile unsigned int *)at += x; \
	at += LINE_BYTES;                  \
	LINE
#define PAIR LINE LINE_DATA
#define KIB             \
	if (!kib--)     \
		return; \
	PAIR PAIR PAIR PAIR PAIR PAIR PAIR LINE LINE
#define KIB_8 KIB KIB KIB KIB KIB KIB KIB KIB

_Static_assert(BETWEEN_MAX_KIB == 32, "as many as there are below");

void between_run(size_t kib)
{
	static unsigned char data[BETWEEN_MAX_KIB * BETWEEN_DATA_LINES * LINE_BYTES]
		__attribute__((aligned(LINE_BYTES)));
	unsigned char *at = data;
	unsigned int x = 1;

	KIB_8 KIB_8 KIB_8 KIB_8
}
