// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Moving a file's bytes without copying them through the program: splice(2)
 * and sendfile(2), with read(2) and write(2) of the same bytes as the control.
 * One operation moves the arm's size once:
 *
 *   file-null   file to pipe, pipe to /dev/null
 *   pipe-file   pipe to file (the pipe is filled before, not measured)
 *   file-file   file to pipe, pipe to another file
 *   sendfile    file to file in one call
 *   read-write  file to buffer, buffer to file
 *   file-memory file to pipe, pipe to memory by vmsplice: only where a plan
 *               names it
 *
 * Sizes are 4 KiB, 64 KiB and the whole of a pipe as large as an ordinary user
 * may make it. The files' blocks are allocated and, through the page cache,
 * cached. Not measured: bringing what was written to the device.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/sendfile.h>
#include <sys/uio.h>
#include <unistd.h>

#include "bench/file.h"

enum { FILE_NULL, PIPE_FILE, FILE_FILE, SENDFILE, READ_WRITE, FILE_MEMORY };

#define FILE_BYTES (1u << 20)
#define WHOLE_PIPE 0u

static size_t pipe_max_bytes(void)
{
	size_t bytes = 1u << 20;
	FILE *file = fopen("/proc/sys/fs/pipe-max-size", "re");

	if (file) {
		if (fscanf(file, "%zu", &bytes) != 1)
			bytes = 1u << 20;
		fclose(file);
	}
	return bytes < FILE_BYTES ? bytes : FILE_BYTES;
}

static int setup(struct ctx *ctx)
{
	size_t bytes = ctx->arm->bytes;
	bool whole = bytes == WHOLE_PIPE;
	int error, size;

	if (pipe2(ctx->pipe, O_CLOEXEC))
		return file_error(ctx, "pipe", -errno);
	if (whole) {
		size = fcntl(ctx->pipe[0], F_SETPIPE_SZ, (int)pipe_max_bytes());
		if (size < 0)
			return file_error(ctx, "F_SETPIPE_SZ", -errno);
		bytes = (size_t)size;
	}
	error = file_make(ctx, "splice-in", FILE_WRITTEN, FILE_BYTES, &ctx->fd);
	if (!error && ctx->arm->how == FILE_MEMORY) {
		ctx->out = -1; /* the buffer stands for it */
	} else if (!error && ctx->arm->how == FILE_NULL) {
		ctx->out = open("/dev/null", O_WRONLY | O_CLOEXEC);
		error = ctx->out < 0 ? file_error(ctx, "/dev/null", -errno) : 0;
	} else if (!error) {
		error = file_make(ctx, "splice-out", FILE_WRITTEN, FILE_BYTES, &ctx->out);
	}
	if (!error)
		error = file_buffer(ctx, bytes);
	ctx->bytes = bytes;
	return error;
}

/* splice may move less than asked for; all of it is one operation. */
static int splice_all(int from, loff_t *from_at, int to, loff_t *to_at, size_t bytes)
{
	while (bytes) {
		ssize_t done = splice(from, from_at, to, to_at, bytes, 0);

		if (done <= 0)
			return done ? -errno : -ENODATA;
		bytes -= (size_t)done;
	}
	return 0;
}

/* A pipe holds at most its size: file to file goes through it in turns. */
static inline int splice_through(struct ctx *ctx, loff_t at, size_t bytes, bool to_file)
{
	loff_t in = at, out = at;
	loff_t *out_at = to_file ? &out : NULL;

	while (bytes) {
		ssize_t done = splice(ctx->fd, &in, ctx->pipe[1], NULL, bytes, 0);
		int error;

		if (done <= 0)
			return done ? -errno : -ENODATA;
		error = splice_all(ctx->pipe[0], NULL, ctx->out, out_at, (size_t)done);
		if (error)
			return error;
		bytes -= (size_t)done;
	}
	return 0;
}

/* vmsplice out of a pipe copies; only into a pipe it can move pages. */
static inline int splice_to_memory(struct ctx *ctx, loff_t at, size_t bytes)
{
	struct iovec to = { ctx->buffer, bytes };

	while (to.iov_len) {
		ssize_t in = splice(ctx->fd, &at, ctx->pipe[1], NULL, to.iov_len, 0);

		for (ssize_t left = in; left > 0;) {
			struct iovec part = { to.iov_base, (size_t)left };
			ssize_t done = vmsplice(ctx->pipe[0], &part, 1, 0);

			if (done <= 0)
				return done ? -errno : -ENODATA;
			to.iov_base = (char *)to.iov_base + done;
			to.iov_len -= (size_t)done;
			left -= done;
		}
		if (in <= 0)
			return in ? -errno : -ENODATA;
	}
	return 0;
}

static int send_all(int from, int to, loff_t at, size_t bytes)
{
	while (bytes) {
		ssize_t done = sendfile(to, from, &at, bytes);

		if (done <= 0)
			return done ? -errno : -ENODATA;
		bytes -= (size_t)done;
	}
	return 0;
}

static inline int read_write(struct ctx *ctx, loff_t at, size_t bytes)
{
	ssize_t done = pread(ctx->fd, ctx->buffer, bytes, at);

	if (done == (ssize_t)bytes)
		done = pwrite(ctx->out, ctx->buffer, bytes, at);
	return done < 0 ? -errno : done == (ssize_t)bytes ? 0 : -EIO;
}

/* What an operation needs done before its clock starts. */
static int prepare(struct ctx *ctx, loff_t at, size_t bytes)
{
	ssize_t done = (ssize_t)bytes;

	if (ctx->arm->how == PIPE_FILE)
		done = write(ctx->pipe[1], ctx->buffer, bytes);
	else if (ctx->arm->how == SENDFILE && lseek(ctx->out, at, SEEK_SET) < 0)
		done = -1;
	return done < 0 ? -errno : done == (ssize_t)bytes ? 0 : -EIO;
}

/*
 * how is a constant in each caller below, so that what tells the arms apart is
 * decided when this is compiled and not between the two readings of the clock.
 */
static inline __attribute__((always_inline)) int loop(struct ctx *ctx, struct samples *samples,
						      const int how)
{
	size_t bytes = ctx->buffer_bytes;
	int error = 0;

	for (size_t i = 0; i < ctx->operations && !error; i++) {
		loff_t at = ctx->at + (loff_t)(i * bytes % FILE_BYTES), to = at;

		error = prepare(ctx, at, bytes);
		if (error)
			break;
		if (samples)
			samples_start(samples);
		if (how == FILE_NULL || how == FILE_FILE)
			error = splice_through(ctx, at, bytes, how == FILE_FILE);
		else if (how == FILE_MEMORY)
			error = splice_to_memory(ctx, at, bytes);
		else if (how == PIPE_FILE)
			error = splice_all(ctx->pipe[0], NULL, ctx->out, &to, bytes);
		else if (how == SENDFILE)
			error = send_all(ctx->fd, ctx->out, at, bytes);
		else
			error = read_write(ctx, at, bytes);
		if (samples)
			samples_stop(samples, 0);
	}
	return error;
}

/* samples NULL: no clock */
static inline __attribute__((always_inline)) int any(struct ctx *ctx, struct samples *samples)
{
	int error;

	switch (ctx->arm->how) {
	case FILE_NULL:
		error = loop(ctx, samples, FILE_NULL);
		break;
	case PIPE_FILE:
		error = loop(ctx, samples, PIPE_FILE);
		break;
	case FILE_FILE:
		error = loop(ctx, samples, FILE_FILE);
		break;
	case SENDFILE:
		error = loop(ctx, samples, SENDFILE);
		break;
	case FILE_MEMORY:
		error = loop(ctx, samples, FILE_MEMORY);
		break;
	default:
		error = loop(ctx, samples, READ_WRITE);
	}
	if (!error)
		return 0;
	file_error(ctx, ctx->arm->name, error);
	/* a kernel may have no splice for such a file, which is said with EINVAL */
	return error == -EINVAL && ctx->arm->how != READ_WRITE ? -EOPNOTSUPP : error;
}

static int pass(struct ctx *ctx, struct samples *samples)
{
	return any(ctx, samples);
}

/* What has to be prepared each time cannot be done without being measured. */
static int batch(struct ctx *ctx)
{
	if (ctx->arm->how == PIPE_FILE || ctx->arm->how == SENDFILE)
		return -EOPNOTSUPP;
	return any(ctx, NULL);
}

static const struct arm arms[] = {
	{ .name = "file-null-4k",
	  .brief = "file to pipe to /dev/null, 4 KiB",
	  .how = FILE_NULL,
	  .bytes = 4096 },
	{ .name = "file-null-64k",
	  .brief = "file to pipe to /dev/null, 64 KiB",
	  .how = FILE_NULL,
	  .bytes = 65536,
	  .operations = 32 },
	{ .name = "file-null-pipe",
	  .brief = "file to pipe to /dev/null, a whole pipe",
	  .how = FILE_NULL,
	  .bytes = WHOLE_PIPE,
	  .operations = 8 },
	{ .name = "pipe-file-4k", .brief = "pipe to file, 4 KiB", .how = PIPE_FILE, .bytes = 4096 },
	{ .name = "pipe-file-64k",
	  .brief = "pipe to file, 64 KiB",
	  .how = PIPE_FILE,
	  .bytes = 65536,
	  .operations = 32 },
	{ .name = "pipe-file-pipe",
	  .brief = "pipe to file, a whole pipe",
	  .how = PIPE_FILE,
	  .bytes = WHOLE_PIPE,
	  .operations = 8 },
	{ .name = "file-file-4k",
	  .brief = "file to pipe to file, 4 KiB",
	  .how = FILE_FILE,
	  .bytes = 4096 },
	{ .name = "file-file-64k",
	  .brief = "file to pipe to file, 64 KiB",
	  .how = FILE_FILE,
	  .bytes = 65536,
	  .operations = 32 },
	{ .name = "file-file-pipe",
	  .brief = "file to pipe to file, a whole pipe",
	  .how = FILE_FILE,
	  .bytes = WHOLE_PIPE,
	  .operations = 8 },
	{ .name = "sendfile-4k",
	  .brief = "sendfile, file to file, 4 KiB",
	  .how = SENDFILE,
	  .bytes = 4096 },
	{ .name = "sendfile-64k",
	  .brief = "sendfile, file to file, 64 KiB",
	  .how = SENDFILE,
	  .bytes = 65536,
	  .operations = 32 },
	{ .name = "sendfile-pipe",
	  .brief = "sendfile, file to file, a whole pipe's worth",
	  .how = SENDFILE,
	  .bytes = WHOLE_PIPE,
	  .operations = 8 },
	{ .name = "read-write-4k",
	  .brief = "read and write, 4 KiB",
	  .how = READ_WRITE,
	  .bytes = 4096 },
	{ .name = "read-write-64k",
	  .brief = "read and write, 64 KiB",
	  .how = READ_WRITE,
	  .bytes = 65536,
	  .operations = 32 },
	{ .name = "read-write-pipe",
	  .brief = "read and write, a whole pipe's worth",
	  .how = READ_WRITE,
	  .bytes = WHOLE_PIPE,
	  .operations = 8 },
	/* on request: the work of fio's splice engine, for the cross-check */
	{ .name = "file-memory-4k",
	  .brief = "file to pipe to memory by vmsplice, 4 KiB",
	  .how = FILE_MEMORY,
	  .bytes = 4096 },
	{ .name = "file-memory-64k",
	  .brief = "file to pipe to memory by vmsplice, 64 KiB",
	  .how = FILE_MEMORY,
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

BENCH(splice) = {
	.name = "splice",
	.title = "Splice",
	.brief = "one file's bytes moved by splice, sendfile or read and write",
	.metric = { "move" },
	.rate = true,
	.arms = arms,
	.on_request = 2,
	.operations = 64,
	.setup = setup,
	.pass = pass,
	.batch = batch,
	.again = again,
};
