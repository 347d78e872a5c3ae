/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Code to run between two operations, as a program has that does more than
 * one thing.
 *
 * A loop around a single system call finds the kernel's code where it left
 * it, in the processor's first-level instruction cache and branch predictor.
 * A program with work of its own does not: on an AMD EPYC of family 25 a
 * write(2) of 4 KiB took 1.0 to 1.3 us in such a loop, and 1.4 to 2.1 us with
 * 36 KiB of other code run before each.
 */
#ifndef DAXMARK_MEASURE_BETWEEN_H
#define DAXMARK_MEASURE_BETWEEN_H

#include <stddef.h>

#define BETWEEN_MAX_KIB	   32
#define BETWEEN_DATA_LINES 7 /* a KiB */

/*
 * Runs kib KiB of code, at most BETWEEN_MAX_KIB: each of its 64-byte lines once,
 * with eight to ten instructions and two branches a line, and BETWEEN_DATA_LINES
 * lines of data a KiB read and written. That is what fio 3.33 was seen to do
 * between two operations when it was single-stepped: 2,010 to 2,120
 * instructions in 215 to 219 lines of code (14 KiB) with 385 branches, and 94
 * lines of data.
 */
void between_run(size_t kib);

#endif
