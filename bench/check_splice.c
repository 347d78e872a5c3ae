// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * splice-content: what comes out of splice and sendfile is what went in, byte
 * for byte and no byte more. A file with a pattern goes three ways into a second
 * one, which is read back and compared: through a pipe by splice on both ends,
 * out of a pipe by read(2) and write(2), and by sendfile.
 *
 * Lengths are odd on purpose: offsets inside a page are where copies go wrong.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bench/check.h"

#define BYTES (37u * PAGE_BYTES + 123u)
#define CHUNK 50001u

static int splice_file(struct ctx *ctx)
{
	loff_t in = 0, out = 0;

	while (in < BYTES) {
		ssize_t filled = splice(ctx->fd, &in, ctx->pipe[1], NULL, CHUNK, 0);

		if (filled <= 0)
			return file_error(ctx, "splice to the pipe", filled ? -errno : -ENODATA);
		while (filled) {
			ssize_t moved =
				splice(ctx->pipe[0], NULL, ctx->out, &out, (size_t)filled, 0);

			if (moved <= 0)
				return file_error(ctx, "splice to the file",
						  moved ? -errno : -ENODATA);
			filled -= moved;
		}
	}
	return 0;
}

/* The read side alone: what is in the pipe is read as a program would. */
static int read_pipe(struct ctx *ctx)
{
	char page[PAGE_BYTES];
	loff_t in = 0;

	while (in < BYTES) {
		ssize_t filled = splice(ctx->fd, &in, ctx->pipe[1], NULL, CHUNK, 0);

		if (filled <= 0)
			return file_error(ctx, "splice to the pipe", filled ? -errno : -ENODATA);
		while (filled) {
			ssize_t got = read(ctx->pipe[0], page, sizeof(page));

			if (got <= 0 || write(ctx->out, page, (size_t)got) != got)
				return file_error(ctx, "read from the pipe",
						  got < 0 ? -errno : -EIO);
			filled -= got;
		}
	}
	return 0;
}

static int send_file(struct ctx *ctx)
{
	off_t in = 0;

	while (in < BYTES) {
		ssize_t moved = sendfile(ctx->out, ctx->fd, &in, CHUNK);

		if (moved <= 0)
			return file_error(ctx, "sendfile", moved ? -errno : -ENODATA);
	}
	return 0;
}

/* The first byte of ctx->out that is not the pattern's, or BYTES. */
static size_t first_difference(struct ctx *ctx)
{
	char page[PAGE_BYTES];
	size_t at = 0;

	while (at < BYTES) {
		ssize_t got = pread(ctx->out, page, sizeof(page), (off_t)at);

		if (got <= 0)
			return at;
		for (ssize_t i = 0; i < got; i++, at++)
			if (page[i] != file_pattern(at))
				return at;
	}
	return BYTES;
}

static int move_and_compare(struct ctx *ctx, struct finding *finding, const char *call,
			    int (*move)(struct ctx *ctx))
{
	struct stat st;
	size_t same;
	int error;

	if (ftruncate(ctx->out, 0) || lseek(ctx->out, 0, SEEK_SET) < 0)
		return file_error(ctx, "ftruncate", -errno);
	error = move(ctx);
	if (error) {
		check_found(finding, CHECK_FAIL, "%s", ctx->reason);
		return 0;
	}
	if (fstat(ctx->out, &st))
		return file_error(ctx, "fstat", -errno);
	if (st.st_size != (off_t)BYTES) {
		check_found(finding, CHECK_FAIL, "%s: %lld bytes came out of %u", call,
			    (long long)st.st_size, BYTES);
		return 0;
	}
	same = first_difference(ctx);
	if (same < BYTES)
		check_found(finding, CHECK_FAIL, "%s: byte %zu of %u is not what went in", call,
			    same, BYTES);
	return 0;
}

static int run(struct ctx *ctx, struct finding *finding)
{
	int error = file_make(ctx, "content-in", FILE_WRITTEN, BYTES, &ctx->fd);

	if (!error)
		error = file_make(ctx, "content-out", FILE_HOLE, 0, &ctx->out);
	if (!error && pipe2(ctx->pipe, O_CLOEXEC))
		error = file_error(ctx, "pipe", -errno);
	if (error)
		return error;
	check_found(finding, CHECK_PASS,
		    "%u bytes through splice and through sendfile came out as they went in", BYTES);
	error = move_and_compare(ctx, finding, "splice", splice_file);
	if (!error && finding->verdict == CHECK_PASS)
		error = move_and_compare(ctx, finding, "read from the pipe", read_pipe);
	if (!error && finding->verdict == CHECK_PASS)
		error = move_and_compare(ctx, finding, "sendfile", send_file);
	return error;
}

CHECK(splice_content) = {
	.name = "splice-content",
	.label = "spliced bytes are the same",
	.promise = "spliced bytes unchanged",
	.brief = "what comes out of splice and sendfile is what went in",
	.run = run,
};
