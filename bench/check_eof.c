// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * past-eof: a mapping may be longer than its file. In the last page a store
 * behind the end is allowed, but belongs to nothing: when the file grows, the
 * new bytes are zero, by read(2) and by the mapping (POSIX.1-2017: ftruncate,
 * write, mmap). A store to a page wholly behind the end gives SIGBUS.
 *
 * The file grows in each of four ways, for a kernel may clear the rest of the
 * page when it writes the page out, when the file grows, or both.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "bench/check.h"
#include "bench/fill.h"
#include "bench/sigbus.h"

/* Where the file ends, and where it ends when it has grown. */
#define SHORT_BYTES (PAGE_BYTES + 100)
#define LONG_BYTES  (2 * PAGE_BYTES + 100)

/* The first page that is wholly behind the short end. */
#define NEXT_PAGE ((size_t)2 * PAGE_BYTES)

/*
 * The mapping has this size, and so has the file that is cut, which one call writes: the pages of
 * one call may lie in one folio, in the midst of which the file then ends.
 */
#define MAP_BYTES ((size_t)16 * PAGE_BYTES)

struct growth {
	const char *name;
	bool sync, write; /* msync first; by a write behind the end, not by ftruncate */
};

static const struct growth growths[] = {
	{ "ftruncate", false, false },
	{ "ftruncate after msync", true, false },
	{ "write(2)", false, true },
	{ "write(2) after msync", true, true },
};

#define GROWTHS (sizeof(growths) / sizeof(growths[0]))

static int grow(struct ctx *ctx, const struct growth *growth)
{
	if (growth->sync && msync(ctx->map, MAP_BYTES, MS_SYNC))
		return file_error(ctx, "msync", -errno);
	if (growth->write) {
		if (pwrite(ctx->fd, "", 1, LONG_BYTES - 1) != 1)
			return file_error(ctx, "write", -errno);
	} else if (ftruncate(ctx->fd, LONG_BYTES)) {
		return file_error(ctx, "ftruncate", -errno);
	}
	return 0;
}

/* Stores in the last page behind the end, lets the file grow and looks at what it has gained. */
static int look(struct ctx *ctx, const struct growth *growth, bool *visible)
{
	char gained[LONG_BYTES - SHORT_BYTES];
	volatile char *map = ctx->map;
	ssize_t got;
	int error;

	for (size_t at = SHORT_BYTES; at < NEXT_PAGE; at++)
		map[at] = 1;
	error = grow(ctx, growth);
	if (error)
		return error;
	got = pread(ctx->fd, gained, sizeof(gained), SHORT_BYTES);
	if (got != (ssize_t)sizeof(gained))
		return file_error(ctx, "read", got < 0 ? -errno : -EIO);
	*visible = false;
	for (size_t i = 0; i < sizeof(gained); i++)
		*visible |= gained[i] || map[SHORT_BYTES + i];
	return 0;
}

static int make(struct ctx *ctx, size_t bytes)
{
	int error = file_make(ctx, "past-eof", FILE_WRITTEN, bytes, &ctx->fd);

	/* a page at 2 MiB: a kernel that maps more than the page that was asked for may do so */
	return error ? error : file_map_as(ctx, MAP_BYTES, FILE_HUGE);
}

/* The names of the growths after which a store was visible, in words (size bytes). */
static int grow_each(struct ctx *ctx, char *words, size_t size)
{
	size_t used = 0;

	for (size_t i = 0; i < GROWTHS; i++) {
		bool visible = false;
		int error = make(ctx, SHORT_BYTES);

		if (!error)
			error = look(ctx, &growths[i], &visible);
		if (error)
			return error;
		file_release(ctx);
		if (visible && used < size)
			used += (size_t)snprintf(words + used, size - used, "%s%s",
						 used ? ", " : "", growths[i].name);
	}
	return 0;
}

/* Where the file ended before the store, and whether it was longer until then. */
static const char *const ends[] = { "behind the end", "behind the new end after ftruncate" };

#define ENDS (sizeof(ends) / sizeof(ends[0]))

/*
 * A kernel that maps a whole folio must leave out the pages behind the end, and unmap those that
 * come to lie there.
 */
static int store_behind(struct ctx *ctx, bool cut, bool *refused)
{
	const struct fill call = { .name = "call", .bytes = MAP_BYTES };
	size_t bytes = cut ? MAP_BYTES : SHORT_BYTES;
	int error;

	ctx->fill = &call;
	error = make(ctx, bytes);
	ctx->fill = NULL;
	if (error)
		return error;
	for (size_t at = 0; at < bytes; at += PAGE_BYTES)
		*(volatile char *)(ctx->map + at) = 1;
	if (cut && ftruncate(ctx->fd, SHORT_BYTES))
		return file_error(ctx, "ftruncate", -errno);
	error = sigbus_of_store(ctx->map + NEXT_PAGE, refused);
	if (error)
		return file_error(ctx, "sigaction", error);
	file_release(ctx);
	return 0;
}

/* The names of the ends behind which a store was made, in words (size bytes). */
static int store_each(struct ctx *ctx, char *words, size_t size)
{
	size_t used = 0;

	for (size_t i = 0; i < ENDS; i++) {
		bool refused = false;
		int error = store_behind(ctx, i, &refused);

		if (error)
			return error;
		if (!refused && used < size)
			used += (size_t)snprintf(words + used, size - used, "%s%s",
						 used ? ", " : "", ends[i]);
	}
	return 0;
}

static int run(struct ctx *ctx, struct finding *finding)
{
	char visible[128] = "", stored[80] = "";
	int error = grow_each(ctx, visible, sizeof(visible));

	if (!error)
		error = store_each(ctx, stored, sizeof(stored));
	if (error)
		return error;
	check_found(finding, visible[0] || stored[0] ? CHECK_FAIL : CHECK_PASS,
		    "bytes stored behind the end %s%s; a store to a page %s gives %sSIGBUS",
		    visible[0] ? "are in the file that grew by " : "are zero when the file grows",
		    visible, stored[0] ? stored : ends[0], stored[0] ? "no " : "");
	return 0;
}

CHECK(past_eof) = {
	.name = "past-eof",
	.label = "a store past the end is not kept",
	.promise = "store past the end of a file not kept",
	.brief = "a store behind the end of a file is not in it when it grows, or gives SIGBUS",
	.run = run,
};
