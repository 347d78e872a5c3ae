// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/output.h"

static int write_all(FILE *file, const struct text *text)
{
	if (text->length && fwrite(text->data, 1, text->length, file) != text->length)
		return -1;
	return fflush(file);
}

static int write_file(const char *path, const char *temporary, int fd, const struct text *text)
{
	FILE *file = fdopen(fd, "w");
	mode_t mask = umask(0);
	int err;

	umask(mask);
	if (!file) {
		err = -errno;
		close(fd);
		return err;
	}
	err = write_all(file, text) || fchmod(fd, 0666 & ~mask) ? -errno : 0;
	if (fclose(file) && !err)
		err = -errno;
	if (!err && rename(temporary, path))
		err = -errno;
	return err;
}

/* A file that appears whole or not at all, in place of what a link points to. */
static int write_whole(const char *path, const struct text *text)
{
	char *real = realpath(path, NULL), *temporary;
	int fd, err = -ENOMEM;

	if (asprintf(&temporary, "%s.XXXXXX", real ? real : path) >= 0) {
		fd = mkstemp(temporary);
		err = fd < 0 ? -errno : write_file(real ? real : path, temporary, fd, text);
		if (err && fd >= 0)
			unlink(temporary);
		free(temporary);
	}
	free(real);
	return err;
}

/* A device or a pipe is written to: it must not become a file. */
static int write_into(const char *path, const struct text *text)
{
	FILE *file = fopen(path, "w");
	int err;

	if (!file)
		return -errno;
	err = write_all(file, text) ? -errno : 0;
	if (fclose(file) && !err)
		err = -errno;
	return err;
}

static void check_standard_output(void)
{
	if (!fflush(stdout) && !ferror(stdout))
		return;
	complain("standard output: cannot be written: %s", strerror(errno));
	/* the status of the command is the caller's already */
	_exit(STATUS_ENVIRONMENT);
}

int output_keep_standard(void)
{
	return atexit(check_standard_output);
}

enum status output_write(const char *path, const struct text *text)
{
	struct stat there;
	int err;

	if (text_error(text))
		return complain_memory();
	if (!path) {
		/* check_standard_output() says what is wrong */
		return write_all(stdout, text) ? STATUS_ENVIRONMENT : STATUS_DONE;
	}
	if (!stat(path, &there) && !S_ISREG(there.st_mode))
		err = write_into(path, text);
	else
		err = write_whole(path, text);
	if (err)
		complain("%s: cannot be written: %s", path, strerror(-err));
	return err ? STATUS_ENVIRONMENT : STATUS_DONE;
}
