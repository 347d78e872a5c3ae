// SPDX-License-Identifier: GPL-2.0-or-later
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

#include "target/command.h"
#include "target/filesystem.h"

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

/*
 * How each is made, in the order of target_filesystems. 4 KiB blocks, for DAX
 * takes only the page's size. Nothing is left for the kernel to do later: lazy
 * initialisation would write in the background while we measure.
 */
const char *const target_filesystems[] = { "ext2", "ext4", NULL };
static const char *const extended[] = { "nodiscard",
					"nodiscard,lazy_itable_init=0,lazy_journal_init=0" };

static const char *extended_options(const char *fs)
{
	for (size_t i = 0; target_filesystems[i]; i++)
		if (!strcmp(target_filesystems[i], fs))
			return extended[i];
	return "nodiscard";
}

static int make_filesystem(struct target *target, char *reason)
{
	const char *const argv[] = { "mke2fs",	     "-q",   "-F",
				     "-b",	     "4096", "-t",
				     target->fs,     "-E",   extended_options(target->fs),
				     target->device, NULL };
	char output[256];
	int status;

	command_line(argv, target->mkfs, sizeof(target->mkfs));
	status = command_run(argv, NULL, output, sizeof(output));
	if (status < 0)
		return fail(reason, status == -ENOENT ? -ENOPKG : status,
			    "mke2fs: %s (package e2fsprogs)", strerror(-status));
	if (status)
		return fail(reason, -EIO, "mke2fs ended with status %d: %s", status, output);
	return 0;
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
enum target_dax target_file_dax(const struct target *target, int fd, char *proof, size_t size)
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
 * may not do it may not mount either, and is told so by the mount.
 */
static void isolate_mounts(void)
{
	static bool isolated;

	if (!isolated && !unshare(CLONE_NEWNS))
		mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL);
	isolated = true;
}

/* What a kernel says that has no such file system, or no DAX for it here. */
static bool is_lack(int error)
{
	return error == -ENODEV || error == -EINVAL || error == -EOPNOTSUPP;
}

static int mount_target(struct target *target, const char *dir, char *reason)
{
	const char *option = target_wants_dax(target) ? "dax" : NULL;
	int error;

	isolate_mounts();
	if (!mount(target->device, dir, target->fs, MS_NOSUID | MS_NODEV, option))
		return 0;
	error = -errno;
	if (error == -ENODEV)
		return fail(reason, -ENOTSUP, "the kernel has no %s", target->fs);
	return fail(reason, option && is_lack(error) ? -ENOTSUP : error, "mount -t %s%s %s: %s",
		    target->fs, option ? " -o dax" : "", target->device, strerror(-error));
}

int target_make(struct target *target, const char *base, char reason[TARGET_REASON_MAX])
{
	char dir[sizeof(target->dir)];
	int error;

	target->dir[0] = target->mount[0] = target->proof[0] = '\0';
	target->dax = DAX_UNKNOWN;
	error = make_filesystem(target, reason);
	if (error)
		return error;

	snprintf(dir, sizeof(dir), "%s/daxmark-XXXXXX", base);
	if (!mkdtemp(dir))
		return fail(reason, -errno, "%s: %s", base, strerror(errno));
	error = mount_target(target, dir, reason);
	if (error) {
		rmdir(dir);
		return error;
	}
	memcpy(target->dir, dir, sizeof(target->dir));
	read_options(target);
	error = prove_access(target, reason);
	if (error)
		target_unmake(target);
	return error;
}

int target_unmake(struct target *target)
{
	if (!target->dir[0])
		return 0;
	if (umount2(target->dir, UMOUNT_NOFOLLOW))
		return -errno;
	rmdir(target->dir);
	target->dir[0] = '\0';
	return 0;
}
