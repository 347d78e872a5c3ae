/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAXMARK_MEASURE_FAULTS_H
#define DAXMARK_MEASURE_FAULTS_H

#include <stdint.h>

/*
 * Page faults the calling thread has taken since it began, minor and major
 * (getrusage(2), RUSAGE_THREAD). A fault that was blocked by a frozen file
 * system and retried counts as often as the kernel took it.
 */
uint64_t faults_taken(void);

/*
 * How often the calling thread has been taken off a processor against its will
 * (RUSAGE_THREAD, ru_nivcsw).
 */
int64_t preemptions_taken(void);

/*
 * The interrupts a processor has taken (/proc/interrupts); -1 where that does not
 * say. Reads a file: not for use while anything is measured.
 */
int64_t interrupts_taken(int processor);

#endif
