// SPDX-License-Identifier: GPL-2.0-or-later
#include <blkid/blkid.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <linux/fs.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "medium/blank.h"
#include "medium/content.h"
#include "medium/device.h"
#include "medium/holder.h"
#include "medium/overlap.h"

#define BUSY_TRIES   20
#define TEXT_MAX     (DEVICE_REASON_MAX / 2)

#define TO_OVERWRITE "; to overwrite it, its target says erase = yes"
#define OURS_GONE    "holds no longer what this run made on it"

static int refuse(char *reason, int error, const char *path, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

static int refuse(char *reason, int error, const char *path, const char *format, ...)
{
	int used = snprintf(reason, DEVICE_REASON_MAX, "%s: ", path);
	va_list args;

	va_start(args, format);
	if (used > 0 && used < DEVICE_REASON_MAX)
		vsnprintf(reason + used, (size_t)(DEVICE_REASON_MAX - used), format, args);
	va_end(args);
	return error;
}

/* Before it is opened: to open a device may do something, as to wind a tape. */
static int find_device(struct device *device, char *reason)
{
	struct stat st;

	if (stat(device->path, &st))
		return refuse(reason, -errno, device->path, "%s", strerror(errno));
	if (!S_ISBLK(st.st_mode))
		return refuse(reason, -ENOTBLK, device->path, "is not a block device");
	if (device->number && st.st_rdev != device->number)
		return refuse(reason, -ESTALE, device->path, "is another device than before");
	device->number = st.st_rdev;
	return 0;
}

/* What no link can lead away from, once it is known. */
static const char *node_of(const struct device *device)
{
	return device->node[0] ? device->node : device->path;
}

static void wait_a_little(void)
{
	const struct timespec pause = { .tv_nsec = 100000000 };

	nanosleep(&pause, NULL);
}

/*
 * The other devices come first: while we hold a disk nobody can hold its partitions. O_EXCL on a
 * block device fails while the kernel itself holds it, or anyone who asked for the
 * same; and keeps it from being mounted while it is looked at.
 */
static int try_to_open(const struct device *device, enum holder *holder, char *text)
{
	int fd, error;

	*holder = holder_of(device->number, text, TEXT_MAX);
	if (*holder == HOLDER_NONE)
		*holder = holder_elsewhere(device->number, text, TEXT_MAX);
	if (*holder != HOLDER_NONE)
		return -EBUSY;
	fd = open(node_of(device), O_RDWR | O_EXCL | O_CLOEXEC);
	if (fd >= 0)
		return fd;
	error = -errno;
	if (error == -EBUSY) {
		*holder = HOLDER_PASSING;
		snprintf(text, TEXT_MAX, "is in use");
	} else {
		snprintf(text, TEXT_MAX, "%s", strerror(-error));
	}
	return error;
}

/*
 * After a run that was killed the kernel takes a moment to give up what was mounted,
 * and udev holds for a moment what has just come or been written.
 */
static int open_alone(const struct device *device, char *reason)
{
	enum holder holder = HOLDER_PASSING;
	char text[TEXT_MAX];
	struct stat st;
	int fd = -EBUSY;

	for (int i = 0; i < BUSY_TRIES && fd == -EBUSY && holder == HOLDER_PASSING; i++) {
		if (i)
			wait_a_little();
		fd = try_to_open(device, &holder, text);
	}
	if (fd < 0)
		return refuse(reason, fd, device->path, "%s", text);
	/* what the path led to when it was looked up is not what was opened for certain */
	if (fstat(fd, &st) || !S_ISBLK(st.st_mode) || st.st_rdev != device->number) {
		close(fd);
		return refuse(reason, -ESTALE, device->path, "is another device than before");
	}
	return fd;
}

/* A disk whose partition table is gone may have partitions still, as the kernel knows them. */
static int look_above(const struct overlap *overlap, void *data)
{
	char *what = data;
	struct content content;
	int fd, error;

	if (!overlap->above)
		return 0;
	fd = overlap_open(overlap->name, overlap->device, O_RDONLY);
	error = fd < 0 ? 0 : content_find(fd, &content);
	if (fd >= 0)
		close(fd);
	if (error != -EEXIST)
		return 0;
	snprintf(what, TEXT_MAX, "holds %s in %s", content.name, overlap->name);
	return -EEXIST;
}

static int read_through(struct device *device, int fd, uint64_t limit_ns, char *reason)
{
	struct blank blank;
	int error = blank_find(fd, device->size, limit_ns, device->stop, &blank);

	device->blank = blank.byte;
	switch (error) {
	case 0:
		return 0;
	case -EEXIST:
		return refuse(reason, error, device->path,
			      "holds data from byte %" PRIu64 " on" TO_OVERWRITE, blank.offset);
	case -EINTR:
		return refuse(reason, error, device->path, "interrupted while it was read");
	case -ETIME:
		return refuse(reason, error, device->path,
			      "cannot be read to its end within %" PRIu64 " s (%" PRIu64
			      " of %" PRIu64
			      " MiB are blank); to use it, its target says erase = yes",
			      limit_ns / 1000000000, blank.offset >> 20, device->size >> 20);
	default:
		return refuse(reason, error, device->path, "cannot be read at byte %" PRIu64 ": %s",
			      blank.offset, strerror(-error));
	}
}

static bool is_ours(const struct device *device, const struct content *content)
{
	return !device->doubtful &&
	       !strcmp(device->made, content->id[0] ? content->id : content->name);
}

/* Where signatures tell, they tell more than the place of a byte, and sooner. */
static int look_for_content(struct device *device, int fd, uint64_t limit_ns, char *reason)
{
	char what[TEXT_MAX];
	struct content content;
	int error = content_find(fd, &content);

	if (error && error != -EEXIST)
		return refuse(reason, error, device->path, "cannot be looked at");
	if (device->erase || (device->written && is_ours(device, &content)))
		return 0;
	if (error)
		return refuse(reason, error, device->path, "holds %s" TO_OVERWRITE, content.name);
	if (device->written)
		return refuse(reason, -EEXIST, device->path, OURS_GONE);
	if (overlap_each("/sys", device->number, look_above, what) == -EEXIST)
		return refuse(reason, -EEXIST, device->path, "%s" TO_OVERWRITE, what);
	return read_through(device, fd, limit_ns, reason);
}

static int check(struct device *device, uint64_t limit_ns, char *reason)
{
	int read_only = 0, error = find_device(device, reason);
	int fd = error ? error : open_alone(device, reason);
	blkid_loff_t size;

	if (fd < 0)
		return fd;
	size = blkid_get_dev_size(fd);
	device->size = size > 0 ? (uint64_t)size : 0;
	if (!ioctl(fd, BLKROGET, &read_only) && read_only)
		error = refuse(reason, -EROFS, device->path, "is read-only");
	else
		error = look_for_content(device, fd, limit_ns, reason);
	close(fd);
	return error;
}

/*
 * Locks the node that the kernel made: a lock is one of a node, and a device may have
 * several. It goes with the last descriptor of it, however we end.
 */
static int lock(struct device *device, char *reason)
{
	char name[32];
	int error = overlap_name("/sys", device->number, name, sizeof(name));
	int fd = error ? error : overlap_open(name, device->number, O_RDONLY);

	if (fd >= 0)
		snprintf(device->node, sizeof(device->node), "/dev/%s", name);
	else
		fd = open(device->path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return refuse(reason, -errno, device->path, "%s", strerror(errno));
	for (int i = 0; i < BUSY_TRIES && (error = flock(fd, LOCK_EX | LOCK_NB)); i++)
		wait_a_little();
	if (error || holder_has_file_lock(fd)) {
		close(fd);
		return refuse(reason, -EBUSY, device->path,
			      "is in use by another run, or locked by another program");
	}
	device->lock = fd;
	return 0;
}

int device_take(struct device *device, char reason[DEVICE_REASON_MAX])
{
	char text[TEXT_MAX];
	int error;

	device->number = 0;
	device->lock = 0;
	device->node[0] = '\0';
	device->written = device->doubtful = false;
	device->made[0] = '\0';
	error = find_device(device, reason);
	if (!error && holder_of(device->number, text, sizeof(text)) != HOLDER_NONE)
		error = refuse(reason, -EBUSY, device->path, "%s", text);
	if (!error)
		error = lock(device, reason);
	return error ? error : check(device, device->limit_ns, reason);
}

int device_check(struct device *device, char reason[DEVICE_REASON_MAX])
{
	return check(device, BLANK_NO_LIMIT, reason);
}

static void note_made(struct device *device, const struct content *content)
{
	snprintf(device->made, sizeof(device->made), "%s",
		 content->id[0] ? content->id : content->name);
	device->written = true;
}

void device_made(struct device *device)
{
	struct content content = { "", "" };
	int fd = open(node_of(device), O_RDONLY | O_CLOEXEC);

	if (fd >= 0) {
		content_find(fd, &content);
		close(fd);
	}
	note_made(device, &content);
}

/* Nothing yet, or fs; an ext4 without all of its features looks like an older one. */
static bool may_be_half_of(const char *fs, const char *name)
{
	size_t family = strncmp(fs, "ext", 3) ? strlen(fs) + 1 : 3;

	return !name[0] || !strncmp(fs, name, family);
}

void device_half_made(struct device *device, const char *fs)
{
	struct content content = { "", "" };
	char reason[DEVICE_REASON_MAX];
	int error, fd = open_alone(device, reason);

	error = fd < 0 ? fd : content_find(fd, &content);
	if (fd >= 0)
		close(fd);
	device->doubtful = (error && error != -EEXIST) || !may_be_half_of(fs, content.name);
	note_made(device, &content);
}

static int make_blank(struct device *device, char *reason)
{
	int error, fd = open_alone(device, reason);
	struct content content;

	if (fd < 0)
		return fd;
	error = content_find(fd, &content);
	if (error && error != -EEXIST)
		error = refuse(reason, error, device->path, "cannot be looked at");
	else if (!is_ours(device, &content))
		error = refuse(reason, -EEXIST, device->path, OURS_GONE);
	else if ((error = blank_restore(fd, device->size, device->blank)))
		refuse(reason, error, device->path, "%s", strerror(-error));
	close(fd);
	return error;
}

int device_release(struct device *device, char reason[DEVICE_REASON_MAX])
{
	int error = 0;

	if (device->lock > 0 && device->written && !device->erase)
		error = make_blank(device, reason);
	if (error) {
		size_t used = strlen(reason);

		snprintf(reason + used, DEVICE_REASON_MAX - used,
			 "; what this run wrote to it stays there");
	}
	if (device->lock > 0)
		close(device->lock);
	device->lock = 0;
	return error;
}
