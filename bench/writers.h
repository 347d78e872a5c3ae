/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Threads that write without end, write(2) of a page at a time, while
 * something else is measured: one, or with ctx->parts as many, on the
 * processors of ctx->cpu where there is a list, on one file or one each.
 *
 * All but writers_await() return 0 or a negative errno with ctx->reason.
 */
#ifndef DAXMARK_BENCH_WRITERS_H
#define DAXMARK_BENCH_WRITERS_H

#include "bench/bench.h"

/* Makes the files and lets the threads run; they live in ctx->own. */
int writers_start(struct ctx *ctx);

/* Returns when every writer is held by a frozen file system, -EBUSY after 5 s. */
int writers_wait_blocked(struct ctx *ctx);

/* The next return of each writer's write is to be noted. */
void writers_await(struct ctx *ctx);

/*
 * Returns when each of them has come, with the ticks of the first and the last.
 * -EBUSY after 5 s, with ctx->stuck.
 */
int writers_wait_resumed(struct ctx *ctx, uint64_t *first, uint64_t *last);

/* Ends them and removes their files. Does nothing where none were started. */
int writers_stop(struct ctx *ctx);

#endif
