// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <linux/fs.h>
#include <signal.h>
#include <sys/ioctl.h>

#include "target/freeze.h"

/* What is frozen, plus one: 0 is nothing. Set before, for a signal in between. */
static volatile sig_atomic_t frozen;

int freeze_start(int fd)
{
	frozen = fd + 1;
	if (!ioctl(fd, FIFREEZE, 0))
		return 0;
	frozen = 0;
	return -errno;
}

int freeze_end(int fd)
{
	if (ioctl(fd, FITHAW, 0))
		return -errno;
	frozen = 0;
	return 0;
}

void freeze_end_any(void)
{
	if (frozen)
		ioctl((int)frozen - 1, FITHAW, 0);
	frozen = 0;
}
