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
 * writer shares our processor, so its own work is part of freeze and resume.
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
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "bench/blocked.h"
#include "bench/file.h"
#include "bench/interrupt.h"
#include "measure/faults.h"
#include "target/freeze.h"

enum { IDLE, AFTER_PAUSE, DIRTY_MAPPED, DIRTY_CACHE, WRITER };
enum { FREEZE, THAW, RESUME };

#define WRITER_PAGES 64u
#define POLL_NS	     100000
#define POLLS_MAX    50000 /* 5 s */

/* The writing thread. Not freed while it may still run: it could be stuck. */
struct writer_thread {
	pthread_t thread;
	int fd;
	atomic_int tid;	  /* 0 before it runs */
	atomic_int error; /* negative errno of the write that ended it */
	atomic_bool stop;
	atomic_bool awaited;   /* the next return is to be noted */
	atomic_ullong resumed; /* the clock at that return */
	char page[PAGE_BYTES];
};

static void poll_pause(void)
{
	struct timespec pause = { .tv_nsec = POLL_NS };

	clock_nanosleep(CLOCK_MONOTONIC, 0, &pause, NULL);
}

static void *write_without_end(void *arg)
{
	struct writer_thread *w = arg;
	size_t page = 0;

	atomic_store(&w->tid, gettid());
	while (!atomic_load(&w->stop)) {
		ssize_t done = pwrite(w->fd, w->page, PAGE_BYTES, (off_t)(page * PAGE_BYTES));

		if (done != PAGE_BYTES) {
			atomic_store(&w->error, done < 0 ? -errno : -ENOSPC);
			break;
		}
		if (atomic_load(&w->awaited)) {
			atomic_store(&w->resumed, clock_stop());
			atomic_store(&w->awaited, false);
		}
		page = (page + 1) % WRITER_PAGES;
	}
	return NULL;
}

static int writer_start(struct ctx *ctx)
{
	struct writer_thread *w = calloc(1, sizeof(*w));
	int error;

	if (!w)
		return file_error(ctx, "writer", -ENOMEM);
	w->fd = ctx->fd;
	error = pthread_create(&w->thread, NULL, write_without_end, w);
	if (error) {
		free(w);
		return file_error(ctx, "writer", -error);
	}
	ctx->own = w;
	return 0;
}

static int setup(struct ctx *ctx)
{
	size_t pages = ctx->arm->pages ? ctx->arm->pages : WRITER_PAGES;
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
		error = file_map(ctx, pages * PAGE_BYTES);
	if (!error)
		error = file_buffer(ctx, PAGE_BYTES);
	if (!error && ctx->arm->how == WRITER)
		error = writer_start(ctx);
	return error;
}

/* Either the wait is over before the operation, or it is certain to be in it. */
static int settle(struct ctx *ctx)
{
	int error;

	if (ctx->arm->how == AFTER_PAUSE) {
		struct timespec second = { .tv_sec = 1 };

		clock_nanosleep(CLOCK_MONOTONIC, 0, &second, NULL);
		return 0;
	}
	error = freeze_start(ctx->fd);
	if (!error)
		error = freeze_end(ctx->fd);
	return error ? file_error(ctx, "FIFREEZE", error) : 0;
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

static int wait_until_blocked(struct ctx *ctx, struct writer_thread *w)
{
	for (int i = 0; i < POLLS_MAX; i++) {
		if (atomic_load(&w->error))
			return file_error(ctx, "writer", atomic_load(&w->error));
		if (atomic_load(&w->tid) && thread_is_blocked(atomic_load(&w->tid)))
			return 0;
		poll_pause();
	}
	return file_error(ctx, "the writer is not blocked by the freeze", -EBUSY);
}

static int wait_until_resumed(struct ctx *ctx, struct writer_thread *w)
{
	for (int i = 0; i < POLLS_MAX && atomic_load(&w->awaited); i++) {
		if (atomic_load(&w->error))
			return file_error(ctx, "writer", atomic_load(&w->error));
		poll_pause();
	}
	if (!atomic_load(&w->awaited))
		return 0;
	ctx->stuck = true;
	return file_error(ctx, "the writer is still blocked 5 s after the thaw", -EBUSY);
}

static int freeze_and_thaw(struct ctx *ctx, struct samples *samples)
{
	struct writer_thread *w = ctx->own;
	int error, blocked = 0;

	samples_start(samples);
	error = freeze_start(ctx->fd);
	samples_stop(samples, FREEZE);
	if (error)
		return file_error(ctx, "FIFREEZE", error);
	if (w) {
		blocked = wait_until_blocked(ctx, w);
		atomic_store(&w->awaited, true);
	}

	samples_start(samples);
	error = freeze_end(ctx->fd);
	samples_stop(samples, THAW);
	if (error)
		return file_error(ctx, "FITHAW", error);
	if (!w || blocked)
		return blocked;
	error = wait_until_resumed(ctx, w);
	if (error)
		return error;
	if (atomic_load(&w->resumed) < samples->start)
		return file_error(ctx, "the writer went on before the thaw", -EBUSY);
	samples_add(samples, RESUME, atomic_load(&w->resumed) - samples->start);
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

static int teardown(struct ctx *ctx)
{
	struct writer_thread *w = ctx->own;

	if (!w)
		return 0;
	atomic_store(&w->stop, true);
	pthread_join(w->thread, NULL);
	return atomic_load(&w->error) ? file_error(ctx, "writer", atomic_load(&w->error)) : 0;
}

static const struct arm arms[] = {
	{ "idle", "nothing dirty", IDLE, 0, 0, 0 },
	{ "after-pause", "nothing dirty, not frozen for a second", AFTER_PAUSE, 0, 0, 0 },
	{ "dirty-mapped-1", "1 page dirtied through a mapping", DIRTY_MAPPED, 0, 1, 0 },
	{ "dirty-mapped-64", "64 pages dirtied through a mapping", DIRTY_MAPPED, 0, 64, 0 },
	{ "dirty-mapped-1024", "1024 pages dirtied through a mapping", DIRTY_MAPPED, 0, 1024, 0 },
	{ "dirty-cache-1024", "1024 pages dirtied by write(2)", DIRTY_CACHE, 0, 1024, 0 },
	{ "writer", "a thread writes without end", WRITER, PAGE_BYTES, 0, 0 },
	{ 0 },
};

const struct bench bench_freeze = {
	.name = "freeze",
	.brief = "one FIFREEZE and one FITHAW",
	.metric = { "freeze", "thaw", "resume" },
	.arms = arms,
	.operations = 10,
	.setup = setup,
	.pass = pass,
	.teardown = teardown,
};
