// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Repeated stores to pages that are mapped and writable already: no first
 * write here (that is first-write's), but what a program pays that keeps its
 * data in a mapped file.
 *
 *   plain        memcpy
 *   nontemporal  PMDK's pmem_memcpy past the caches, drained
 *   persist      memcpy, then made durable: pmem_persist with DAX, msync
 *                through the page cache
 *   write        write(2) at the same place: the control without a mapping
 *
 * The file is mapped by us, MAP_SHARED and without MAP_SYNC, on every target:
 * PMDK's own mapping would try MAP_SYNC first and so change the fault path. Three
 * arms tell what other mappings do to the same store: huge (mapped by 2 MiB, which
 * is proved, so that one TLB entry serves all of it), sync (MAP_SYNC, with which
 * persist need not ask the file system) and private (MAP_PRIVATE: memory that was
 * copied from the file, the control).
 *
 * Through the page cache msync write-protects the pages, so the next store to
 * such a page takes a write-protect fault: it is part of the cost of persist, in
 * every operation, and the record's count of faults shows it. Not measured: the
 * durability of plain and nontemporal stores through the page cache, which have
 * none.
 */
#include <errno.h>
#include <libpmem.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "bench/huge.h"

enum { PLAIN, NONTEMPORAL, PERSIST, WRITE };

#define FILE_BYTES (1u << 20)

static int make_and_map(struct ctx *ctx)
{
	enum file_mapping mapping = ctx->arm->how & FILE_MAPPING;
	int error;

	if (mapping == FILE_HUGE)
		error = huge_file_make(ctx, "mmap-write", FILE_WRITTEN, HUGE_PAGE_BYTES);
	else
		error = file_make(ctx, "mmap-write", FILE_WRITTEN, FILE_BYTES, &ctx->fd);
	if (error)
		return error;
	error = file_map_as(ctx, mapping == FILE_HUGE ? HUGE_PAGE_BYTES : FILE_BYTES, mapping);
	if (error || mapping != FILE_HUGE)
		return error;
	*(volatile char *)ctx->map = 1;
	return huge_prove(ctx);
}

static int way_of(const struct ctx *ctx)
{
	return ctx->arm->how & ~FILE_MAPPING;
}

static int setup(struct ctx *ctx)
{
	int error = make_and_map(ctx);

	if (!error)
		error = file_buffer(ctx, ctx->arm->bytes);
	if (error)
		return error;
	file_write_pages(ctx);
	/* so that each operation begins as each after it does: see above */
	if (way_of(ctx) == PERSIST && !target_wants_dax(ctx->target) &&
	    msync(ctx->map, ctx->map_bytes, MS_SYNC))
		return file_error(ctx, "msync", -errno);
	return 0;
}

/* msync takes whole pages only. */
static int sync_range(char *from, size_t bytes)
{
	char *page = (char *)((uintptr_t)from & ~(uintptr_t)(PAGE_BYTES - 1));

	return msync(page, bytes + (size_t)(from - page), MS_SYNC) ? -errno : 0;
}

/*
 * how is a constant in each caller below, so that what tells the arms apart is
 * decided when this is compiled and not between the two readings of the clock.
 */
static inline __attribute__((always_inline)) int loop(struct ctx *ctx, struct samples *samples,
						      const int how, const bool dax)
{
	size_t bytes = ctx->arm->bytes;
	const char *from = ctx->buffer;
	int error = 0;

	for (size_t i = 0; i < ctx->operations && !error; i++) {
		size_t at = i * bytes % FILE_BYTES;
		char *to = ctx->map + at;

		if (samples)
			samples_start(samples);
		if (how == NONTEMPORAL)
			pmem_memcpy(to, from, bytes, PMEM_F_MEM_NONTEMPORAL);
		else if (how == WRITE)
			error = pwrite(ctx->fd, from, bytes, ctx->at + (off_t)at) < 0 ? -errno : 0;
		else
			memcpy(to, from, bytes);
		if (how == PERSIST && dax)
			pmem_persist(to, bytes);
		else if (how == PERSIST)
			error = sync_range(to, bytes);
		if (samples)
			samples_stop(samples, 0);
	}
	return error ? file_error(ctx, ctx->arm->name, error) : 0;
}

/* samples NULL: no clock */
static inline __attribute__((always_inline)) int any(struct ctx *ctx, struct samples *samples)
{
	switch (way_of(ctx)) {
	case PLAIN:
		return loop(ctx, samples, PLAIN, false);
	case NONTEMPORAL:
		return loop(ctx, samples, NONTEMPORAL, false);
	case WRITE:
		return loop(ctx, samples, WRITE, false);
	default:
		if (target_wants_dax(ctx->target))
			return loop(ctx, samples, PERSIST, true);
		return loop(ctx, samples, PERSIST, false);
	}
}

static int pass(struct ctx *ctx, struct samples *samples)
{
	return any(ctx, samples);
}

static int batch(struct ctx *ctx)
{
	return any(ctx, NULL);
}

static const struct arm arms[] = {
	{ .name = "plain-64", .brief = "memcpy of 64 bytes", .how = PLAIN, .bytes = 64 },
	{ .name = "plain-4k", .brief = "memcpy of 4 KiB", .how = PLAIN, .bytes = 4096 },
	{ .name = "plain-64k",
	  .brief = "memcpy of 64 KiB",
	  .how = PLAIN,
	  .bytes = 65536,
	  .operations = 32 },
	{ .name = "nontemporal-64",
	  .brief = "pmem_memcpy of 64 bytes, non-temporal",
	  .how = NONTEMPORAL,
	  .bytes = 64 },
	{ .name = "nontemporal-4k",
	  .brief = "pmem_memcpy of 4 KiB, non-temporal",
	  .how = NONTEMPORAL,
	  .bytes = 4096 },
	{ .name = "nontemporal-64k",
	  .brief = "pmem_memcpy of 64 KiB, non-temporal",
	  .how = NONTEMPORAL,
	  .bytes = 65536,
	  .operations = 32 },
	{ .name = "persist-64",
	  .brief = "memcpy of 64 bytes, made durable",
	  .how = PERSIST,
	  .bytes = 64 },
	{ .name = "persist-4k",
	  .brief = "memcpy of 4 KiB, made durable",
	  .how = PERSIST,
	  .bytes = 4096 },
	{ .name = "persist-64k",
	  .brief = "memcpy of 64 KiB, made durable",
	  .how = PERSIST,
	  .bytes = 65536,
	  .operations = 32 },
	{ .name = "huge-4k",
	  .brief = "memcpy of 4 KiB, mapped by 2 MiB",
	  .how = PLAIN | FILE_HUGE,
	  .bytes = 4096 },
	{ .name = "sync-persist-64",
	  .brief = "memcpy of 64 bytes, made durable, MAP_SYNC",
	  .how = PERSIST | FILE_SYNC,
	  .bytes = 64 },
	{ .name = "sync-persist-4k",
	  .brief = "memcpy of 4 KiB, made durable, MAP_SYNC",
	  .how = PERSIST | FILE_SYNC,
	  .bytes = 4096 },
	{ .name = "private-4k",
	  .brief = "memcpy of 4 KiB, MAP_PRIVATE",
	  .how = PLAIN | FILE_PRIVATE,
	  .bytes = 4096 },
	{ .name = "write-64", .brief = "write(2) of 64 bytes", .how = WRITE, .bytes = 64 },
	{ .name = "write-4k", .brief = "write(2) of 4 KiB", .how = WRITE, .bytes = 4096 },
	{ .name = "write-64k",
	  .brief = "write(2) of 64 KiB",
	  .how = WRITE,
	  .bytes = 65536,
	  .operations = 32 },
	{ 0 },
};

/* The operations write the same bytes to the same place each time. */
static bool again(const struct arm *arm)
{
	(void)arm;
	return true;
}

/* The file of a mapping by 2 MiB is made in another way: bench/huge.h. */
static bool filled(const struct arm *arm)
{
	return (arm->how & FILE_MAPPING) != FILE_HUGE;
}

BENCH(mmap_write) = {
	.name = "mmap-write",
	.title = "Store to a mapped file",
	.brief = "one store to pages mapped writable",
	.metric = { "write" },
	.rate = true,
	.arms = arms,
	.operations = 256,
	.setup = setup,
	.pass = pass,
	.batch = batch,
	.again = again,
	.filled = filled,
};
