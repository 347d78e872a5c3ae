/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What runs, how much of how much, and how long it may still take, on standard
 * error: one line that is rewritten on a terminal, a line a target elsewhere.
 * Called between arms only; never inside a measured pass.
 */
#ifndef DAXMARK_BENCH_PROGRESS_H
#define DAXMARK_BENCH_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#include "medium/filesystem.h"

struct progress {
	bool wanted;
	bool terminal;
	size_t done, of; /* steps: arms and checks of all targets */
	size_t skipped;	 /* of those done */
	time_t start;
	const char *fs, *access; /* of the last line */
};

void progress_start(struct progress *progress, bool wanted, size_t of);

/* The step that begins now: a benchmark's arm or a check. target may be NULL. */
void progress_step(struct progress *progress, const struct target *target, const char *what,
		   const char *arm);

/* Steps that will not be taken: their target cannot be had. */
void progress_skip(struct progress *progress, size_t steps);

void progress_end(struct progress *progress);

#endif
