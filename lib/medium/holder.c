// SPDX-License-Identifier: GPL-2.0-or-later
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libmount/libmount.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "medium/holder.h"
#include "medium/overlap.h"

#define SYS "/sys"

static bool is_device(const char *path, dev_t device)
{
	struct stat st;

	return path && *path == '/' && !stat(path, &st) && S_ISBLK(st.st_mode) &&
	       st.st_rdev == device;
}

/*
 * By number, for a device has many names. btrfs mounts with a number of its own, so
 * that only the name tells.
 */
bool holder_is_mounted(dev_t device)
{
	struct libmnt_table *table = mnt_new_table_from_file("/proc/self/mountinfo");
	struct libmnt_iter *iter = mnt_new_iter(MNT_ITER_FORWARD);
	struct libmnt_fs *fs;
	bool found = false;

	while (table && iter && !found && !mnt_table_next_fs(table, iter, &fs))
		found = mnt_fs_get_devno(fs) == device || is_device(mnt_fs_get_srcpath(fs), device);
	mnt_free_iter(iter);
	mnt_unref_table(table);
	return found;
}

static bool is_swap_at(char *mangled, dev_t device, bool *as_file)
{
	char *path = mnt_unmangle(mangled);
	bool found = false;
	struct stat st;

	if (path && !stat(path, &st)) {
		*as_file = S_ISREG(st.st_mode);
		found = *as_file ? overlap_is_on_file(SYS, device, &st) : is_device(path, device);
	}
	free(path);
	return found;
}

/* The first word of a line of /proc/swaps is the path of a device or a file. */
static bool is_swap(dev_t device, bool *as_file)
{
	FILE *file = fopen("/proc/swaps", "re");
	char line[PATH_MAX];
	bool found = false;

	while (file && !found && fgets(line, sizeof(line), file)) {
		line[strcspn(line, " \t\n")] = '\0';
		found = is_swap_at(line, device, as_file);
	}
	if (file)
		fclose(file);
	return found;
}

/* md, dm and the like. */
static bool is_held(dev_t device, char *text, size_t size)
{
	char path[64];
	bool found = false;
	DIR *dir;

	snprintf(path, sizeof(path), SYS "/dev/block/%u:%u/holders", major(device), minor(device));
	dir = opendir(path);
	for (struct dirent *entry; dir && !found && (entry = readdir(dir));) {
		found = entry->d_name[0] != '.';
		if (found)
			snprintf(text, size, "is in use by %s", entry->d_name);
	}
	if (dir)
		closedir(dir);
	return found;
}

enum holder holder_of(dev_t device, char *text, size_t size)
{
	bool as_file = false;

	if (holder_is_mounted(device))
		snprintf(text, size, "is mounted");
	else if (is_swap(device, &as_file))
		snprintf(text, size, "%s",
			 as_file ? "has its file in use as swap" : "is in use as swap");
	else if (!is_held(device, text, size))
		return HOLDER_NONE;
	return HOLDER_STAYING;
}

bool holder_has_file_lock(int fd)
{
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

	return !fcntl(fd, F_OFD_GETLK, &lock) && lock.l_type != F_UNLCK;
}

/* flock(2) is what another run has, and udev for a moment. */
static bool is_locked(int fd)
{
	if (flock(fd, LOCK_EX | LOCK_NB))
		return errno == EWOULDBLOCK;
	flock(fd, LOCK_UN);
	return holder_has_file_lock(fd);
}

/* Opens it as one who mounts it does, which tells of all mount namespaces. */
static enum holder try_to_hold(const struct overlap *overlap, char *text, size_t size)
{
	int fd = overlap_open(overlap->name, overlap->device, O_RDONLY | O_EXCL);
	bool locked;

	/* a loop device that has just lost its file, a drive without a medium */
	if (fd == -ENXIO || fd == -ENOMEDIUM)
		return HOLDER_NONE;
	if (fd == -EBUSY)
		snprintf(text, size, "is in use");
	else if (fd < 0)
		snprintf(text, size, "cannot be opened: %s", strerror(-fd));
	if (fd < 0)
		return HOLDER_PASSING;
	locked = is_locked(fd);
	close(fd);
	if (locked)
		snprintf(text, size, "another run or program has locked");
	return locked ? HOLDER_PASSING : HOLDER_NONE;
}

/* Such a disk cannot be held while one of its partitions is, of which each is looked at. */
static bool has_partitions(dev_t device)
{
	char path[64], name[32], partition[320];
	struct dirent *entry;
	bool found = false;
	DIR *dir;

	if (overlap_name(SYS, device, name, sizeof(name)))
		return false;
	snprintf(path, sizeof(path), SYS "/dev/block/%u:%u", major(device), minor(device));
	dir = opendir(path);
	while (dir && !found && (entry = readdir(dir))) {
		snprintf(partition, sizeof(partition), "%s/partition", entry->d_name);
		found = entry->d_name[0] != '.' && !faccessat(dirfd(dir), partition, F_OK, 0);
	}
	if (dir)
		closedir(dir);
	return found;
}

struct elsewhere {
	char *text;
	size_t size;
};

static int look_elsewhere(const struct overlap *overlap, void *data)
{
	struct elsewhere *elsewhere = data;
	char how[160];
	enum holder holder = holder_of(overlap->device, how, sizeof(how));

	if (holder == HOLDER_NONE && !has_partitions(overlap->device))
		holder = try_to_hold(overlap, how, sizeof(how));
	if (holder != HOLDER_NONE)
		snprintf(elsewhere->text, elsewhere->size, "is in use through %s, which %s",
			 overlap->name, how);
	return (int)holder;
}

enum holder holder_elsewhere(dev_t device, char *text, size_t size)
{
	struct elsewhere elsewhere = { text, size };
	int result = overlap_each(SYS, device, look_elsewhere, &elsewhere);

	if (result >= 0)
		return (enum holder)result;
	snprintf(text, size, "may be in use: " SYS "/dev/block does not tell: %s",
		 strerror(-result));
	return HOLDER_STAYING;
}
