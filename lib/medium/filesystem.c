// SPDX-License-Identifier: GPL-2.0-or-later
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libmount/libmount.h>
#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/leftover.h"
#include "medium/filesystem.h"
#include "medium/mkfs.h"

/* Newer than some C libraries; the value is the kernel's (linux/stat.h). */
#ifndef STATX_ATTR_DAX
#define STATX_ATTR_DAX 0x00200000
#endif

const char *const target_accesses[] = { "dax", "page-cache", NULL };

bool target_wants_dax(const struct target *target)
{
	return !strcmp(target->access, "dax");
}

static int fail(char *reason, int error, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static int fail(char *reason, int error, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(reason, TARGET_REASON_MAX, format, args);
	va_end(args);
	/* a reason is one line, whatever a program had to say */
	for (char *c = reason; *c; c++)
		if (*c == '\n')
			*c = ' ';
	return error;
}

const char *const target_filesystems[] = { "ext2", "ext4", "xfs", "tmpfs", NULL };

bool target_is_borrowed(const struct target *target)
{
	return target->source && target->source->directory;
}

bool target_needs_no_source(const char *fs)
{
	return !strcmp(fs, "tmpfs");
}

static void read_options(struct target *target)
{
	struct libmnt_table *table = mnt_new_table_from_file("/proc/self/mountinfo");
	struct libmnt_fs *fs = NULL;
	const char *options = NULL;

	if (table)
		fs = mnt_table_find_target(table, target->dir, MNT_ITER_BACKWARD);
	if (fs)
		options = mnt_fs_get_options(fs);
	snprintf(target->mount, sizeof(target->mount), "%s", options ? options : "");
	mnt_unref_table(table);
}

/*
 * Asks the kernel about the file, since 5.8; before, the mount options are all
 * there is, and ext2 and ext4 take "dax" out of them when they turn it off.
 */
enum dax_state target_file_dax(const struct target *target, int fd, char *proof, size_t size)
{
	struct statx facts;
	bool dax;

	if (!statx(fd, "", AT_EMPTY_PATH, STATX_BASIC_STATS, &facts) &&
	    (facts.stx_attributes_mask & STATX_ATTR_DAX)) {
		dax = facts.stx_attributes & STATX_ATTR_DAX;
		snprintf(proof, size, "statx of a new file: STATX_ATTR_DAX is %s",
			 dax ? "set" : "clear");
	} else {
		dax = !mnt_optstr_get_option(target->mount, "dax", NULL, NULL);
		snprintf(proof, size,
			 "/proc/self/mountinfo %s dax; this kernel's statx does not tell",
			 dax ? "has" : "lacks");
	}
	return dax ? DAX_YES : DAX_NO;
}

static int prove_access(struct target *target, char *reason)
{
	char path[sizeof(target->dir) + 16];
	int fd;

	snprintf(path, sizeof(path), "%s/probe", target->dir);
	fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return fail(reason, -errno, "%s: %s", path, strerror(errno));
	target->dax = target_file_dax(target, fd, target->proof, sizeof(target->proof));
	close(fd);
	unlink(path);
	if (target_wants_dax(target) != (target->dax == DAX_YES))
		return fail(reason, -ENOTSUP, "mounted %s DAX: %s",
			    target_wants_dax(target) ? "without" : "with", target->proof);
	return 0;
}

/*
 * What is mounted goes with this process, however it ends. Once is enough; who
 * may not do it may not mount either, and is told so by the mount. What others
 * unmount meanwhile goes here, too: a copy would keep their device in use.
 */
static void isolate_mounts(void)
{
	static bool isolated;

	if (!isolated && !unshare(CLONE_NEWNS))
		mount("none", "/", NULL, MS_REC | MS_SLAVE, NULL);
	isolated = true;
}

/* What a kernel says that has no such file system, or no DAX for it here. */
static bool is_lack(int error)
{
	return error == -ENODEV || error == -EINVAL || error == -EOPNOTSUPP;
}

static int mount_target(struct target *target, const char *dir, char *reason)
{
	const char *device = target->source ? target->source->block : "daxmark";
	const char *option = target_wants_dax(target) ? "dax" : NULL;
	int error;

	isolate_mounts();
	if (!mount(device, dir, target->fs, MS_NOSUID | MS_NODEV, option))
		return 0;
	error = -errno;
	if (error == -ENODEV)
		return fail(reason, -ENOTSUP, "the kernel has no %s", target->fs);
	/* no word of the file system: what one device lacks, all of them lack on it */
	if (option && is_lack(error))
		return fail(reason, -ENOTSUP, "%s gives no DAX: mount -o dax: %s", device,
			    strerror(-error));
	return fail(reason, error, "mount -t %s %s: %s%s", target->fs, device, strerror(-error),
		    error == -EPERM ? "; to mount takes root" : "");
}

/*
 * The file system of a folder that is there; 0, or -ENOTSUP when it is another or
 * cannot be told: in a chroot that is no mount point nothing tells it.
 */
static int adopt(struct target *target, const char *dir, char *reason)
{
	struct libmnt_table *table = mnt_new_table_from_file("/proc/self/mountinfo");
	char *point = mnt_get_mountpoint(dir);
	struct libmnt_fs *fs = NULL;
	int error = 0;

	if (table && point)
		fs = mnt_table_find_target(table, point, MNT_ITER_BACKWARD);
	if (!fs)
		error = fail(reason, -ENOTSUP, "%s: its mount is not in /proc/self/mountinfo",
			     target->source->directory);
	else if (strcmp(mnt_fs_get_fstype(fs), target->fs) != 0)
		error = fail(reason, -ENOTSUP, "%s is on %s", target->source->directory,
			     mnt_fs_get_fstype(fs));
	else
		snprintf(target->mount, sizeof(target->mount), "%s", mnt_fs_get_options(fs));
	free(point);
	mnt_unref_table(table);
	return error;
}

static int make_and_mount(struct target *target, const char *dir, char *reason)
{
	int error = 0;

	if (target->source)
		error = source_check(target->source, reason, TARGET_REASON_MAX);
	if (!error && target->source) {
		error = mkfs_run(target->fs, target->source->block, target->size, target->mkfs,
				 sizeof(target->mkfs), reason, TARGET_REASON_MAX);
		/* one that could not even be begun has written nothing */
		if (!error)
			source_made(target->source);
		else if (error != -ENOTSUP)
			source_half_made(target->source, target->fs);
	}
	if (!error)
		error = mount_target(target, dir, reason);
	return error;
}

int target_make(struct target *target, const char *base, char reason[TARGET_REASON_MAX])
{
	bool borrowed = target_is_borrowed(target);
	char dir[sizeof(target->dir)];
	int error, folder;

	target->dir[0] = target->mkfs[0] = target->mount[0] = target->proof[0] = '\0';
	target->dax = DAX_UNKNOWN;
	target->size = target->source ? target->source->size : 0;
	if (target_wants_dax(target) && target_needs_no_source(target->fs))
		return fail(reason, -ENOTSUP, "%s has no DAX", target->fs);

	folder = leftover_make(borrowed ? target->source->directory : base, dir, sizeof(dir));
	if (folder < 0)
		return fail(reason, folder, "%s: no folder can be made there: %s",
			    borrowed ? target->source->directory : base, strerror(-folder));
	error = borrowed ? adopt(target, dir, reason) : make_and_mount(target, dir, reason);
	if (error) {
		rmdir(dir);
		close(folder);
		return error;
	}
	target->folder = folder;
	memcpy(target->dir, dir, sizeof(target->dir));
	if (!borrowed)
		read_options(target);
	error = prove_access(target, reason);
	if (error)
		target_unmake(target);
	return error;
}

/* Our folder holds only files of ours, and no folder. */
static int empty_folder(const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *entry;
	int error = 0;

	if (!dir)
		return -errno;
	while ((entry = readdir(dir)))
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
		    unlinkat(dirfd(dir), entry->d_name, 0))
			error = -errno;
	closedir(dir);
	return error;
}

int target_unmake(struct target *target)
{
	int error = 0;

	if (!target->dir[0])
		return 0;
	if (target_is_borrowed(target))
		error = empty_folder(target->dir);
	else if (umount2(target->dir, UMOUNT_NOFOLLOW))
		error = -errno;
	if (!error && rmdir(target->dir))
		error = -errno;
	if (!error) {
		close(target->folder);
		target->dir[0] = '\0';
	}
	return error;
}
