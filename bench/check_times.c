// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * ctime-mtime: a page that was read through a mapping and is then written
 * through it must move the file's mtime and ctime, at the latest when the
 * write has been made durable with msync (POSIX.1-2017, mmap).
 */
#include <errno.h>
#include <stdbool.h>
#include <sys/stat.h>

#include "bench/check.h"

static bool moved(const struct timespec *from, const struct timespec *to)
{
	return from->tv_sec != to->tv_sec || from->tv_nsec != to->tv_nsec;
}

static int run(struct ctx *ctx, struct finding *finding)
{
	struct stat before, after;
	bool mtime, ctime;
	int error = file_make(ctx, "times", FILE_WRITTEN, PAGE_BYTES, &ctx->fd);

	if (!error)
		error = check_make_old(ctx, ctx->fd);
	if (error)
		return error;
	if (fstat(ctx->fd, &before))
		return file_error(ctx, "fstat", -errno);
	error = check_write_after_read(ctx);
	if (error)
		return error;
	if (fstat(ctx->fd, &after))
		return file_error(ctx, "fstat", -errno);

	mtime = moved(&before.st_mtim, &after.st_mtim);
	ctime = moved(&before.st_ctim, &after.st_ctim);
	check_found(finding, mtime && ctime ? CHECK_PASS : CHECK_FAIL,
		    "page read, then written through the mapping and msynced: mtime %s, ctime %s",
		    mtime ? "moved" : "did not move", ctime ? "moved" : "did not move");
	return 0;
}

CHECK(ctime_mtime) = {
	.name = "ctime-mtime",
	.label = "c/mtime updated",
	.promise = "c/mtime updated",
	.brief = "a write to a mapped page that was read before moves ctime and mtime",
	.run = run,
};
