/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The clock around one operation.
 *
 * On x86 with a time stamp counter that ticks evenly it is the counter
 * itself: lfence + rdtsc in front, rdtscp + lfence behind, so that neither
 * the operation nor what surrounds it is moved across a reading (Intel SDM
 * volume 2, RDTSC and RDTSCP). In a guest under QEMU's icount with shift=0 the
 * same counter advances by one an instruction; what it reads is then a count
 * of instructions and never a time. Elsewhere CLOCK_MONOTONIC_RAW is read.
 *
 * A reading costs something itself. clock_setup() measures how much; it is
 * reported beside the figures and never subtracted from them.
 */
#ifndef DAXMARK_MEASURE_CLOCK_H
#define DAXMARK_MEASURE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>
#if defined(__x86_64__)
#include <x86intrin.h>
#endif

/*
 * A clock that moves by more measures no single operation: a kernel without a
 * better source counts its timer's ticks, which are milliseconds.
 */
#define CLOCK_STEP_MAX_NS 1000

struct clock_facts {
	const char *source;    /* "rdtsc" or "CLOCK_MONOTONIC_RAW" */
	const char *unit;      /* "instructions" or "ns" */
	double ticks_per_unit; /* a reading's ticks in one unit */
	double overhead;       /* median of an empty pair of readings, in units */
	double step_ns;	       /* least that the kernel's clock moves by; 0: it is not read */
};

/* Set by clock_setup(), constant afterwards. */
extern bool clock_reads_tsc;

static inline uint64_t clock_gettime_raw(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC_RAW, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/* The reading in front of an operation, in ticks. */
static inline uint64_t clock_start(void)
{
#if defined(__x86_64__)
	if (clock_reads_tsc) {
		_mm_lfence();
		uint64_t tick = __rdtsc();

		_mm_lfence();
		return tick;
	}
#endif
	return clock_gettime_raw();
}

/*
 * The reading behind an operation, in ticks. *processor gets a number of the
 * processor it was made on, where the same instruction gives one, else 0.
 */
static inline uint64_t clock_stop_on(unsigned int *processor)
{
#if defined(__x86_64__)
	if (clock_reads_tsc) {
		uint64_t tick = __rdtscp(processor);

		_mm_lfence();
		return tick;
	}
#endif
	*processor = 0;
	return clock_gettime_raw();
}

static inline uint64_t clock_stop(void)
{
	unsigned int processor;

	return clock_stop_on(&processor);
}

/*
 * Whether the time stamp counter is a clock: it ticks at one rate (CPUID), can be
 * read in order, and the kernel lists it among its clock sources (list_path, a
 * line of names; without such a file CPUID alone decides).
 */
bool clock_tsc_is_steady(const char *list_path);

/*
 * Chooses the clock, finds its rate and its overhead, and fills facts.
 * counts_instructions: the guest runs under icount, one tick an instruction.
 * Returns 0, or -ENOTSUP when instructions are to be counted on a processor
 * without rdtscp.
 */
int clock_setup(bool counts_instructions, struct clock_facts *facts);

#endif
