// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <linux/fs.h>
#include <sys/ioctl.h>

#include "target/freeze.h"

int freeze_start(int fd)
{
	return ioctl(fd, FIFREEZE, 0) ? -errno : 0;
}

int freeze_end(int fd)
{
	return ioctl(fd, FITHAW, 0) ? -errno : 0;
}
