// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "bench/bench.h"
#include "bench/scatter.h"

#define MEMORY_PAGES_MAX 1024
#define FILES_MAX	 16
#define FILE_PAGES_MAX	 32

/* splitmix64: Steele, Lea and Flood, Fast Splittable Pseudorandom Number Generators, 2014. */
static uint64_t next(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15u;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

int scatter_memory(uint64_t seed)
{
	uint64_t state = seed;
	size_t pages = 1 + next(&state) % MEMORY_PAGES_MAX;
	void *memory = mmap(NULL, pages * PAGE_BYTES, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);

	/* never given back: what is measured must find it taken */
	return memory == MAP_FAILED ? -errno : 0;
}

static int make_file(const char *path, size_t pages)
{
	static const char page[PAGE_BYTES];
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	int error = 0;

	if (fd < 0)
		return -errno;
	for (size_t i = 0; i < pages && !error; i++)
		if (write(fd, page, sizeof(page)) != (ssize_t)sizeof(page))
			error = errno ? -errno : -ENOSPC;
	if (!error && fsync(fd))
		error = -errno;
	close(fd);
	return error;
}

int scatter_files(const struct target *target, uint64_t seed)
{
	uint64_t state = ~seed;
	size_t files = 1 + next(&state) % FILES_MAX;
	int error = 0;

	for (size_t i = 0; i < files && !error; i++) {
		char path[sizeof(target->dir) + 32];

		snprintf(path, sizeof(path), "%s/scatter-%zu", target->dir, i);
		error = make_file(path, 1 + next(&state) % FILE_PAGES_MAX);
	}
	return error;
}
