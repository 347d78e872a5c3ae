// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "bench/file.h"
#include "bench/fill.h"

#define FILL_BYTES_MAX (4u << 20)

/* As much as cat and cp read at a time. */
#define READ_BYTES (128u << 10)

/* A size as 4k or 2m, a power of two; 0 when it is none. */
static size_t size_of(const char *word)
{
	char *end;
	unsigned long number = strtoul(word, &end, 10);
	size_t unit = !strcmp(end, "k") ? 1u << 10 : !strcmp(end, "m") ? 1u << 20 : 0;
	size_t bytes = number <= FILL_BYTES_MAX ? number * unit : 0;

	/* one size, one spelling: 1024k would be a second 1m */
	if (*word < '1' || *word > '9' || (unit == 1u << 10 && number >= 1024))
		return 0;
	return bytes < PAGE_BYTES || bytes > FILL_BYTES_MAX || (bytes & (bytes - 1)) ? 0 : bytes;
}

int fill_named(const char *word, struct fill *fill)
{
	static const struct fill by_name[] = {
		{ "readahead", FILL_READAHEAD, PAGE_BYTES },
		{ "random", FILL_RANDOM, PAGE_BYTES },
		{ "fault", FILL_FAULT, PAGE_BYTES },
	};

	for (size_t i = 0; i < sizeof(by_name) / sizeof(by_name[0]); i++) {
		if (strcmp(by_name[i].name, word) != 0)
			continue;
		*fill = by_name[i];
		return 0;
	}
	*fill = (struct fill){ word, FILL_WRITTEN, size_of(word) };
	return fill->bytes ? 0 : -EINVAL;
}

char *fill_buffer(size_t bytes)
{
	char *buffer = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);

	return buffer == MAP_FAILED ? NULL : buffer;
}

void fill_buffer_free(char *buffer, size_t bytes)
{
	if (buffer)
		munmap(buffer, bytes);
}

/* How many pages of the mapping are in the page cache; a negative errno. */
static ssize_t resident(char *map, size_t bytes)
{
	unsigned char in_core[PAGE_BYTES];
	size_t pages = bytes / PAGE_BYTES;
	ssize_t n = 0;

	for (size_t at = 0; at < pages; at += sizeof(in_core)) {
		size_t some = pages - at < sizeof(in_core) ? pages - at : sizeof(in_core);

		if (mincore(map + at * PAGE_BYTES, some * PAGE_BYTES, in_core))
			return -errno;
		for (size_t i = 0; i < some; i++)
			n += in_core[i] & 1;
	}
	return n;
}

/* Advice may be ignored, and then what was written is what is measured. */
static int drop(struct ctx *ctx, int fd, char *map, size_t bytes)
{
	int error = posix_fadvise(fd, 0, (off_t)bytes, POSIX_FADV_DONTNEED);
	ssize_t left = error ? -error : resident(map, bytes);

	if (left < 0)
		return file_error(ctx, error ? "posix_fadvise" : "mincore", (int)left);
	if (!left)
		return 0;
	snprintf(ctx->reason, sizeof(ctx->reason),
		 "%zd of %zu pages stayed in the page cache when they were to be dropped", left,
		 bytes / PAGE_BYTES);
	return -EOPNOTSUPP;
}

static int read_back(struct ctx *ctx, int fd, size_t bytes, size_t call)
{
	char *buffer = fill_buffer(call);
	int error = buffer ? 0 : -ENOMEM;

	for (size_t at = 0; at < bytes && !error; at += call) {
		size_t len = bytes - at < call ? bytes - at : call;
		ssize_t done = pread(fd, buffer, len, (off_t)at);

		if (done != (ssize_t)len)
			error = done < 0 ? -errno : -EIO;
	}
	fill_buffer_free(buffer, call);
	return error ? file_error(ctx, "read", error) : 0;
}

static int read_random(struct ctx *ctx, int fd, size_t bytes)
{
	int error = -posix_fadvise(fd, 0, 0, POSIX_FADV_RANDOM);

	if (!error)
		error = read_back(ctx, fd, bytes, PAGE_BYTES);
	if (!error)
		error = -posix_fadvise(fd, 0, 0, POSIX_FADV_NORMAL);
	return error ? file_error(ctx, "POSIX_FADV_RANDOM", error) : 0;
}

static void touch(const char *map, size_t bytes)
{
	for (size_t at = 0; at < bytes; at += PAGE_BYTES)
		(void)*(const volatile char *)(map + at);
}

static int bring_in(struct ctx *ctx, int fd, char *map, size_t bytes)
{
	int error = ctx->fill->how == FILL_WRITTEN ? 0 : drop(ctx, fd, map, bytes);

	if (error)
		return error;
	switch (ctx->fill->how) {
	case FILL_WRITTEN:
		return 0;
	case FILL_READAHEAD:
		return read_back(ctx, fd, bytes, READ_BYTES);
	case FILL_RANDOM:
		return read_random(ctx, fd, bytes);
	case FILL_FAULT:
		touch(map, bytes);
	}
	return 0;
}

/* Of /proc/kpageflags: Documentation/admin-guide/mm/pagemap.rst. */
#define PRESENT	  (1ull << 63)
#define FRAME	  ((1ull << 55) - 1)
#define FOLLOWING (1ull << 16) /* COMPOUND_TAIL */

/* Sizes of folios by powers of two, in pages. */
#define ORDERS 24

/*
 * The size of the folio that the page in the middle lies in, of all of them sorted by
 * that; 0 where the kernel does not tell. Every page of the map has been touched.
 */
static size_t folio_median(const char *map, size_t bytes, int pagemap, int flags)
{
	size_t pages = bytes / PAGE_BYTES, in_order[ORDERS] = { 0 }, length = 0, below = 0;

	for (size_t i = 0; i <= pages; i++) {
		uint64_t entry = 0, flag = 0;
		off_t at = (off_t)(((uintptr_t)map / PAGE_BYTES + i) * sizeof(entry));

		if (i < pages && (pread(pagemap, &entry, sizeof(entry), at) != sizeof(entry) ||
				  !(entry & PRESENT) || !(entry & FRAME)))
			return 0;
		at = (off_t)((entry & FRAME) * sizeof(flag));
		if (i < pages && pread(flags, &flag, sizeof(flag), at) != sizeof(flag))
			return 0;
		if (length && !(flag & FOLLOWING)) {
			unsigned int order = 63u - (unsigned int)__builtin_clzll(length);

			in_order[order < ORDERS ? order : ORDERS - 1] += length;
			length = 0;
		}
		length++;
	}
	for (size_t order = 0; order < ORDERS; order++) {
		below += in_order[order];
		if (below * 2 >= pages)
			return (size_t)PAGE_BYTES << order;
	}
	return 0;
}

static size_t find_folios(char *map, size_t bytes)
{
	int pagemap = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
	int flags = open("/proc/kpageflags", O_RDONLY | O_CLOEXEC);
	size_t median = 0;

	touch(map, bytes);
	if (pagemap >= 0 && flags >= 0)
		median = folio_median(map, bytes, pagemap, flags);
	if (pagemap >= 0)
		close(pagemap);
	if (flags >= 0)
		close(flags);
	return median;
}

int fill_cache(struct ctx *ctx, int fd, size_t bytes)
{
	char *map;
	int error;

	if (target_wants_dax(ctx->target)) {
		if (ctx->fill->how == FILL_WRITTEN)
			return 0;
		snprintf(ctx->reason, sizeof(ctx->reason), "DAX has no page cache to be read into");
		return -EOPNOTSUPP;
	}
	map = mmap(NULL, bytes, PROT_READ, MAP_SHARED, fd, 0);
	if (map == MAP_FAILED)
		return file_error(ctx, "mmap", -errno);
	error = bring_in(ctx, fd, map, bytes);
	if (!error)
		ctx->folio_bytes = find_folios(map, bytes);
	munmap(map, bytes);
	return error;
}
