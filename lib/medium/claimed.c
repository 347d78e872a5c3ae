// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <linux/loop.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "medium/claimed.h"

static bool is_device(const struct claim *claim, const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISBLK(st.st_mode) &&
	       st.st_rdev == makedev(claim->major, claim->minor);
}

/* 0 and the kernel's name of the device, or a negative errno. */
static int kernel_name(const struct claim *claim, char name[96])
{
	char path[64], line[128];
	FILE *file;

	snprintf(path, sizeof(path), "/sys/dev/block/%u:%u/uevent", claim->major, claim->minor);
	file = fopen(path, "re");
	if (!file)
		return -errno;
	name[0] = '\0';
	while (!name[0] && fgets(line, sizeof(line), file))
		if (sscanf(line, "DEVNAME=%95s", name) != 1)
			name[0] = '\0';
	fclose(file);
	return name[0] ? 0 : -ENODEV;
}

int claimed_device(struct claim *claim)
{
	char name[96];
	int error;

	if (is_device(claim, claim->path))
		return 1;
	error = kernel_name(claim, name);
	/* no such device, if this is where the kernel lists them */
	if (error == -ENOENT)
		return access("/sys/dev/block", F_OK) ? error : 0;
	if (error)
		return error;
	snprintf(claim->path, sizeof(claim->path), "/dev/%s", name);
	return is_device(claim, claim->path) ? 1 : -ENODEV;
}

int claimed_loop(const struct claim *claim)
{
	struct loop_info64 info;
	int ours, fd = open(claim->path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return -errno;
	if (ioctl(fd, LOOP_GET_STATUS64, &info))
		ours = errno == ENXIO ? 0 : -errno;
	else
		ours = info.lo_device == claim->file_device && info.lo_inode == claim->file_inode &&
		       !strcmp((const char *)info.lo_file_name, claim->name);
	/* the device may go with this */
	close(fd);
	return ours;
}

/* 1 when a file system is active on the device, mounted or not, or another program has it. */
static int is_used(const struct claim *claim)
{
	int fd = open(claim->path, O_RDONLY | O_EXCL | O_CLOEXEC);

	if (fd < 0)
		return errno == EBUSY ? 1 : -errno;
	close(fd);
	return 0;
}

int claimed_filesystem(const struct claim *claim)
{
	char uuid[40];
	int error, used = is_used(claim);

	if (used <= 0)
		return used;
	error = claim_uuid(claim->path, claim->fs, uuid);
	if (error)
		return error == -ENOENT ? 0 : error;
	return !strcmp(uuid, claim->uuid);
}
