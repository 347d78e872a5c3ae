// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "bench/huge.h"
#include "measure/faults.h"

/*
 * Each 2 MiB by itself, for an allocator such as ext4's gives what is asked for
 * as a power of two of blocks at a multiple of that; the files that scatter lie
 * elsewhere. A file system without fallocate is let do as it does.
 */
static int allocate(int fd, off_t from, size_t bytes)
{
	for (size_t at = 0; at < bytes; at += HUGE_PAGE_BYTES)
		if (fallocate(fd, 0, from + (off_t)at, HUGE_PAGE_BYTES))
			return -errno;
	return 0;
}

/* What is written does not matter: nothing reads it. */
static int write_all(int fd, off_t from, size_t bytes)
{
	static const char piece[1 << 16];

	for (size_t at = 0; at < bytes; at += sizeof(piece)) {
		ssize_t done = pwrite(fd, piece, sizeof(piece), from + (off_t)at);

		if (done != (ssize_t)sizeof(piece))
			return done < 0 ? -errno : -ENOSPC;
	}
	return 0;
}

static int too_small(struct ctx *ctx, size_t bytes)
{
	snprintf(ctx->reason, sizeof(ctx->reason),
		 "%zu MiB in blocks of 2 MiB are not free in the target", bytes >> 20);
	return -EOPNOTSUPP;
}

int huge_file_make(struct ctx *ctx, const char *name, enum file_state state, size_t bytes)
{
	int error;

	if (!target_wants_dax(ctx->target)) {
		snprintf(ctx->reason, sizeof(ctx->reason), "a fault of 2 MiB takes DAX");
		return -EOPNOTSUPP;
	}
	error = file_make(ctx, name, FILE_HOLE, bytes, &ctx->fd);
	if (error)
		return error == -ENOSPC ? too_small(ctx, bytes) : error;
	if (state != FILE_HOLE)
		error = allocate(ctx->fd, ctx->at, bytes);
	if (state == FILE_WRITTEN && (!error || error == -EOPNOTSUPP))
		error = write_all(ctx->fd, ctx->at, bytes);
	if (!error && fsync(ctx->fd))
		error = -errno;
	if (error == -ENOSPC)
		return too_small(ctx, bytes);
	return error ? file_error(ctx, state == FILE_UNWRITTEN ? "fallocate" : name, error) : 0;
}

int huge_prove(struct ctx *ctx)
{
	uint64_t before = faults_taken();

	file_write_pages(ctx);
	if (faults_taken() == before) {
		ctx->fault_bytes = HUGE_PAGE_BYTES;
		return 0;
	}
	snprintf(ctx->reason, sizeof(ctx->reason),
		 "a fault brings in less than 2 MiB: the pages beside took faults of their own");
	return -EOPNOTSUPP;
}
