/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The operations of an arm by several threads at once, each on a processor of
 * its own, with one file for all of them or a file for each.
 */
#ifndef DAXMARK_BENCH_SCALING_H
#define DAXMARK_BENCH_SCALING_H

#include "bench/bench.h"

/* Passes that are measured; one more before them is not. */
#define SCALING_PASSES	5

#define SCALING_PASS_NS 1e6

struct scaling {
	/* a pass should take so long, where batches can be repeated */
	uint64_t ticks_per_pass;
	size_t operations; /* out: of one thread in one pass */
	uint64_t faults;   /* out: taken in the measured passes by all threads */
	/* out: by how much the threads and their processors were interrupted; -1: not known */
	int64_t interrupted;
};

/*
 * Runs the passes. Into samples goes one value a pass: the ticks from the
 * start of the first thread to the end of the last, for an arm whose
 * operations need nothing prepared; else the most that any thread's operations
 * took, each timed by itself. like holds target, arm, operations of one thread,
 * parts, one_file and cpu. Returns 0 or a negative errno with like->reason;
 * -EOPNOTSUPP where the target cannot do it, -EINTR when a signal asked for the
 * end.
 */
int scaling_run(const struct bench *bench, struct ctx *like, struct scaling *scaling,
		struct samples *samples);

#endif
