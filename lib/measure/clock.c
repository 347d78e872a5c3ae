// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#if defined(__x86_64__)
#include <cpuid.h>
#endif

#include "measure/clock.h"

bool clock_reads_tsc;

#define CLOCK_SOURCES  "/sys/devices/system/clocksource/clocksource0/available_clocksource"
#define OVERHEAD_PAIRS 1001
#define CALIBRATION_NS 50000000u
#define STEPS	       5
#define STEP_READINGS  10000000

static bool has_rdtscp(void)
{
#if defined(__x86_64__)
	unsigned int a, b, c, d;

	return __get_cpuid(0x80000001, &a, &b, &c, &d) && (d & (1u << 27));
#else
	return false;
#endif
}

/* The counter ticks at one rate whatever the processor's frequency or sleep. */
static bool tsc_is_constant(void)
{
#if defined(__x86_64__)
	unsigned int a, b, c, d;

	return __get_cpuid(0x80000007, &a, &b, &c, &d) && (d & (1u << 8));
#else
	return false;
#endif
}

/*
 * The kernel takes a counter it has found to be unstable (the processors' differ,
 * or it stood still) out of its list. Where there is no list it has nothing to say.
 */
static bool kernel_trusts_tsc(const char *list_path)
{
	FILE *file = fopen(list_path, "re");
	char line[256], *rest = line, *word;
	bool found = false;

	if (!file)
		return true;
	if (!fgets(line, sizeof(line), file))
		line[0] = '\0';
	fclose(file);
	while (!found && (word = strsep(&rest, " \n")))
		found = !strcmp(word, "tsc");
	return found;
}

bool clock_tsc_is_steady(const char *list_path)
{
	return has_rdtscp() && tsc_is_constant() && kernel_trusts_tsc(list_path);
}

/* Ticks a nanosecond, from two pairs of readings CALIBRATION_NS apart. */
static double tsc_rate(void)
{
	uint64_t ns = clock_gettime_raw();
	uint64_t tick = clock_start();
	uint64_t ns_end, tick_end;

	do {
		ns_end = clock_gettime_raw();
		tick_end = clock_stop();
	} while (ns_end - ns < CALIBRATION_NS);
	return (double)(tick_end - tick) / (double)(ns_end - ns);
}

static int by_value(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static uint64_t overhead_ticks(void)
{
	static uint64_t pair[OVERHEAD_PAIRS];

	for (size_t i = 0; i < OVERHEAD_PAIRS; i++) {
		uint64_t start = clock_start();

		pair[i] = clock_stop() - start;
	}
	qsort(pair, OVERHEAD_PAIRS, sizeof(pair[0]), by_value);
	return pair[OVERHEAD_PAIRS / 2];
}

/* The least of a few, for the thread may be interrupted; HUGE_VAL if it stands still. */
static double step_of_kernel(void)
{
	uint64_t last = clock_gettime_raw(), least = UINT64_MAX;

	for (int changes = 0, i = 0; changes < STEPS && i < STEP_READINGS; i++) {
		uint64_t now = clock_gettime_raw();

		if (now == last)
			continue;
		least = now - last < least ? now - last : least;
		last = now;
		changes++;
	}
	return least == UINT64_MAX ? HUGE_VAL : (double)least;
}

int clock_setup(bool counts_instructions, struct clock_facts *facts)
{
	if (counts_instructions && !has_rdtscp())
		return -ENOTSUP;
	clock_reads_tsc = counts_instructions || clock_tsc_is_steady(CLOCK_SOURCES);
	facts->source = clock_reads_tsc ? "rdtsc" : "CLOCK_MONOTONIC_RAW";
	facts->unit = counts_instructions ? "instructions" : "ns";
	facts->ticks_per_unit = counts_instructions || !clock_reads_tsc ? 1.0 : tsc_rate();
	facts->step_ns = clock_reads_tsc ? 0 : step_of_kernel();
	facts->overhead = (double)overhead_ticks() / facts->ticks_per_unit;
	return 0;
}
