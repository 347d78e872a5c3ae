// SPDX-License-Identifier: GPL-2.0-or-later
#include <blkid/blkid.h>
#include <errno.h>
#include <fcntl.h>
#include <libmount/libmount.h>
#include <linux/fs.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "target/device.h"
#include "target/holder.h"

#define BUSY_TRIES 20

/* What a device holds. */
struct content {
	char name[64]; /* as "ext4", "LVM2_member", "gpt partition table" */
	char id[128];  /* with its UUID: tells it from all others; "" when there is none */
};

/* By number, not by name: a device has many names. */
static bool is_mounted(dev_t device)
{
	struct libmnt_table *table = mnt_new_table_from_file("/proc/self/mountinfo");
	bool found = table && mnt_table_find_devno(table, device, MNT_ITER_FORWARD);

	mnt_unref_table(table);
	return found;
}

static void name_content(blkid_probe probe, struct content *content)
{
	const char *value, *uuid;

	if (!blkid_probe_lookup_value(probe, "TYPE", &value, NULL))
		snprintf(content->name, sizeof(content->name), "%s", value);
	else if (!blkid_probe_lookup_value(probe, "PTTYPE", &value, NULL))
		snprintf(content->name, sizeof(content->name), "%s partition table", value);
	else
		snprintf(content->name, sizeof(content->name), "something blkid has no name for");
	if (!blkid_probe_lookup_value(probe, "UUID", &uuid, NULL))
		snprintf(content->id, sizeof(content->id), "%s %s", content->name, uuid);
}

/*
 * It finds a damaged superblock and the second copy of a partition table as well: they
 * are what someone may want to repair. NULL when the device cannot be read.
 */
static blkid_probe probe_of(int fd)
{
	blkid_probe probe = blkid_new_probe();

	if (!probe)
		return NULL;
	if (blkid_probe_set_device(probe, fd, 0, 0)) {
		blkid_free_probe(probe);
		return NULL;
	}
	blkid_probe_enable_superblocks(probe, 1);
	blkid_probe_set_superblocks_flags(probe, BLKID_SUBLKS_TYPE | BLKID_SUBLKS_UUID |
							 BLKID_SUBLKS_MAGIC | BLKID_SUBLKS_BADCSUM);
	blkid_probe_enable_partitions(probe, 1);
	blkid_probe_set_partitions_flags(probe, BLKID_PARTS_FORCE_GPT);
	return probe;
}

/* What blkid finds: 0 when there is nothing,
 * -EEXIST when there is something, -EIO when it cannot be told.
 */
static int find_content(int fd, struct content *content)
{
	blkid_probe probe = probe_of(fd);
	int error = 0;

	content->name[0] = content->id[0] = '\0';
	if (!probe)
		return -EIO;
	switch (blkid_do_safeprobe(probe)) {
	case 0:
		name_content(probe, content);
		error = -EEXIST;
		break;
	case 1: /* nothing there */
		break;
	case -2:
		snprintf(content->name, sizeof(content->name), "more than one signature");
		error = -EEXIST;
		break;
	default:
		error = -EIO;
	}
	blkid_free_probe(probe);
	return error;
}

static int refuse(char *reason, int error, const char *path, const char *what)
{
	snprintf(reason, DEVICE_REASON_MAX, "%s: %s", path, what);
	return error;
}

/* Before it is opened, for to open a device may do something: a tape winds. */
static int find_device(struct device *device, char *reason)
{
	struct stat st;

	if (stat(device->path, &st))
		return refuse(reason, -errno, device->path, strerror(errno));
	if (!S_ISBLK(st.st_mode))
		return refuse(reason, -ENOTBLK, device->path, "is not a block device");
	if (device->number && st.st_rdev != device->number)
		return refuse(reason, -ESTALE, device->path, "is another device than before");
	device->number = st.st_rdev;
	if (is_mounted(st.st_rdev))
		return refuse(reason, -EBUSY, device->path, "is mounted");
	return 0;
}

static void wait_a_little(void)
{
	const struct timespec pause = { .tv_nsec = 100000000 };

	nanosleep(&pause, NULL);
}

/*
 * O_EXCL on a block device fails while the kernel itself holds it, or anyone who
 * asked for the same; and keeps it from being mounted while it is looked at. After a
 * run that was killed the kernel takes a moment to give up what was mounted.
 */
static int open_alone(const struct device *device, char *reason)
{
	char text[DEVICE_REASON_MAX / 2];
	bool known = false;
	struct stat st;
	int fd = -1;

	for (int i = 0; i < BUSY_TRIES && fd < 0 && !known; i++) {
		if (i)
			wait_a_little();
		fd = open(device->path, O_RDWR | O_EXCL | O_CLOEXEC);
		if (fd < 0 && errno != EBUSY)
			return refuse(reason, -errno, device->path, strerror(errno));
		known = fd < 0 && holder_name(device->number, text, sizeof(text));
	}
	if (fd < 0)
		return refuse(reason, -EBUSY, device->path, text);
	/* what the path led to when it was looked up is not what was opened for certain */
	if (fstat(fd, &st) || !S_ISBLK(st.st_mode) || st.st_rdev != device->number) {
		close(fd);
		return refuse(reason, -ESTALE, device->path, "is another device than before");
	}
	return fd;
}

static int look(struct device *device, int fd, char *reason)
{
	char text[DEVICE_REASON_MAX / 2];
	struct content content;
	int error, read_only = 0;

	if (!ioctl(fd, BLKROGET, &read_only) && read_only)
		return refuse(reason, -EROFS, device->path, "is read-only");
	device->size = blkid_get_dev_size(fd) > 0 ? (uint64_t)blkid_get_dev_size(fd) : 0;
	error = find_content(fd, &content);
	if (error && error != -EEXIST)
		return refuse(reason, error, device->path, "cannot be looked at");
	if (!error || device->erase || (content.id[0] && !strcmp(content.id, device->made)))
		return 0;
	snprintf(text, sizeof(text), "holds %s; to overwrite it, its target says erase = yes",
		 content.name);
	return refuse(reason, error, device->path, text);
}

/*
 * Goes with the last descriptor of it, however we end. udev holds one for a moment on
 * a device that has just come or been written.
 */
static int lock(struct device *device, char *reason)
{
	int error = 0, fd = open(device->path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return refuse(reason, -errno, device->path, strerror(errno));
	for (int i = 0; i < BUSY_TRIES && (error = flock(fd, LOCK_EX | LOCK_NB)); i++)
		wait_a_little();
	if (error) {
		close(fd);
		return refuse(reason, -EBUSY, device->path,
			      "is in use by another run, or locked by another program");
	}
	device->lock = fd;
	return 0;
}

int device_take(struct device *device, char reason[DEVICE_REASON_MAX])
{
	int error;

	device->number = 0;
	device->lock = 0;
	device->made[0] = '\0';
	error = find_device(device, reason);
	if (!error)
		error = lock(device, reason);
	return error ? error : device_check(device, reason);
}

int device_check(struct device *device, char reason[DEVICE_REASON_MAX])
{
	int fd, error = find_device(device, reason);

	if (error)
		return error;
	fd = open_alone(device, reason);
	if (fd < 0)
		return fd;
	error = look(device, fd, reason);
	close(fd);
	return error;
}

void device_made(struct device *device)
{
	struct content content;
	int fd = open(device->path, O_RDONLY | O_CLOEXEC);

	device->made[0] = '\0';
	if (fd < 0)
		return;
	if (find_content(fd, &content) == -EEXIST)
		memcpy(device->made, content.id, sizeof(device->made));
	close(fd);
}

static bool holds_made(const struct device *device, int fd)
{
	struct content content;

	return find_content(fd, &content) == -EEXIST && content.id[0] &&
	       !strcmp(content.id, device->made);
}

/* A device that held nothing holds nothing again: what we made on it, and only that, goes. */
static void empty(struct device *device)
{
	char reason[DEVICE_REASON_MAX];
	int fd = find_device(device, reason) ? -1 : open_alone(device, reason);
	blkid_probe probe;

	if (fd < 0)
		return;
	probe = holds_made(device, fd) ? probe_of(fd) : NULL;
	while (probe && !blkid_do_probe(probe) && !blkid_do_wipe(probe, 0))
		;
	blkid_free_probe(probe);
	fsync(fd);
	close(fd);
}

void device_release(struct device *device)
{
	if (device->lock > 0 && !device->erase && device->made[0])
		empty(device);
	if (device->lock > 0)
		close(device->lock);
	device->lock = 0;
}
