// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * frozen-write-readonly, frozen-write-writable: a store to a mapped page must
 * not complete while the file system is frozen, whether the page was mapped
 * read-only or writable when it froze, and must complete after the thaw.
 *
 * The store is made by a thread, not by a child: a forked child has no copy of
 * a shared file's page table entries and would fault anew, so that nothing
 * would ever get through.
 */
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

#include "bench/blocked.h"
#include "bench/check.h"
#include "medium/fsfreeze.h"

/* How long a store may take that is not blocked, and one that was thawed. */
#define UNBLOCKED_MS 200
#define THAWED_MS    5000

struct store {
	volatile char *page;
	atomic_int tid; /* 0 before the thread runs */
	atomic_bool done;
};

static void *store_once(void *arg)
{
	struct store *store = arg;

	atomic_store(&store->tid, gettid());
	*store->page = 4;
	/* the store must not be reported before it was made */
	atomic_thread_fence(memory_order_seq_cst);
	atomic_store(&store->done, true);
	return NULL;
}

static bool done_within(struct store *store, long ms)
{
	for (; ms > 0 && !atomic_load(&store->done); ms--)
		check_pause_ms(1);
	return atomic_load(&store->done);
}

enum outcome { LEAKED, BLOCKED, STUCK };

/*
 * Nothing in here touches the frozen file system but the store itself. Not
 * done is not yet blocked: a store counts as blocked only when its thread waits
 * in the kernel. What belongs to a thread that never comes back is not taken
 * from under it, hence static.
 */
static int store_while_frozen(struct ctx *ctx, enum outcome *outcome)
{
	static struct store store;
	pthread_t thread;
	bool leaked, blocked;
	int error = file_ready_to_freeze(ctx);

	if (error)
		return error;
	error = freeze_start(ctx->fd);
	if (error)
		return file_error(ctx, "FIFREEZE", error);
	store.page = ctx->map;
	atomic_store(&store.tid, 0);
	atomic_store(&store.done, false);
	error = pthread_create(&thread, NULL, store_once, &store);
	if (error) {
		freeze_end(ctx->fd);
		return file_error(ctx, "thread", -error);
	}
	while (!atomic_load(&store.tid))
		check_pause_ms(1);
	leaked = done_within(&store, UNBLOCKED_MS);
	blocked = !leaked && thread_is_blocked(atomic_load(&store.tid));
	error = freeze_end(ctx->fd);
	if (!done_within(&store, THAWED_MS)) {
		*outcome = STUCK;
		pthread_detach(thread);
		return error ? file_thaw_error(ctx, error) : 0;
	}
	pthread_join(thread, NULL);
	if (error)
		return file_thaw_error(ctx, error);
	if (!leaked && !blocked)
		return file_error(ctx, "the store was neither made nor blocked", -EAGAIN);
	*outcome = leaked ? LEAKED : BLOCKED;
	return 0;
}

static int run(struct ctx *ctx, struct finding *finding, bool writable)
{
	const char *page = writable ? "writable" : "read-only";
	enum outcome outcome = STUCK;
	int error;

	if (target_is_borrowed(ctx->target)) {
		check_found(finding, CHECK_SKIP, FILE_NOT_FROZEN);
		return 0;
	}
	error = file_make(ctx, "frozen", FILE_WRITTEN, PAGE_BYTES, &ctx->fd);
	if (!error)
		error = file_may_freeze(ctx);
	if (!error)
		error = file_map(ctx, PAGE_BYTES);
	if (error)
		return error;
	if (writable)
		file_write_pages(ctx);
	else
		file_read_pages(ctx);
	error = store_while_frozen(ctx, &outcome);
	if (error == -EOPNOTSUPP) {
		check_found(finding, CHECK_SKIP, "the file system cannot be frozen");
		return 0;
	}
	if (error)
		return error;
	check_found(finding, outcome == BLOCKED ? CHECK_PASS : CHECK_FAIL,
		    "page mapped %s before the freeze: the store %s", page,
		    outcome == BLOCKED	? "was blocked until the thaw"
		    : outcome == LEAKED ? "completed while frozen"
					: "was still blocked 5 s after the thaw");
	if (outcome != STUCK)
		return 0;
	/* its file cannot be unmapped or removed any more */
	snprintf(ctx->reason, sizeof(ctx->reason), "%s", finding->evidence);
	ctx->stuck = true;
	return -EBUSY;
}

static int run_readonly(struct ctx *ctx, struct finding *finding)
{
	return run(ctx, finding, false);
}

static int run_writable(struct ctx *ctx, struct finding *finding)
{
	return run(ctx, finding, true);
}

CHECK(frozen_write_readonly) = {
	.name = "frozen-write-readonly",
	.label = "write while frozen, page read-only",
	.promise = "write to a read-only page held while frozen",
	.brief = "a page mapped read-only cannot be written while frozen",
	.run = run_readonly,
};

CHECK(frozen_write_writable) = {
	.name = "frozen-write-writable",
	.label = "write while frozen, page writable",
	.promise = "write to a writable page held while frozen",
	.brief = "a page mapped writable cannot be written while frozen",
	.run = run_writable,
};
