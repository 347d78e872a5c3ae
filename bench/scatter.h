/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a seed decides besides the kernel's own random numbers: where things
 * lie.
 *
 * Which pages and blocks an operation meets changes how many steps a list, a
 * tree or an allocator takes, by a few instructions. Within one boot that is
 * always the same, so no repetition shows it, and a kernel that is one page
 * larger would seem to cost something. Here each seed takes other pages and
 * other blocks out of use before anything is measured, so that the spread over
 * seeds contains it. The same seed does the same on both sides.
 */
#ifndef DAXMARK_BENCH_SCATTER_H
#define DAXMARK_BENCH_SCATTER_H

#include <stdint.h>

#include "medium/filesystem.h"

/* Takes up to 4 MiB of memory, page by page, until the process ends. */
int scatter_memory(uint64_t seed);

/* Makes up to 16 small files in the target; they go with its file system. */
int scatter_files(const struct target *target, uint64_t seed);

#endif
