// SPDX-License-Identifier: GPL-2.0-or-later
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/fuzz/support/input.h"

static const char apart[] = "\n----\n";
#define APART_BYTES (sizeof(apart) - 1)

static char folder[64];

static void stop(const char *what)
{
	perror(what);
	abort();
}

static void write_part(int fd, const struct part *part)
{
	if (part->size && write(fd, part->data, part->size) != (ssize_t)part->size)
		stop("write");
}

size_t input_split(const uint8_t *data, size_t size, struct part parts[INPUT_PARTS_MAX])
{
	size_t n = 0;

	memset(parts, 0, INPUT_PARTS_MAX * sizeof(*parts));
	while (n + 1 < INPUT_PARTS_MAX) {
		const uint8_t *at = size ? memmem(data, size, apart, APART_BYTES) : NULL;
		size_t length;

		if (!at)
			break;
		/* the newline is the part's own */
		length = (size_t)(at - data) + 1;
		parts[n++] = (struct part){ data, length };
		data += length + APART_BYTES - 1;
		size -= length + APART_BYTES - 1;
	}
	parts[n++] = (struct part){ data, size };
	return n;
}

const char *input_file(size_t number, const struct part *part)
{
	static struct {
		int fd;
		char path[32];
	} files[INPUT_PARTS_MAX];

	if (number >= INPUT_PARTS_MAX)
		abort();
	if (!*files[number].path) {
		files[number].fd = memfd_create("input", MFD_CLOEXEC);
		if (files[number].fd < 0)
			stop("memfd_create");
		snprintf(files[number].path, sizeof(files[number].path), "/proc/self/fd/%d",
			 files[number].fd);
	}
	if (ftruncate(files[number].fd, 0) || lseek(files[number].fd, 0, SEEK_SET))
		stop("ftruncate");
	write_part(files[number].fd, part);
	return files[number].path;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *where)
{
	(void)st;
	(void)kind;
	if (where->level)
		remove(path);
	return 0;
}

static void clear(void)
{
	nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static void leave(void)
{
	clear();
	rmdir(folder);
}

const char *input_folder(void)
{
	if (*folder) {
		clear();
		return folder;
	}
	/* on a disk, every transaction would wait for it */
	snprintf(folder, sizeof(folder), "%s/daxmark-fuzz-XXXXXX",
		 access("/dev/shm", W_OK) ? "/tmp" : "/dev/shm");
	if (!mkdtemp(folder))
		stop(folder);
	atexit(leave);
	return folder;
}

void input_place(const char *name, const struct part *part)
{
	char path[256];
	int fd;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	for (char *slash = path + strlen(folder) + 1; (slash = strchr(slash, '/')); slash++) {
		*slash = '\0';
		mkdir(path, 0777);
		*slash = '/';
	}
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (fd < 0)
		stop(path);
	write_part(fd, part);
	close(fd);
}
