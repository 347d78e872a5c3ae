// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "medium/blank.h"

#define CHUNK (4u << 20)
#define PAGE  4096u

static uint64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/* Of n bytes, how many at the beginning have the value byte. */
static size_t count_same(const unsigned char *data, size_t n, unsigned char byte)
{
	size_t i = 0;

	if (n && data[0] == byte && !memcmp(data, data + 1, n - 1))
		return n;
	while (i < n && data[i] == byte)
		i++;
	return i;
}

static int read_all(int fd, unsigned char *data, size_t n, uint64_t offset)
{
	while (n) {
		ssize_t got = pread(fd, data, n, (off_t)offset);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return got ? -errno : -EIO;
		data += got;
		offset += (uint64_t)got;
		n -= (size_t)got;
	}
	return 0;
}

static int write_all(int fd, const unsigned char *data, size_t n, uint64_t offset)
{
	while (n) {
		ssize_t put = pwrite(fd, data, n, (off_t)offset);

		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return put ? -errno : -EIO;
		data += put;
		offset += (uint64_t)put;
		n -= (size_t)put;
	}
	return 0;
}

/* libblkid reads through the same descriptor, into memory that is not aligned. */
static void set_direct(int fd, bool direct)
{
	int flags = fcntl(fd, F_GETFL);

	if (flags >= 0)
		fcntl(fd, F_SETFL, direct ? flags | O_DIRECT : flags & ~O_DIRECT);
}

/* A device that takes no O_DIRECT fills the page cache, which is emptied behind us. */
static int read_chunk(int fd, unsigned char *data, size_t n, uint64_t offset)
{
	int error = read_all(fd, data, n, offset);

	posix_fadvise(fd, (off_t)offset, (off_t)n, POSIX_FADV_DONTNEED);
	return error;
}

static size_t chunk_at(uint64_t offset, uint64_t bytes)
{
	return bytes - offset < CHUNK ? (size_t)(bytes - offset) : CHUNK;
}

static int look(int fd, uint64_t bytes, uint64_t limit_ns, bool (*stop)(void), unsigned char *data,
		struct blank *blank)
{
	uint64_t begin = now_ns();

	for (uint64_t offset = 0; offset < bytes; offset += CHUNK) {
		size_t n = chunk_at(offset, bytes), same;
		int error;

		blank->offset = offset;
		if (stop && stop())
			return -EINTR;
		if (limit_ns != BLANK_NO_LIMIT && now_ns() - begin >= limit_ns)
			return -ETIME;
		error = read_chunk(fd, data, n, offset);
		if (error)
			return error;
		if (!offset && data[0] == 0xff)
			blank->byte = 0xff;
		same = count_same(data, n, blank->byte);
		if (same < n) {
			/* a device that begins with 0xff and goes on otherwise is not blank from
			 * its first byte on */
			blank->offset = blank->byte ? 0 : offset + same;
			return -EEXIST;
		}
	}
	return 0;
}

int blank_find(int fd, uint64_t bytes, uint64_t limit_ns, bool (*stop)(void), struct blank *blank)
{
	unsigned char *data = aligned_alloc(PAGE, CHUNK);
	int error = -ENOMEM;

	blank->byte = 0;
	blank->offset = 0;
	if (data) {
		set_direct(fd, true);
		error = look(fd, bytes, limit_ns, stop, data, blank);
		set_direct(fd, false);
	}
	free(data);
	return error;
}

/* Writes the pages of a chunk that differ, as few calls as there are rows of them. */
static int restore_chunk(int fd, const unsigned char *data, size_t n, uint64_t offset,
			 const unsigned char *clean)
{
	size_t i = 0;
	int error = 0;

	while (i < n && !error) {
		size_t begin = i, step = n - i < PAGE ? n - i : PAGE;

		while (i < n && memcmp(data + i, clean, step) != 0) {
			i += step;
			step = n - i < PAGE ? n - i : PAGE;
		}
		if (i > begin)
			error = write_all(fd, clean, i - begin, offset + begin);
		else
			i += step;
	}
	return error;
}

static int restore(int fd, uint64_t bytes, unsigned char byte, unsigned char *data,
		   unsigned char *clean)
{
	memset(clean, byte, CHUNK);
	for (uint64_t offset = 0; offset < bytes; offset += CHUNK) {
		size_t n = chunk_at(offset, bytes);
		int error = read_chunk(fd, data, n, offset);

		if (!error && count_same(data, n, byte) == n)
			continue;
		if (!error)
			error = restore_chunk(fd, data, n, offset, clean);
		if (!error)
			error = read_chunk(fd, data, n, offset);
		if (error)
			return error;
		if (count_same(data, n, byte) < n)
			return -EIO;
	}
	return fsync(fd) ? -errno : 0;
}

int blank_restore(int fd, uint64_t bytes, unsigned char byte)
{
	unsigned char *data = aligned_alloc(PAGE, CHUNK), *clean = aligned_alloc(PAGE, CHUNK);
	int error = -ENOMEM;

	if (data && clean) {
		set_direct(fd, true);
		error = restore(fd, bytes, byte, data, clean);
		set_direct(fd, false);
	}
	free(data);
	free(clean);
	return error;
}
