// SPDX-License-Identifier: GPL-2.0-or-later
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <inttypes.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/leftover.h"
#include "base/process.h"

#define PREFIX "daxmark-"
#define DEPTH  16
#define TRIES  10

/* The pattern for mkdtemp(), with this process as the one that makes it. */
static int pattern_in(const char *dir, char *path, size_t size)
{
	uint64_t start = process_started(getpid());
	int n;

	if (!start)
		return -ENOENT;
	n = snprintf(path, size, "%s/" PREFIX "%ld-%" PRIu64 "-XXXXXX", dir, (long)getpid(), start);
	return n < 0 || (size_t)n >= size ? -ENAMETOOLONG : 0;
}

/* The descriptor, or a negative errno: -ESTALE when the folder is gone already. */
static int lock_new(const char *path)
{
	int error = 0, fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	struct stat st;

	if (fd < 0)
		return errno == ENOENT ? -ESTALE : -errno;
	if (flock(fd, LOCK_SH) || fstat(fd, &st))
		error = -errno;
	else if (!st.st_nlink)
		error = -ESTALE;
	if (error)
		close(fd);
	return error ? error : fd;
}

int leftover_make(const char *dir, char *path, size_t size)
{
	int fd = -ESTALE;

	/* before it is locked, someone in another PID namespace may take it for left over */
	for (int i = 0; i < TRIES && fd == -ESTALE; i++) {
		int error = pattern_in(dir, path, size);

		if (error)
			return error;
		if (!mkdtemp(path))
			return -errno;
		fd = lock_new(path);
		if (fd < 0)
			rmdir(path);
	}
	return fd;
}

/* A whole number and a dash behind it; NULL when there is none. */
static const char *take_number(const char *text, unsigned long long *number)
{
	char *end;

	if (*text < '1' || *text > '9')
		return NULL;
	errno = 0;
	*number = strtoull(text, &end, 10);
	return errno || *end != '-' ? NULL : end + 1;
}

static bool is_left(const char *name)
{
	/* results that are not done are hidden, and end in their time stamp */
	size_t end = *name == '.' ? strlen("20150401T120000Z") : strlen("XXXXXX");
	unsigned long long pid, start;
	const char *rest;

	name += *name == '.';
	if (strncmp(name, PREFIX, strlen(PREFIX)) != 0)
		return false;
	rest = take_number(name + strlen(PREFIX), &pid);
	rest = rest ? take_number(rest, &start) : NULL;
	return rest && strlen(rest) == end && pid <= INT_MAX &&
	       process_started((pid_t)pid) != start;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *where)
{
	(void)st;
	(void)type;
	(void)where;
	return remove(path) ? errno : 0;
}

static int remove_folder(const char *path)
{
	return nftw(path, remove_one, DEPTH, FTW_DEPTH | FTW_MOUNT | FTW_PHYS);
}

void leftover_end(const char *path, int fd)
{
	remove_folder(path);
	close(fd);
}

/* Whether it is ours to remove: a folder of this user's on the file system of its parent. */
static bool may_remove(const char *dir, const char *path)
{
	struct stat st, parent;

	return !lstat(path, &st) && !stat(dir, &parent) && S_ISDIR(st.st_mode) &&
	       st.st_uid == geteuid() && st.st_dev == parent.st_dev;
}

/*
 * 1, 0 when someone uses it, or a negative errno. What is mounted below is not entered, and
 * cannot be removed.
 */
static int remove_unused(const char *path)
{
	int status, fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (fd < 0)
		return errno == ENOENT ? 0 : -errno;
	if (flock(fd, LOCK_EX | LOCK_NB)) {
		status = errno == EWOULDBLOCK ? 0 : -errno;
	} else {
		status = remove_folder(path);
		status = status < 0 ? -errno : status ? -status : 1;
	}
	close(fd);
	return status;
}

int leftover_remove(const char *dir, void (*told)(const char *path))
{
	DIR *listing = opendir(dir);
	struct dirent *entry;
	int error = 0, n = 0;

	if (!listing)
		return -errno;
	while ((entry = readdir(listing))) {
		char path[PATH_MAX];
		int status;

		if (!is_left(entry->d_name) ||
		    snprintf(path, sizeof(path), "%s/%s", dir, entry->d_name) >=
			    (int)sizeof(path) ||
		    !may_remove(dir, path))
			continue;
		status = remove_unused(path);
		if (status < 0 && !error)
			error = status;
		if (status <= 0)
			continue;
		n++;
		if (told)
			told(path);
	}
	closedir(listing);
	return error ? error : n;
}
