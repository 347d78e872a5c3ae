// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The first write to a page of a mapped file: one store of one byte to each
 * page of 4 KiB, or of 2 MiB, in ascending order, each store timed by itself.
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
 *   remapped         dirty, and mapped anew: a write fault to a page that the file
 *                    system has made writable before; with DAX the block is known
 *                    and its entry is dirty
 *
 * The file is mapped MAP_SHARED, and a fault is one of 4 KiB, but for these:
 *
 *   huge-*           one store to each 2 MiB, mapped so that DAX can bring them in
 *                    with one fault (PMD fault). Proved after each pass: one fault
 *                    a store, and none for the other pages of the 2 MiB. A target
 *                    that falls back to 4 KiB is skipped, not measured.
 *   sync-*           MAP_SYNC: where the block is not durable yet, as after hole,
 *                    the fault waits until the file system has made it so
 *   private-*        MAP_PRIVATE: the write fault copies the page, and the file
 *                    stays as it is. A control: no time of the file moves and
 *                    nothing of it needs protection while it is frozen.
 *
 * Read faults map 16 pages at a time through the page cache (fault-around)
 * and one with DAX; they are outside the measured pass, and the write faults
 * measured here are one a page with either. The record's count of faults says
 * so.
 */
#include <errno.h>
#include <stdio.h>
#include <sys/mman.h>

#include "bench/huge.h"

/* What is in `how` beside the mapping. */
enum { COLD, READ_THEN_WRITE, REWRITE, HOLE, UNWRITTEN, AFTER_SYNC, REMAPPED };

static enum file_mapping mapping(const struct ctx *ctx)
{
	return ctx->arm->how & FILE_MAPPING;
}

static int setup(struct ctx *ctx)
{
	bool huge = mapping(ctx) == FILE_HUGE;
	size_t bytes = ctx->operations * (huge ? HUGE_PAGE_BYTES : PAGE_BYTES);
	int how = ctx->arm->how & ~FILE_MAPPING, error;
	enum file_state state = FILE_WRITTEN;

	if (how == HOLE)
		state = FILE_HOLE;
	else if (how == UNWRITTEN)
		state = FILE_UNWRITTEN;
	if (huge)
		error = huge_file_make(ctx, "first-write", state, bytes);
	else
		error = file_make(ctx, "first-write", state, bytes, &ctx->fd);
	if (!error)
		error = file_map_as(ctx, bytes, mapping(ctx));
	if (error)
		return error;

	switch (how) {
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
	case REMAPPED:
		file_write_pages(ctx);
		file_unmap(ctx);
		return file_map_as(ctx, bytes, mapping(ctx));
	}
	return 0;
}

/* samples NULL: no clock */
static inline __attribute__((always_inline)) void loop(struct ctx *ctx, struct samples *samples,
						       const size_t page_bytes)
{
	volatile char *page = ctx->map;
	/* a store through page may be one to ctx, for all the compiler knows */
	const size_t operations = ctx->operations;

	for (size_t i = 0; i < operations; i++, page += page_bytes) {
		if (samples)
			samples_start(samples);
		*page = 2;
		if (samples)
			samples_stop(samples, 0);
	}
}

static int pass(struct ctx *ctx, struct samples *samples)
{
	if (mapping(ctx) == FILE_HUGE)
		loop(ctx, samples, HUGE_PAGE_BYTES);
	else
		loop(ctx, samples, PAGE_BYTES);
	return 0;
}

static int batch(struct ctx *ctx)
{
	if (mapping(ctx) == FILE_HUGE)
		loop(ctx, NULL, HUGE_PAGE_BYTES);
	else
		loop(ctx, NULL, PAGE_BYTES);
	return 0;
}

static int teardown(struct ctx *ctx)
{
	uint64_t faults = ctx->faults;

	if (mapping(ctx) != FILE_HUGE || !ctx->map)
		return 0;
	/* in the warm-up our own code faults in as well */
	if (ctx->pass && faults != ctx->operations) {
		snprintf(ctx->reason, sizeof(ctx->reason),
			 "%zu stores to 2 MiB each took %llu faults", ctx->operations,
			 (unsigned long long)faults);
		return -EOPNOTSUPP;
	}
	return huge_prove(ctx);
}

/* 32 MiB, for which the smallest of targets has room. */
#define HUGE_OPERATIONS 16

/* Each commits a transaction. */
#define SYNC_HOLE_OPERATIONS 256

#define PLAIN_GROUP	     "First write to a 4 KiB page"
#define HUGE_GROUP	     "First write to a 2 MiB page"
#define SYNC_GROUP	     "First write to a 4 KiB page, MAP_SYNC"
#define PRIVATE_GROUP	     "First write to a 4 KiB page, MAP_PRIVATE"

static const struct arm arms[] = {
	{ .name = "cold",
	  .brief = "block allocated, page not mapped",
	  .group = PLAIN_GROUP,
	  .words = "a first write to an unmapped page",
	  .how = COLD,
	  .bytes = 1 },
	{ .name = "read-then-write",
	  .brief = "mapped read-only by a read fault first",
	  .group = PLAIN_GROUP,
	  .words = "a first write to a page already read",
	  .leads = true,
	  .how = READ_THEN_WRITE,
	  .bytes = 1 },
	{ .name = "rewrite",
	  .brief = "mapped writable already",
	  .group = PLAIN_GROUP,
	  .words = "a store to a page already written",
	  .how = REWRITE,
	  .bytes = 1 },
	{ .name = "hole",
	  .brief = "no block yet: the write allocates or reserves",
	  .group = PLAIN_GROUP,
	  .words = "a first write to a hole",
	  .how = HOLE,
	  .bytes = 1 },
	{ .name = "unwritten",
	  .brief = "block preallocated by fallocate",
	  .group = PLAIN_GROUP,
	  .words = "a first write to a preallocated page",
	  .how = UNWRITTEN,
	  .bytes = 1 },
	{ .name = "after-sync",
	  .brief = "written, msynced, written again",
	  .group = PLAIN_GROUP,
	  .words = "a first write after msync",
	  .how = AFTER_SYNC,
	  .bytes = 1 },
	{ .name = "remapped",
	  .brief = "written and dirty, then mapped anew",
	  .group = PLAIN_GROUP,
	  .words = "a first write to a dirty page mapped anew",
	  .how = REMAPPED,
	  .bytes = 1 },
	{ .name = "huge-cold",
	  .brief = "2 MiB a fault: blocks allocated, not mapped",
	  .group = HUGE_GROUP,
	  .words = "a first write to 2 MiB not mapped",
	  .how = COLD | FILE_HUGE,
	  .bytes = 1,
	  .operations = HUGE_OPERATIONS },
	{ .name = "huge-read-then-write",
	  .brief = "2 MiB a fault: mapped read-only first",
	  .group = HUGE_GROUP,
	  .words = "a first write to 2 MiB already read",
	  .how = READ_THEN_WRITE | FILE_HUGE,
	  .bytes = 1,
	  .operations = HUGE_OPERATIONS },
	{ .name = "huge-hole",
	  .brief = "2 MiB a fault: no blocks yet",
	  .group = HUGE_GROUP,
	  .words = "a first write to a hole of 2 MiB",
	  .how = HOLE | FILE_HUGE,
	  .bytes = 1,
	  .operations = HUGE_OPERATIONS },
	{ .name = "huge-unwritten",
	  .brief = "2 MiB a fault: blocks preallocated",
	  .group = HUGE_GROUP,
	  .words = "a first write to 2 MiB preallocated",
	  .how = UNWRITTEN | FILE_HUGE,
	  .bytes = 1,
	  .operations = HUGE_OPERATIONS },
	{ .name = "sync-cold",
	  .brief = "MAP_SYNC: block allocated, not mapped",
	  .group = SYNC_GROUP,
	  .words = "a first MAP_SYNC write to an unmapped page",
	  .how = COLD | FILE_SYNC,
	  .bytes = 1 },
	{ .name = "sync-read-then-write",
	  .brief = "MAP_SYNC: mapped read-only first",
	  .group = SYNC_GROUP,
	  .words = "a first MAP_SYNC write to a page already read",
	  .how = READ_THEN_WRITE | FILE_SYNC,
	  .bytes = 1 },
	{ .name = "sync-hole",
	  .brief = "MAP_SYNC: no block yet, made durable by the fault",
	  .group = SYNC_GROUP,
	  .words = "a first MAP_SYNC write to a hole",
	  .how = HOLE | FILE_SYNC,
	  .bytes = 1,
	  .operations = SYNC_HOLE_OPERATIONS },
	{ .name = "private-cold",
	  .brief = "MAP_PRIVATE: page copied, not mapped",
	  .group = PRIVATE_GROUP,
	  .words = "a first private write to an unmapped page",
	  .how = COLD | FILE_PRIVATE,
	  .bytes = 1 },
	{ .name = "private-read-then-write",
	  .brief = "MAP_PRIVATE: page copied, mapped read-only first",
	  .group = PRIVATE_GROUP,
	  .words = "a first private write to a page already read",
	  .how = READ_THEN_WRITE | FILE_PRIVATE,
	  .bytes = 1 },
	{ 0 },
};

/* After the first store a page is what rewrite wants, and nothing else is. */
static bool again(const struct arm *arm)
{
	return arm->how == REWRITE;
}

/* Blocks of 2 MiB are asked for by huge_file_make(). */
static bool filled(const struct arm *arm)
{
	int how = arm->how & ~FILE_MAPPING;

	return how != HOLE && how != UNWRITTEN && (arm->how & FILE_MAPPING) != FILE_HUGE;
}

BENCH(first_write) = {
	.name = "first-write",
	.title = "First write to a page",
	.brief = "one store to each page of a mapped file",
	.metric = { "write" },
	.arms = arms,
	.operations = 2048,
	.setup = setup,
	.pass = pass,
	.teardown = teardown,
	.batch = batch,
	.again = again,
	.filled = filled,
};
