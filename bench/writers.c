// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "bench/blocked.h"
#include "bench/file.h"
#include "bench/thread.h"
#include "bench/writers.h"
#include "measure/mark.h"

#define WRITER_PAGES ((size_t)64)
#define POLL_NS	     100000
#define POLLS_MAX    50000 /* 5 s */

struct writer {
	pthread_t thread;
	struct ctx ctx;	  /* its file */
	atomic_int tid;	  /* 0 before it runs */
	atomic_int error; /* negative errno of the write that ended it */
	atomic_bool *stop;
	atomic_bool awaited;   /* the next return is to be noted */
	atomic_ullong resumed; /* the clock at that return */
	char page[PAGE_BYTES];
};

/* Not freed while one of them may still run: it could be stuck. */
struct writers {
	size_t n, started;
	atomic_bool stop;
	struct writer writer[];
};

static void *write_without_end(void *arg)
{
	struct writer *w = arg;
	size_t page = 0;

	atomic_store(&w->tid, gettid());
	while (!atomic_load(w->stop)) {
		off_t at = w->ctx.at + (off_t)(page * PAGE_BYTES);
		ssize_t done = pwrite(w->ctx.fd, w->page, PAGE_BYTES, at);

		if (done != PAGE_BYTES) {
			atomic_store(&w->error, done < 0 ? -errno : -ENOSPC);
			break;
		}
		if (atomic_load(&w->awaited)) {
			MARK(MARK_ASIDE);
			atomic_store(&w->resumed, clock_stop());
			atomic_store(&w->awaited, false);
		}
		page = (page + 1) % WRITER_PAGES;
	}
	return NULL;
}

int writers_start(struct ctx *ctx)
{
	size_t n = ctx->parts ? ctx->parts : 1;
	struct writers *all = calloc(1, sizeof(*all) + n * sizeof(all->writer[0]));
	int error = 0;

	if (!all)
		return file_error(ctx, "writers", -ENOMEM);
	ctx->own = all;
	for (all->n = 0; all->n < n && !error; all->n++) {
		struct writer *w = &all->writer[all->n];

		w->ctx.target = ctx->target;
		w->ctx.fd = w->ctx.out = w->ctx.pipe[0] = w->ctx.pipe[1] = -1;
		w->ctx.part = all->n;
		w->ctx.parts = n;
		w->ctx.one_file = ctx->one_file && n > 1;
		w->stop = &all->stop;
		error = file_make(&w->ctx, "writer", FILE_WRITTEN, WRITER_PAGES * PAGE_BYTES,
				  &w->ctx.fd);
		if (error)
			memcpy(ctx->reason, w->ctx.reason, sizeof(ctx->reason));
	}
	while (all->started < n && !error) {
		struct writer *w = &all->writer[all->started];

		error = thread_start(&w->thread, ctx->cpu ? &ctx->cpu[all->started] : NULL,
				     write_without_end, w);
		if (error)
			file_error(ctx, "writer", error);
		all->started += !error;
	}
	return error;
}

typedef bool (*condition)(struct writer *);

static bool is_blocked(struct writer *w)
{
	return atomic_load(&w->tid) && thread_is_blocked(atomic_load(&w->tid));
}

static bool is_resumed(struct writer *w)
{
	return !atomic_load(&w->awaited);
}

static int wait_until(struct ctx *ctx, condition is, const char *otherwise)
{
	struct writers *all = ctx->own;
	size_t n = 0;

	for (int i = 0; i < POLLS_MAX && n < all->n; i++) {
		struct timespec pause = { .tv_nsec = POLL_NS };
		struct writer *w = &all->writer[n];

		if (atomic_load(&w->error))
			return file_error(ctx, "writer", atomic_load(&w->error));
		if (is(w))
			n++;
		else
			clock_nanosleep(CLOCK_MONOTONIC, 0, &pause, NULL);
	}
	return n < all->n ? file_error(ctx, otherwise, -EBUSY) : 0;
}

int writers_wait_blocked(struct ctx *ctx)
{
	return wait_until(ctx, is_blocked, "a writer is not blocked by the freeze");
}

void writers_await(struct ctx *ctx)
{
	struct writers *all = ctx->own;

	for (size_t i = 0; i < all->n; i++)
		atomic_store(&all->writer[i].awaited, true);
}

int writers_wait_resumed(struct ctx *ctx, uint64_t *first, uint64_t *last)
{
	struct writers *all = ctx->own;
	int error = wait_until(ctx, is_resumed, "a writer is still blocked 5 s after the thaw");

	ctx->stuck = error == -EBUSY;
	*first = UINT64_MAX;
	*last = 0;
	for (size_t i = 0; i < all->n; i++) {
		uint64_t resumed = atomic_load(&all->writer[i].resumed);

		*first = resumed < *first ? resumed : *first;
		*last = resumed > *last ? resumed : *last;
	}
	return error;
}

int writers_stop(struct ctx *ctx)
{
	struct writers *all = ctx->own;
	int error = 0;

	if (!all)
		return 0;
	atomic_store(&all->stop, true);
	for (size_t i = 0; i < all->started; i++) {
		pthread_join(all->writer[i].thread, NULL);
		if (!error && atomic_load(&all->writer[i].error))
			error = file_error(ctx, "writer", atomic_load(&all->writer[i].error));
	}
	for (size_t i = all->n; i-- > 0;)
		file_release(&all->writer[i].ctx);
	return error;
}
