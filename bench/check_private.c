// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * private-write: a store to a MAP_PRIVATE mapping goes to a copy of the page. It
 * moves neither mtime nor ctime and leaves the bytes of the file (POSIX.1-2017,
 * mmap). Early DAX code of ext2 moved the times on every write fault, so that
 * make(1) took a program for new when its data segment was first written to.
 */
#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bench/check.h"

/* The kernel takes another way for each page; the last one has no block. */
enum { PAGE_READ, PAGE_UNMAPPED, PAGE_HOLE, PAGES };

#define WRITTEN_BYTES ((size_t)PAGE_HOLE * PAGE_BYTES)
#define FILE_BYTES    ((size_t)PAGES * PAGE_BYTES)

static const char *const page_names[PAGES] = {
	[PAGE_READ] = "a page read before",
	[PAGE_UNMAPPED] = "a page not mapped before",
	[PAGE_HOLE] = "a hole",
};

struct seen {
	bool mtime, ctime, bytes; /* moved, moved, differ */
};

static bool same_time(const struct timespec *a, const struct timespec *b)
{
	return a->tv_sec == b->tv_sec && a->tv_nsec == b->tv_nsec;
}

static int file_differs(struct ctx *ctx, bool *differs)
{
	char page[PAGE_BYTES];

	*differs = false;
	for (size_t i = 0; i < PAGES; i++) {
		ssize_t got = pread(ctx->fd, page, sizeof(page), (off_t)(i * PAGE_BYTES));

		if (got != (ssize_t)sizeof(page))
			return file_error(ctx, "read", got < 0 ? -errno : -EIO);
		for (size_t at = 0; at < sizeof(page); at++)
			*differs |=
				page[at] != (i < PAGE_HOLE ? file_pattern(i * PAGE_BYTES + at) : 0);
	}
	return 0;
}

static int store(struct ctx *ctx, size_t i, const struct stat *before, struct seen *seen)
{
	volatile char *page = ctx->map + i * PAGE_BYTES;
	struct stat after;

	*page = (char)~file_pattern(i * PAGE_BYTES);
	/* a kernel that moves the times late does so here */
	if (msync(ctx->map, ctx->map_bytes, MS_SYNC))
		return file_error(ctx, "msync", -errno);
	if (fstat(ctx->fd, &after))
		return file_error(ctx, "fstat", -errno);
	seen->mtime = !same_time(&before->st_mtim, &after.st_mtim);
	seen->ctime = !same_time(&before->st_ctim, &after.st_ctim);
	return file_differs(ctx, &seen->bytes);
}

/* Two pages with blocks and a hole behind them, of long ago. */
static int make(struct ctx *ctx, struct stat *before)
{
	int error = file_make(ctx, "private", FILE_WRITTEN, WRITTEN_BYTES, &ctx->fd);

	if (!error && ftruncate(ctx->fd, FILE_BYTES))
		error = file_error(ctx, "ftruncate", -errno);
	if (!error)
		error = file_map_as(ctx, FILE_BYTES, FILE_PRIVATE);
	if (!error)
		error = check_make_old(ctx, ctx->fd);
	if (!error && fstat(ctx->fd, before))
		error = file_error(ctx, "fstat", -errno);
	return error;
}

static int run(struct ctx *ctx, struct finding *finding)
{
	struct seen seen = { 0 };
	struct stat before;
	int error = make(ctx, &before);
	size_t i = 0;

	if (error)
		return error;
	(void)*(volatile char *)(ctx->map + (size_t)PAGE_READ * PAGE_BYTES);
	/* ctime is of now, and ext2 keeps whole seconds */
	check_pause_ms(1100);
	while (i < PAGES && !error && !seen.mtime && !seen.ctime && !seen.bytes)
		error = store(ctx, i++, &before, &seen);
	if (error)
		return error;
	if (seen.mtime || seen.ctime || seen.bytes)
		check_found(finding, CHECK_FAIL,
			    "private store to %s: mtime %s, ctime %s, the file's bytes %s",
			    page_names[i - 1], seen.mtime ? "moved" : "did not move",
			    seen.ctime ? "moved" : "did not move",
			    seen.bytes ? "changed" : "did not change");
	else
		check_found(finding, CHECK_PASS,
			    "private stores to %s, %s and %s: mtime and ctime did not move, "
			    "the file's bytes did not change",
			    page_names[0], page_names[1], page_names[2]);
	return 0;
}

CHECK(private_write) = {
	.name = "private-write",
	.label = "a private write leaves the file",
	.promise = "file left alone by a private write",
	.brief = "a write to a private mapping moves no time and leaves the file's bytes",
	.run = run,
};
