/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files of a target in a known state, for the hooks. All use struct ctx. */
#ifndef DAXMARK_BENCH_FILE_H
#define DAXMARK_BENCH_FILE_H

#include <stdbool.h>

#include "bench/bench.h"

/* Why nothing is frozen in a folder of a file system that others use. */
#define FILE_NOT_FROZEN "a file system that was there already is never frozen"

/* How the blocks of a new file are. */
enum file_state {
	FILE_WRITTEN,	/* allocated, written, on the device */
	FILE_HOLE,	/* none: the first write allocates */
	FILE_UNWRITTEN, /* allocated by fallocate, never written */
};

/*
 * How a file is mapped: with the benchmark's own number, below FILE_MAPPING, it
 * makes up the `how` of an arm.
 */
enum file_mapping {
	FILE_SHARED = 0,
	FILE_HUGE = 1 << 8,    /* shared, at a multiple of 2 MiB: bench/huge.h */
	FILE_SYNC = 2 << 8,    /* MAP_SYNC: a write fault makes the file's blocks durable too */
	FILE_PRIVATE = 3 << 8, /* a write fault copies the page, the file stays as it is */
	FILE_MAPPING = 3 << 8,
};

/*
 * Says in ctx->reason what failed, with the error's words, and returns error
 * (negative); for `return file_error(ctx, "open", -errno);`.
 */
int file_error(struct ctx *ctx, const char *what, int error);

/*
 * Makes a file of bytes in the target and opens it as *fd; at most two an
 * arm. One that is FILE_WRITTEN comes into the page cache as ctx->fill says. name is a constant:
 * file_release() removes the file by it. Of threads that share a file the first makes it, with
 * bytes for each of them; whoever reads or writes it by offset begins at ctx->at.
 */
int file_make(struct ctx *ctx, const char *name, enum file_state state, size_t bytes, int *fd);

/*
 * Maps bytes of ctx->fd from ctx->at on, shared and writable, as ctx->map, and touches nothing. The
 * map begins one page past a multiple of 2 MiB, so that a fault can never bring in a huge page
 * where an operation is about one of 4 KiB.
 */
int file_map(struct ctx *ctx, size_t bytes);

/*
 * The same in another way; -EOPNOTSUPP where the file system has none such. With
 * FILE_HUGE the map begins at a multiple of 2 MiB instead.
 */
int file_map_as(struct ctx *ctx, size_t bytes, enum file_mapping mapping);

/* Takes the map away; pages that were written through it stay dirty. */
void file_unmap(struct ctx *ctx);

/*
 * Whether the file system of ctx->fd may be frozen: 0, or -EPERM where someone needs
 * it meanwhile, such as who writes the results.
 */
int file_may_freeze(struct ctx *ctx);

/*
 * freeze_ready(), before each freeze or two and outside of what is measured: 0, or an error
 * that ends the run, said in ctx->reason.
 */
int file_ready_to_freeze(struct ctx *ctx);

/* freeze_end() of ctx->fd had that error: says what it means. */
int file_thaw_error(struct ctx *ctx, int error);

/* One load from each page of the map, or one store of what was not there. */
void file_read_pages(struct ctx *ctx);
void file_write_pages(struct ctx *ctx);

/* A buffer of bytes with a pattern, page aligned and touched: ctx->buffer. */
int file_buffer(struct ctx *ctx, size_t bytes);

/* Byte i of every pattern; a page is like none of the 255 after it. */
static inline char file_pattern(size_t i)
{
	return (char)(i * 31 + i / PAGE_BYTES * 7 + 1);
}

/* Unmaps, closes and removes what the above made. */
void file_release(struct ctx *ctx);

#endif
