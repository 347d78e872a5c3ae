// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The first write to a page of a mapped file: one store of one byte to each
 * 4 KiB page, in ascending order, each store timed by itself.
 *
 * Measured: the fault the store takes and the store. Not measured: making and
 * mapping the file, reading it, syncing it. What the arms differ in is only
 * what the page and its block were before the store:
 *
 *   cold             block allocated, page not mapped: a write fault
 *   read-then-write  mapped read-only by a read fault: a write-protect fault,
 *                    the one pfn_mkwrite was made for
 *   rewrite          mapped writable: no fault
 *   hole             no block: a write fault that allocates, or with ext4
 *                    through the page cache reserves (the block comes when the
 *                    page is written back, which is not measured)
 *   unwritten        block preallocated, not yet written: a write fault that
 *                    converts, again not before write-back with ext4 through
 *                    the page cache
 *   after-sync       was writable and dirty, then msync: what it takes to make
 *                    it so again
 *
 * Read faults map 16 pages at a time through the page cache (fault-around)
 * and one with DAX; they are outside the measured pass, and the write faults
 * measured here are one a page with either. The record's count of faults says
 * so.
 */
#include <errno.h>
#include <sys/mman.h>

#include "bench/file.h"

enum { COLD, READ_THEN_WRITE, REWRITE, HOLE, UNWRITTEN, AFTER_SYNC };

static int setup(struct ctx *ctx)
{
	size_t bytes = ctx->operations * PAGE_BYTES;
	enum file_state state = FILE_WRITTEN;
	int error;

	if (ctx->arm->how == HOLE)
		state = FILE_HOLE;
	else if (ctx->arm->how == UNWRITTEN)
		state = FILE_UNWRITTEN;
	error = file_make(ctx, "first-write", state, bytes, &ctx->fd);
	if (!error)
		error = file_map(ctx, bytes);
	if (error)
		return error;

	switch (ctx->arm->how) {
	case READ_THEN_WRITE:
		file_read_pages(ctx);
		break;
	case REWRITE:
		file_write_pages(ctx);
		break;
	case AFTER_SYNC:
		file_write_pages(ctx);
		if (msync(ctx->map, bytes, MS_SYNC))
			return file_error(ctx, "msync", -errno);
		break;
	}
	return 0;
}

/* samples NULL: no clock */
static inline __attribute__((always_inline)) int loop(struct ctx *ctx, struct samples *samples)
{
	volatile char *page = ctx->map;

	for (size_t i = 0; i < ctx->operations; i++, page += PAGE_BYTES) {
		if (samples)
			samples_start(samples);
		*page = 2;
		if (samples)
			samples_stop(samples, 0);
	}
	return 0;
}

static int pass(struct ctx *ctx, struct samples *samples)
{
	return loop(ctx, samples);
}

static int batch(struct ctx *ctx)
{
	return loop(ctx, NULL);
}

static const struct arm arms[] = {
	{ "cold", "block allocated, page not mapped", COLD, 1, 0, 0 },
	{ "read-then-write", "mapped read-only by a read fault first", READ_THEN_WRITE, 1, 0, 0 },
	{ "rewrite", "mapped writable already", REWRITE, 1, 0, 0 },
	{ "hole", "no block yet: the write allocates or reserves", HOLE, 1, 0, 0 },
	{ "unwritten", "block preallocated by fallocate", UNWRITTEN, 1, 0, 0 },
	{ "after-sync", "written, msynced, written again", AFTER_SYNC, 1, 0, 0 },
	{ 0 },
};

const struct bench bench_first_write = {
	.name = "first-write",
	.brief = "one store to a 4 KiB page of a mapped file",
	.metric = { "write" },
	.arms = arms,
	.operations = 2048,
	.setup = setup,
	.pass = pass,
	.batch = batch,
};
