// SPDX-License-Identifier: GPL-2.0-or-later
#include <blkid/blkid.h>
#include <errno.h>
#include <fcntl.h>
#include <libmount/libmount.h>
#include <linux/fs.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "target/device.h"
#include "target/holder.h"

/* By number, not by name: a device has many names. */
static bool is_mounted(dev_t device)
{
	struct libmnt_table *table = mnt_new_table_from_file("/proc/self/mountinfo");
	bool found = table && mnt_table_find_devno(table, device, MNT_ITER_FORWARD);

	mnt_unref_table(table);
	return found;
}

/* The signature blkid finds, as "ext4", "LVM2_member", "gpt partition table". */
static int find_signature(int fd, char *name, size_t size)
{
	blkid_probe probe = blkid_new_probe();
	const char *value;
	int error = 0;

	if (!probe)
		return -ENOMEM;
	if (blkid_probe_set_device(probe, fd, 0, 0)) {
		error = -EIO;
		goto out;
	}
	blkid_probe_enable_superblocks(probe, 1);
	blkid_probe_enable_partitions(probe, 1);
	switch (blkid_do_safeprobe(probe)) {
	case 0:
		if (!blkid_probe_lookup_value(probe, "TYPE", &value, NULL))
			snprintf(name, size, "%s", value);
		else if (!blkid_probe_lookup_value(probe, "PTTYPE", &value, NULL))
			snprintf(name, size, "%s partition table", value);
		else
			snprintf(name, size, "something blkid has no name for");
		error = -EEXIST;
		break;
	case 1: /* nothing there */
		break;
	case -2:
		snprintf(name, size, "more than one signature");
		error = -EEXIST;
		break;
	default:
		error = -EIO;
	}
out:
	blkid_free_probe(probe);
	return error;
}

static int refuse(char *reason, int error, const char *path, const char *what)
{
	snprintf(reason, DEVICE_REASON_MAX, "%s: %s", path, what);
	return error;
}

int device_usable(const char *path, bool erase, uint64_t *size, char reason[DEVICE_REASON_MAX])
{
	char name[64], text[DEVICE_REASON_MAX / 2];
	int fd, error, read_only = 0;
	struct stat st;

	if (stat(path, &st))
		return refuse(reason, -errno, path, strerror(errno));
	if (!S_ISBLK(st.st_mode))
		return refuse(reason, -ENOTBLK, path, "is not a block device");
	if (is_mounted(st.st_rdev))
		return refuse(reason, -EBUSY, path, "is mounted");
	/* O_EXCL on a block device fails while the kernel itself holds it */
	fd = open(path, O_RDWR | O_EXCL | O_CLOEXEC);
	if (fd < 0 && errno == EBUSY) {
		holder_name(st.st_rdev, text, sizeof(text));
		return refuse(reason, -EBUSY, path, text);
	}
	if (fd < 0)
		return refuse(reason, -errno, path, strerror(errno));
	if (!ioctl(fd, BLKROGET, &read_only) && read_only) {
		close(fd);
		return refuse(reason, -EROFS, path, "is read-only");
	}

	error = find_signature(fd, name, sizeof(name));
	*size = blkid_get_dev_size(fd) > 0 ? (uint64_t)blkid_get_dev_size(fd) : 0;
	close(fd);
	if (error == -EEXIST && !erase) {
		snprintf(text, sizeof(text),
			 "holds %s; to overwrite it, its target says erase = yes", name);
		return refuse(reason, error, path, text);
	}
	if (error && error != -EEXIST)
		return refuse(reason, error, path, "cannot be looked at");
	return 0;
}
