/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The passes of an arm by one thread: a short one to warm up, then those measured. */
#ifndef DAXMARK_BENCH_PASSES_H
#define DAXMARK_BENCH_PASSES_H

#include "bench/bench.h"
#include "bench/emit.h"

struct passes {
	const struct bench *bench;
	struct ctx *ctx;
	struct samples *samples;
	struct sampled *sampled; /* .passes is the caller's, the rest is filled in */
	size_t operations;	 /* of a pass */
	uint32_t record;	 /* the line its first record will have, for who watches */
	int cpu;		 /* whose interrupts are counted; -1: of none */
	bool batch;		 /* passes that read the clock once are made, too */
	double batch_ticks;
};

/*
 * Makes, measures and takes down each pass. Of times each measured pass has a
 * batch behind it; of counts there is one behind all. Nothing is allocated, printed
 * or written between setup and teardown. Returns 0 or a negative errno with
 * ctx->reason; -EOPNOTSUPP where the target cannot do it.
 */
int passes_run(struct passes *passes);

#endif
