// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <linux/loop.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "medium/claim.h"
#include "medium/loop.h"

#define ATTEMPTS 32

static int refuse(char *reason, int error, const char *what, const char *why)
{
	snprintf(reason, LOOP_REASON_MAX, "%s: %s", what, why);
	return error;
}

/* Takes all the room now: running out of it in the middle would be our doing. */
static int make_file(const char *path, uint64_t size, char *reason)
{
	struct statvfs space;
	char text[96];
	int error;
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0 && errno == EEXIST)
		return refuse(reason, -EEXIST, path, "exists; name a file that does not");
	if (fd < 0)
		return refuse(reason, -errno, path, strerror(errno));
	unlink(path);
	if (!fstatvfs(fd, &space) && (uint64_t)space.f_bavail * space.f_frsize < size) {
		snprintf(text, sizeof(text), "there are %llu MiB where %llu MiB are needed",
			 (unsigned long long)space.f_bavail * space.f_frsize >> 20,
			 (unsigned long long)size >> 20);
		close(fd);
		return refuse(reason, -ENOSPC, path, text);
	}
	error = posix_fallocate(fd, 0, (off_t)size);
	if (!error)
		return fd;
	close(fd);
	return refuse(reason, -error, path, strerror(error));
}

_Static_assert(CLAIM_NAME_MAX == LO_NAME_SIZE, "a claim's name is no name of a loop device");

/*
 * In one step since 5.8. In two, the device would stay for good if we were killed in
 * between. It carries the name of its claim: its number and its inode are given again.
 */
static int set_file(int loop, int file, const struct claim *claim)
{
	struct loop_config config = { .fd = (__u32)file, .info.lo_flags = LO_FLAGS_AUTOCLEAR };
	int error;

	if (claim)
		memcpy(config.info.lo_file_name, claim->name, sizeof(claim->name));
	if (!ioctl(loop, LOOP_CONFIGURE, &config))
		return 0;
	if (errno != ENOTTY && errno != EINVAL)
		return -errno;
	if (ioctl(loop, LOOP_SET_FD, file))
		return -errno;
	if (!ioctl(loop, LOOP_SET_STATUS64, &config.info))
		return 0;
	error = -errno;
	ioctl(loop, LOOP_CLR_FD, 0);
	return error;
}

static int claim_it(int loop, int file, const char *device, struct claim *claim, char *reason)
{
	struct stat device_st, file_st;

	if (fstat(loop, &device_st) || fstat(file, &file_st))
		return refuse(reason, -errno, device, strerror(errno));
	return claim_begin(claim, device, device_st.st_rdev, &file_st, reason);
}

/* Another process may take the free device first: then the next one is tried. */
static int attach(int file, char *device, size_t device_size, struct claim *claim, char *reason)
{
	int control = open("/dev/loop-control", O_RDWR | O_CLOEXEC);
	int loop = -1, error = -EBUSY, unclaimed = 0;

	if (control < 0 && (errno == EACCES || errno == EPERM))
		return refuse(reason, -EPERM, "/dev/loop-control", "a loop device takes root");
	if (control < 0)
		return refuse(reason, -ENOTSUP, "/dev/loop-control",
			      "there are no loop devices here; name a device or a directory");
	for (int i = 0; i < ATTEMPTS && error == -EBUSY; i++) {
		int number = ioctl(control, LOOP_CTL_GET_FREE);

		error = number < 0 ? -errno : 0;
		if (error)
			break;
		snprintf(device, device_size, "/dev/loop%d", number);
		loop = open(device, O_RDWR | O_CLOEXEC);
		unclaimed = loop >= 0 && claim ? claim_it(loop, file, device, claim, reason) : 0;
		error = loop < 0 ? -errno : unclaimed ? unclaimed : set_file(loop, file, claim);
		if (!error)
			break;
		if (claim)
			claim_end(claim);
		if (loop >= 0)
			close(loop);
	}
	close(control);
	if (unclaimed)
		return unclaimed;
	return error ? refuse(reason, -ENOTSUP, "no loop device", strerror(-error)) : loop;
}

int loop_make(const char *path, uint64_t size, char *device, size_t device_size,
	      struct claim *claim, char reason[LOOP_REASON_MAX])
{
	int file = make_file(path, size, reason);
	int loop;

	if (file < 0)
		return file;
	loop = attach(file, device, device_size, claim, reason);
	close(file);
	return loop;
}
