/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Other block devices that have bytes in common with a device: its partitions, its
 * disk, a second loop device of the same file, a loop device on it or on its disk,
 * the device below a loop device, what md and dm build, a disk's second path.
 *
 * The kernel refuses to mount a partition of a disk that is mounted itself, but it
 * knows nothing of a file that two loop devices have, or of a loop device on a disk.
 * Devices are told apart by number, files by file system and inode, never by path.
 */
#ifndef DAXMARK_MEDIUM_OVERLAP_H
#define DAXMARK_MEDIUM_OVERLAP_H

#include <stdbool.h>
#include <sys/stat.h>
#include <sys/types.h>

struct overlap {
	dev_t device;
	char name[32]; /* the kernel's: "loop0p1" */
	bool above;    /* it lies on the device that was asked about, whole */
};

/*
 * Calls visit for each such device of which the kernel does not itself see to it
 * that it is not used beside device: a disk is not visited for its partition, or
 * what md and dm are made of for what they make. Two devices that md or dm make of
 * the same parts, as logical volumes, count as apart. sys: where sysfs is, "/sys".
 *
 * Returns the first value but 0 that visit returned; else 0, or a negative errno when
 * sysfs does not have the device.
 */
int overlap_each(const char *sys, dev_t device,
		 int (*visit)(const struct overlap *overlap, void *data), void *data);

/* Whether bytes of device lie in this file: it is one of a loop device. */
bool overlap_is_on_file(const char *sys, dev_t device, const struct stat *file);

/* The kernel's name of a device; -ENOENT when sysfs does not have it. */
int overlap_name(const char *sys, dev_t device, char *name, size_t size);

/* Opens the device of that name and number below /dev; a descriptor or a negative errno. */
int overlap_open(const char *name, dev_t device, int flags);

#endif
