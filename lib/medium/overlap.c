// SPDX-License-Identifier: GPL-2.0-or-later
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <linux/loop.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "medium/overlap.h"

#define SECTOR	    512
#define DEPTH_MAX   8
#define EXTENTS_MAX 1024 /* an array of many disks has that many parts */
#define KEY_MAX	    200	 /* a path that is cut equals more others: on the safe side */

/* Bytes of something that holds them: a device, a file, a disk by its WWID. */
struct extent {
	char key[KEY_MAX];
	uint64_t start, end;
	bool mapped; /* md or dm decide where in it the bytes lie */
	bool weak;   /* a path, beside which the inode is known */
};

/* All that a device lies on, itself first. */
struct storage {
	struct extent extent[EXTENTS_MAX];
	size_t extents;
	struct {
		dev_t device;
		bool by_loop; /* a loop device lies right on it */
	} below[EXTENTS_MAX];
	size_t belows;
	bool overflow;
};

struct range {
	uint64_t start, end;
	bool mapped;
};

static int sys_path(const char *sys, dev_t device, const char *name, char path[PATH_MAX])
{
	int n = snprintf(path, PATH_MAX, "%s/dev/block/%u:%u%s%s", sys, major(device),
			 minor(device), *name ? "/" : "", name);

	return n < PATH_MAX ? 0 : -ENAMETOOLONG;
}

/* The first line of an attribute; "" when the device has no such attribute. */
static bool read_line(const char *sys, dev_t device, const char *name, char *line, size_t size)
{
	char path[PATH_MAX];
	FILE *file = sys_path(sys, device, name, path) ? NULL : fopen(path, "re");

	line[0] = '\0';
	if (!file)
		return false;
	if (!fgets(line, (int)size, file))
		line[0] = '\0';
	line[strcspn(line, "\n")] = '\0';
	fclose(file);
	return line[0] != '\0';
}

static uint64_t read_number(const char *sys, dev_t device, const char *name)
{
	char line[64];
	uint64_t number = 0;

	if (!read_line(sys, device, name, line, sizeof(line)) ||
	    sscanf(line, "%" SCNu64, &number) != 1)
		return 0;
	return number;
}

static bool parse_device(const char *text, dev_t *device)
{
	unsigned int high, low;

	if (sscanf(text, "%u:%u", &high, &low) != 2)
		return false;
	*device = makedev(high, low);
	return true;
}

int overlap_name(const char *sys, dev_t device, char *name, size_t size)
{
	char path[PATH_MAX], target[PATH_MAX];
	const char *last;
	ssize_t n;

	if (sys_path(sys, device, "", path))
		return -ENAMETOOLONG;
	n = readlink(path, target, sizeof(target) - 1);
	if (n < 0)
		return -errno;
	target[n] = '\0';
	last = strrchr(target, '/');
	snprintf(name, size, "%s", last ? last + 1 : target);
	/* sysfs has no name with a slash in it */
	for (char *c = name; *c; c++)
		if (*c == '!')
			*c = '/';
	return 0;
}

int overlap_open(const char *name, dev_t device, int flags)
{
	char path[PATH_MAX];
	struct stat st;
	int fd;

	snprintf(path, sizeof(path), "/dev/%s", name);
	/* before it is opened, which may do something to a device */
	if (stat(path, &st))
		return -errno;
	if (!S_ISBLK(st.st_mode) || st.st_rdev != device)
		return -ENODEV;
	fd = open(path, flags | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

__attribute__((format(printf, 4, 5))) static void add_extent(struct storage *storage,
							     struct range range, bool weak,
							     const char *format, ...)
{
	struct extent *extent = &storage->extent[storage->extents];
	va_list args;

	if (storage->extents == EXTENTS_MAX) {
		storage->overflow = true;
		return;
	}
	storage->extents++;
	extent->start = range.start;
	extent->end = range.end;
	extent->mapped = range.mapped;
	extent->weak = weak;
	va_start(args, format);
	vsnprintf(extent->key, sizeof(extent->key), format, args);
	va_end(args);
}

static void locate(const char *sys, dev_t device, struct range range, bool by_loop, int depth,
		   struct storage *storage);

static struct range moved(struct range range, uint64_t offset)
{
	range.start += offset;
	range.end += offset;
	return range;
}

/* The kernel tells which file it has open; sysfs has only the name it was opened by. */
static bool ask_loop(const char *sys, dev_t device, struct loop_info64 *info)
{
	char name[32];
	int fd = overlap_name(sys, device, name, sizeof(name))
			 ? -1
			 : overlap_open(name, device, O_RDONLY);
	bool known;

	if (fd < 0)
		return false;
	known = !ioctl(fd, LOOP_GET_STATUS64, info);
	close(fd);
	return known;
}

static void locate_loop(const char *sys, dev_t device, const char *path, struct range range,
			int depth, struct storage *storage)
{
	struct range there = moved(range, read_number(sys, device, "loop/offset"));
	struct loop_info64 info = { 0 };
	bool known = ask_loop(sys, device, &info);
	struct stat st;

	if (known && info.lo_rdevice)
		locate(sys, (dev_t)info.lo_rdevice, there, true, depth, storage);
	else if (!known && !stat(path, &st) && S_ISBLK(st.st_mode))
		locate(sys, st.st_rdev, there, true, depth, storage);
	else if (known)
		add_extent(storage, there, false, "file %ju:%ju", (uintmax_t)info.lo_device,
			   (uintmax_t)info.lo_inode);
	add_extent(storage, there, known, "path %s", path);
}

static void locate_parts(const char *sys, dev_t device, int depth, struct storage *storage)
{
	const struct range somewhere = { .end = UINT64_MAX, .mapped = true };
	char path[PATH_MAX], name[NAME_MAX + 16], line[64];
	DIR *dir = sys_path(sys, device, "slaves", path) ? NULL : opendir(path);
	struct dirent *entry;
	dev_t part;

	while (dir && (entry = readdir(dir))) {
		if (entry->d_name[0] == '.')
			continue;
		snprintf(name, sizeof(name), "slaves/%s/dev", entry->d_name);
		if (read_line(sys, device, name, line, sizeof(line)) && parse_device(line, &part))
			locate(sys, part, somewhere, false, depth, storage);
	}
	if (dir)
		closedir(dir);
}

/* range: of the device's bytes, those that are meant. */
static void locate(const char *sys, dev_t device, struct range range, bool by_loop, int depth,
		   struct storage *storage)
{
	uint64_t size = read_number(sys, device, "size") * SECTOR;
	char line[PATH_MAX];
	dev_t disk;

	if (depth == DEPTH_MAX || storage->belows == EXTENTS_MAX) {
		storage->overflow = true;
		return;
	}
	if (range.end > size)
		range.end = size;
	storage->below[storage->belows].device = device;
	storage->below[storage->belows++].by_loop = by_loop;
	add_extent(storage, range, false, "device %u:%u", major(device), minor(device));
	if (read_line(sys, device, "wwid", line, sizeof(line)) ||
	    read_line(sys, device, "device/wwid", line, sizeof(line)))
		add_extent(storage, range, false, "wwid %s", line);
	if (read_number(sys, device, "partition")) {
		if (read_line(sys, device, "../dev", line, sizeof(line)) &&
		    parse_device(line, &disk))
			locate(sys, disk, moved(range, read_number(sys, device, "start") * SECTOR),
			       false, depth + 1, storage);
	} else if (read_line(sys, device, "loop/backing_file", line, sizeof(line))) {
		locate_loop(sys, device, line, range, depth + 1, storage);
	} else {
		locate_parts(sys, device, depth + 1, storage);
	}
}

static void locate_all(const char *sys, dev_t device, struct storage *storage)
{
	const struct range all = { .end = UINT64_MAX };

	storage->extents = storage->belows = 0;
	storage->overflow = false;
	locate(sys, device, all, false, 0, storage);
}

static bool meet(const struct extent *a, const struct extent *b)
{
	return !(a->mapped && b->mapped) && !(a->weak && b->weak) && a->start < b->end &&
	       b->start < a->end && !strcmp(a->key, b->key);
}

static bool have_common(const struct storage *a, const struct storage *b)
{
	for (size_t i = 0; i < a->extents; i++)
		for (size_t k = 0; k < b->extents; k++)
			if (meet(&a->extent[i], &b->extent[k]))
				return true;
	return false;
}

static bool lies_on(const struct storage *storage, dev_t device)
{
	for (size_t i = 1; i < storage->belows; i++)
		if (storage->below[i].device == device)
			return true;
	return false;
}

/* The kernel lets nobody else use what device is a partition or a mapping of. */
static bool kernel_guards(const struct storage *storage, dev_t below)
{
	bool guarded = false;

	for (size_t i = 1; i < storage->belows; i++) {
		if (storage->below[i].device == below && storage->below[i].by_loop)
			return false;
		guarded |= storage->below[i].device == below;
	}
	return guarded;
}

static int visit_one(const char *sys, dev_t device, dev_t other, struct storage storage[2],
		     int (*visit)(const struct overlap *, void *), void *data)
{
	struct overlap overlap = { .device = other };

	if (other == device || kernel_guards(&storage[0], other))
		return 0;
	locate_all(sys, other, &storage[1]);
	if (storage[1].overflow)
		return -EOVERFLOW;
	if (!have_common(&storage[0], &storage[1]) ||
	    overlap_name(sys, other, overlap.name, sizeof(overlap.name)))
		return 0;
	overlap.above = lies_on(&storage[1], device);
	return visit(&overlap, data);
}

int overlap_each(const char *sys, dev_t device,
		 int (*visit)(const struct overlap *overlap, void *data), void *data)
{
	static struct storage storage[2];
	char path[PATH_MAX];
	struct dirent *entry;
	struct stat st;
	int result = 0;
	dev_t other;
	DIR *dir;

	if (sys_path(sys, device, "", path))
		return -ENAMETOOLONG;
	if (stat(path, &st))
		return -errno;
	locate_all(sys, device, &storage[0]);
	if (storage[0].overflow)
		return -EOVERFLOW;
	snprintf(path, sizeof(path), "%s/dev/block", sys);
	dir = opendir(path);
	if (!dir)
		return -errno;
	while (!result && (entry = readdir(dir)))
		if (parse_device(entry->d_name, &other))
			result = visit_one(sys, device, other, storage, visit, data);
	closedir(dir);
	return result;
}

bool overlap_is_on_file(const char *sys, dev_t device, const struct stat *file)
{
	static struct storage storage;
	char key[64];

	snprintf(key, sizeof(key), "file %ju:%ju", (uintmax_t)file->st_dev,
		 (uintmax_t)file->st_ino);
	locate_all(sys, device, &storage);
	for (size_t i = 0; i < storage.extents; i++)
		if (!strcmp(storage.extent[i].key, key))
			return true;
	return false;
}
