// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <linux/fs.h>
#include <signal.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/stat.h>

#include "medium/fsfreeze.h"
#include "medium/guard.h"

#define PROTECTED_MAX 16

/* What is frozen, plus one: 0 is nothing. Set before, for a signal in between. */
static volatile sig_atomic_t frozen;

/* File systems that someone needs while another is frozen. */
static dev_t protected[PROTECTED_MAX];
static size_t n_protected;

void freeze_protect(const char *path)
{
	struct stat st;

	if (!stat(path, &st) && n_protected < PROTECTED_MAX)
	protected[n_protected++] = st.st_dev;
}

int freeze_allowed(int fd)
{
	struct stat st;

	if (fstat(fd, &st))
		return -errno;
	for (size_t i = 0; i < n_protected; i++)
		if (protected[i] == st.st_dev)
			return -EPERM;
	return 0;
}

int freeze_ready(void)
{
	return guard_answers();
}

int freeze_start(int fd)
{
	int error = guard_freeze_begins();

	if (error)
		return error;
	frozen = fd + 1;
	if (!ioctl(fd, FIFREEZE, 0))
		return 0;
	error = -errno;
	frozen = 0;
	guard_freeze_ended();
	return error;
}

int freeze_end(int fd)
{
	if (ioctl(fd, FITHAW, 0))
		return guard_has_thawed() ? -ETIME : -errno;
	frozen = 0;
	guard_freeze_ended();
	return 0;
}

void freeze_end_any(void)
{
	if (frozen)
		ioctl((int)frozen - 1, FITHAW, 0);
	frozen = 0;
}
