// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Freezing a file system and thawing it, FIFREEZE and FITHAW, each timed by
 * itself, with what a freeze has to deal with made before each one:
 *
 *   idle             nothing dirty
 *   after-pause      nothing dirty, and not frozen for a second
 *   dirty-mapped-N   N pages dirtied through a mapping, by a write fault each
 *   dirty-cache-N    N pages of the page cache dirtied by write(2)
 *   writer           a thread that writes without end, write(2) of a page
 *
 * With a writer a third metric is taken: resume, from the beginning of the
 * thaw until the write that was blocked has returned in its own thread. The
 * writer shares our processor, so its own work is part of freeze and resume. Of
 * several writers, each on a processor of its own and the first on ours, it
 * is the last to return that counts.
 *
 * The first freeze after a while waits for RCU grace periods to reach all
 * processors; one that follows another closely does not. So that the path is
 * measured and not that wait, the file system is frozen and thawed once before
 * each operation is prepared; after-pause leaves the wait in. There it is most of
 * the cost, and waiting is not a number of instructions: it is skipped when
 * those are counted.
 *
 * A freeze writes back what is dirty, so its cost holds that of the device;
 * with DAX the write-back is the flushing of processor caches, which a count
 * of instructions sees as path length only. Not measured: making things
 * dirty, and how long a writer stays blocked (that is our choice).
 */
#include <errno.h>
#include <stdio.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "bench/file.h"
#include "bench/interrupt.h"
#include "bench/writers.h"
#include "measure/faults.h"
#include "medium/fsfreeze.h"

enum { IDLE, AFTER_PAUSE, DIRTY_MAPPED, DIRTY_CACHE, WRITER };
enum { FREEZE, THAW, RESUME };

static int setup(struct ctx *ctx)
{
	size_t pages = ctx->arm->pages ? ctx->arm->pages : 1;
	int error;

	if (ctx->arm->how == AFTER_PAUSE && ctx->counts_instructions) {
		snprintf(ctx->reason, sizeof(ctx->reason), "waiting is no number of instructions");
		return -EOPNOTSUPP;
	}
	if (target_is_borrowed(ctx->target)) {
		snprintf(ctx->reason, sizeof(ctx->reason), FILE_NOT_FROZEN);
		return -EOPNOTSUPP;
	}
	if (ctx->arm->how == DIRTY_CACHE && target_wants_dax(ctx->target)) {
		snprintf(ctx->reason, sizeof(ctx->reason),
			 "a write(2) with DAX leaves nothing dirty in the page cache");
		return -EOPNOTSUPP;
	}
	error = file_make(ctx, "freeze", FILE_WRITTEN, pages * PAGE_BYTES, &ctx->fd);
	if (!error)
		error = file_may_freeze(ctx);
	if (!error)
		error = file_map(ctx, pages * PAGE_BYTES);
	if (!error)
		error = file_buffer(ctx, PAGE_BYTES);
	if (!error && ctx->arm->how == WRITER)
		error = writers_start(ctx);
	return error;
}

/* Either the wait is over before the operation, or it is certain to be in it. */
static int settle(struct ctx *ctx)
{
	int error;

	if (ctx->arm->how == AFTER_PAUSE) {
		struct timespec second = { .tv_sec = 1 };

		clock_nanosleep(CLOCK_MONOTONIC, 0, &second, NULL);
		return file_ready_to_freeze(ctx);
	}
	error = file_ready_to_freeze(ctx);
	if (error)
		return error;
	error = freeze_start(ctx->fd);
	if (error)
		return file_error(ctx, "FIFREEZE", error);
	error = freeze_end(ctx->fd);
	return error ? file_thaw_error(ctx, error) : 0;
}

/*
 * Pages are unmapped before they are written again. Writing to one that is
 * still mapped read-only would leave it to pfn_mkwrite to mark it dirty, and
 * what a freeze then has to do would differ between kernels for a reason that
 * is not the freeze's.
 */
static int make_dirty(struct ctx *ctx)
{
	if (madvise(ctx->map, ctx->map_bytes, MADV_DONTNEED))
		return file_error(ctx, "madvise", -errno);
	for (size_t page = 0; page < ctx->arm->pages; page++) {
		size_t at = page * PAGE_BYTES;

		if (ctx->arm->how == DIRTY_MAPPED)
			*(volatile char *)(ctx->map + at) = 3;
		else if (pwrite(ctx->fd, ctx->buffer, PAGE_BYTES, (off_t)at) != PAGE_BYTES)
			return file_error(ctx, "write", -errno);
	}
	return 0;
}

static int freeze_and_thaw(struct ctx *ctx, struct samples *samples)
{
	bool writers = ctx->arm->how == WRITER;
	uint64_t first, last;
	int error, blocked = 0;

	samples_start(samples);
	error = freeze_start(ctx->fd);
	samples_stop(samples, FREEZE);
	if (error)
		return file_error(ctx, "FIFREEZE", error);
	if (writers) {
		blocked = writers_wait_blocked(ctx);
		writers_await(ctx);
	}

	samples_start(samples);
	error = freeze_end(ctx->fd);
	samples_stop(samples, THAW);
	if (error)
		return file_thaw_error(ctx, error);
	if (!writers || blocked)
		return blocked;
	error = writers_wait_resumed(ctx, &first, &last);
	if (error)
		return error;
	if (first < samples->start)
		return file_error(ctx, "a writer went on before the thaw", -EBUSY);
	samples_add(samples, RESUME, last - samples->start);
	return 0;
}

static int pass(struct ctx *ctx, struct samples *samples)
{
	for (size_t i = 0; i < ctx->operations; i++) {
		uint64_t faults = faults_taken();
		int error;

		/* a pass of freezes is a long one */
		if (interrupt_wanted())
			return file_error(ctx, "ended by a signal", -EINTR);
		error = settle(ctx);
		if (!error)
			error = make_dirty(ctx);
		samples->faults_between += faults_taken() - faults;
		if (!error)
			error = freeze_and_thaw(ctx, samples);
		if (error)
			return error;
	}
	return 0;
}

static const struct arm arms[] = {
	{ .name = "idle", .brief = "nothing dirty", .how = IDLE },
	{ .name = "after-pause",
	  .brief = "nothing dirty, not frozen for a second",
	  .how = AFTER_PAUSE },
	{ .name = "dirty-mapped-1",
	  .brief = "1 page dirtied through a mapping",
	  .how = DIRTY_MAPPED,
	  .pages = 1 },
	{ .name = "dirty-mapped-64",
	  .brief = "64 pages dirtied through a mapping",
	  .how = DIRTY_MAPPED,
	  .pages = 64 },
	{ .name = "dirty-mapped-1024",
	  .brief = "1024 pages dirtied through a mapping",
	  .how = DIRTY_MAPPED,
	  .pages = 1024 },
	{ .name = "dirty-cache-1024",
	  .brief = "1024 pages dirtied by write(2)",
	  .how = DIRTY_CACHE,
	  .pages = 1024 },
	{ .name = "writer",
	  .brief = "a thread writes without end",
	  .how = WRITER,
	  .bytes = PAGE_BYTES },
	{ 0 },
};

static bool threads(const struct arm *arm)
{
	return arm->how == WRITER;
}

BENCH(freeze) = {
	.name = "freeze",
	.title = "Freeze and thaw",
	.brief = "one FIFREEZE and one FITHAW",
	.metric = { "freeze", "thaw", "resume" },
	.arms = arms,
	.operations = 10,
	.alone = "a file system is frozen by one thread at a time",
	.threads = threads,
	.setup = setup,
	.pass = pass,
	.teardown = writers_stop,
};
