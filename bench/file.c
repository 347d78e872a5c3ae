// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "bench/file.h"
#include "bench/fill.h"
#include "medium/fsfreeze.h"
#include "medium/guard.h"

#define FILE_PATH_MAX (sizeof(((struct target *)0)->dir) + 32)

/* Within a page a pattern begins again after this many bytes. */
#define PERIOD 256

static void fill_page(char *page, size_t at)
{
	for (size_t i = 0; i < PERIOD; i++)
		page[i] = file_pattern(at + i);
	for (size_t i = PERIOD; i < PAGE_BYTES; i += PERIOD)
		memcpy(page + i, page, PERIOD);
}

/* In calls of as many bytes as the buffer has, whole pages. */
static int write_calls(int fd, size_t bytes, char *buffer, size_t call)
{
	for (size_t at = 0; at < bytes; at += call) {
		size_t len = bytes - at < call ? bytes - at : call;

		for (size_t page = 0; page < len; page += PAGE_BYTES)
			fill_page(buffer + page, at + page);
		ssize_t done = pwrite(fd, buffer, len, (off_t)at);

		if (done < 0)
			return -errno;
		if ((size_t)done != len)
			return -ENOSPC;
	}
	return 0;
}

static int write_pattern(int fd, size_t bytes, const struct fill *fill)
{
	size_t call = fill ? fill->bytes : PAGE_BYTES;
	char page[PAGE_BYTES], *buffer = page;
	int error;

	if (call > sizeof(page))
		buffer = fill_buffer(call);
	error = buffer ? write_calls(fd, bytes, buffer, call) : -ENOMEM;
	if (buffer != page)
		fill_buffer_free(buffer, call);
	return error;
}

static void file_path(const struct ctx *ctx, const char *name, char *path, size_t size)
{
	if (ctx->parts > 1 && !ctx->one_file)
		snprintf(path, size, "%s/%s-%zu", ctx->target->dir, name, ctx->part);
	else
		snprintf(path, size, "%s/%s", ctx->target->dir, name);
}

/* The file that the first of the threads has made for all. */
static int open_shared(struct ctx *ctx, const char *path, int *fd)
{
	*fd = open(path, O_RDWR | O_CLOEXEC);
	return *fd < 0 ? file_error(ctx, path, -errno) : 0;
}

/* A hole that the device cannot hold would end us with SIGBUS in the middle of a pass. */
static int has_room(int fd, size_t bytes)
{
	struct statvfs space;

	if (fstatvfs(fd, &space))
		return -errno;
	return (uint64_t)space.f_bavail * space.f_frsize < bytes ? -ENOSPC : 0;
}

/* There was room for it, so a lack of it is the device's: no target that is merely small. */
static int write_out(struct ctx *ctx, const char *path, int fd)
{
	if (!fsync(fd))
		return 0;
	if (errno != ENOSPC)
		return file_error(ctx, path, -errno);
	snprintf(ctx->reason, sizeof(ctx->reason), "%.200s: the device has less room than it says",
		 path);
	return -EIO;
}

int file_make(struct ctx *ctx, const char *name, enum file_state state, size_t bytes, int *fd)
{
	char path[FILE_PATH_MAX];
	int error = 0;

	file_path(ctx, name, path, sizeof(path));
	if (ctx->one_file) {
		ctx->at = (off_t)(ctx->part * bytes);
		if (ctx->part)
			return open_shared(ctx, path, fd);
		bytes *= ctx->parts;
	}
	*fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (*fd < 0)
		return file_error(ctx, path, -errno);
	ctx->file[ctx->file[0] != NULL] = name;
	error = has_room(*fd, bytes);
	if (error)
		return file_error(ctx, path, error);
	switch (state) {
	case FILE_WRITTEN:
		error = write_pattern(*fd, bytes, ctx->fill);
		break;
	case FILE_HOLE:
		error = ftruncate(*fd, (off_t)bytes) ? -errno : 0;
		break;
	case FILE_UNWRITTEN:
		error = fallocate(*fd, 0, 0, (off_t)bytes) ? -errno : 0;
		break;
	}
	if (error)
		return file_error(ctx, state == FILE_UNWRITTEN ? "fallocate" : path, error);
	error = write_out(ctx, path, *fd);
	if (!error && ctx->fill && state == FILE_WRITTEN)
		error = fill_cache(ctx, *fd, bytes);
	return error;
}

/* Kernels before 4.15 know neither flag, and file systems without MAP_SYNC refuse it. */
static int map_error(struct ctx *ctx, enum file_mapping mapping, int error)
{
	if (mapping != FILE_SYNC || (error != -EOPNOTSUPP && error != -EINVAL))
		return file_error(ctx, "mmap", error);
	file_error(ctx, "mmap with MAP_SYNC", error);
	return -EOPNOTSUPP;
}

int file_map_as(struct ctx *ctx, size_t bytes, enum file_mapping mapping)
{
	size_t room = bytes + HUGE_PAGE_BYTES + PAGE_BYTES;
	char *hole = mmap(NULL, room, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int flags = MAP_SHARED;
	size_t skip;
	int error = 0;

	if (hole == MAP_FAILED)
		return file_error(ctx, "mmap", -errno);
	skip = HUGE_PAGE_BYTES - ((uintptr_t)hole & (HUGE_PAGE_BYTES - 1));
	if (mapping != FILE_HUGE)
		skip += PAGE_BYTES;
	if (mapping == FILE_SYNC)
		flags = MAP_SHARED_VALIDATE | MAP_SYNC;
	else if (mapping == FILE_PRIVATE)
		flags = MAP_PRIVATE;
	if (mmap(hole + skip, bytes, PROT_READ | PROT_WRITE, flags | MAP_FIXED, ctx->fd, ctx->at) ==
	    MAP_FAILED) {
		error = -errno;
		munmap(hole, room);
		return map_error(ctx, mapping, error);
	}
	munmap(hole, skip);
	if (room > skip + bytes)
		munmap(hole + skip + bytes, room - skip - bytes);
	ctx->map = hole + skip;
	ctx->map_bytes = bytes;
	return 0;
}

int file_map(struct ctx *ctx, size_t bytes)
{
	return file_map_as(ctx, bytes, FILE_SHARED);
}

void file_unmap(struct ctx *ctx)
{
	if (ctx->map)
		munmap(ctx->map, ctx->map_bytes);
	ctx->map = NULL;
}

int file_may_freeze(struct ctx *ctx)
{
	int error = freeze_allowed(ctx->fd);

	return error ? file_error(ctx,
				  "a file system that the root, the program or the results are on "
				  "is never frozen",
				  error)
		     : 0;
}

int file_ready_to_freeze(struct ctx *ctx)
{
	int error = freeze_ready();

	if (error)
		snprintf(ctx->reason, sizeof(ctx->reason),
			 "the guard that thaws %s; the run ends, with nothing frozen",
			 guard_fate());
	return error;
}

int file_thaw_error(struct ctx *ctx, int error)
{
	if (error != -ETIME)
		return file_error(ctx, "FITHAW", error);
	snprintf(ctx->reason, sizeof(ctx->reason),
		 "the file system was frozen for longer than its limit, and the guard has thawed "
		 "it: see freeze_limit");
	return error;
}

void file_read_pages(struct ctx *ctx)
{
	for (size_t at = 0; at < ctx->map_bytes; at += PAGE_BYTES)
		(void)*(volatile char *)(ctx->map + at);
}

void file_write_pages(struct ctx *ctx)
{
	for (size_t at = 0; at < ctx->map_bytes; at += PAGE_BYTES)
		*(volatile char *)(ctx->map + at) = (char)~file_pattern(at);
}

int file_buffer(struct ctx *ctx, size_t bytes)
{
	ctx->buffer = aligned_alloc(PAGE_BYTES, (bytes + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES);
	if (!ctx->buffer)
		return file_error(ctx, "buffer", -ENOMEM);
	ctx->buffer_bytes = bytes;
	for (size_t i = 0; i < bytes; i++)
		ctx->buffer[i] = file_pattern(i);
	return 0;
}

static void close_one(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

void file_release(struct ctx *ctx)
{
	file_unmap(ctx);
	close_one(&ctx->fd);
	close_one(&ctx->out);
	close_one(&ctx->pipe[0]);
	close_one(&ctx->pipe[1]);
	for (size_t i = 0; i < 2 && ctx->file[i]; i++) {
		char path[FILE_PATH_MAX];

		file_path(ctx, ctx->file[i], path, sizeof(path));
		unlink(path);
		ctx->file[i] = NULL;
	}
	free(ctx->buffer);
	free(ctx->own);
	ctx->buffer = NULL;
	ctx->own = NULL;
}
