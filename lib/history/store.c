// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "history/store.h"

static int write_all(int fd, const char *data, size_t size)
{
	while (size) {
		ssize_t written = write(fd, data, size);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return -errno;
		data += written;
		size -= (size_t)written;
	}
	return 0;
}

/* What close says belongs to what was written. */
static int finish(int fd, int err)
{
	if (!err && fsync(fd))
		err = -errno;
	if (close(fd) && !err)
		err = -errno;
	return err;
}

int store_folder(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	return fd < 0 ? -errno : finish(fd, 0);
}

static int store_folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *folder = slash ? strndup(path, (size_t)(slash - path) + 1) : strdup(".");
	int err = folder ? store_folder(folder) : -ENOMEM;

	free(folder);
	return err;
}

static int write_file(int fd, const char *temporary, const char *path, const char *text)
{
	mode_t mask = umask(0);
	int err;

	umask(mask);
	err = write_all(fd, text, strlen(text));
	if (!err)
		err = write_all(fd, "\n", 1);
	if (!err && fchmod(fd, 0666 & ~mask))
		err = -errno;
	err = finish(fd, err);
	if (!err && rename(temporary, path))
		err = -errno;
	return err;
}

int store_text(const char *path, const char *text)
{
	char *temporary;
	int fd, err;

	if (asprintf(&temporary, "%s.XXXXXX", path) < 0)
		return -ENOMEM;
	fd = mkostemp(temporary, O_CLOEXEC);
	err = fd < 0 ? -errno : write_file(fd, temporary, path, text);
	if (err && fd >= 0)
		unlink(temporary);
	free(temporary);
	return err ? err : store_folder_of(path);
}

static int copy_bytes(int in, int out)
{
	char buffer[65536];
	ssize_t size;
	int err = 0;

	while (!err && (size = read(in, buffer, sizeof(buffer)))) {
		if (size > 0)
			err = write_all(out, buffer, (size_t)size);
		else if (errno != EINTR)
			err = -errno;
	}
	return err;
}

int store_copy(const char *from, const char *path)
{
	int in = open(from, O_RDONLY | O_CLOEXEC), out, err;

	if (in < 0)
		return -errno;
	out = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	err = out < 0 ? -errno : finish(out, copy_bytes(in, out));
	close(in);
	return err;
}

int store_lock(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), err;

	if (fd < 0)
		return -errno;
	while (flock(fd, LOCK_EX)) {
		err = -errno;
		if (err == -EINTR)
			continue;
		close(fd);
		return err;
	}
	return fd;
}
