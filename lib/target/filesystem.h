/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A target: a fresh file system, mounted, of which it is proved whether its
 * files are DAX or go through the page cache.
 *
 * The proof matters because a request is none: ext2 mounts happily without
 * DAX when it cannot have it.
 */
#ifndef DAXMARK_TARGET_FILESYSTEM_H
#define DAXMARK_TARGET_FILESYSTEM_H

#include <stdbool.h>
#include <stdint.h>

#define TARGET_REASON_MAX 512

enum target_dax { DAX_NO, DAX_YES, DAX_UNKNOWN };

struct target {
	const char *fs;	    /* one of target_filesystems */
	const char *access; /* one of target_accesses */
	char device[128];
	uint64_t size;	 /* of the device, bytes */
	char dir[128];	 /* where it is mounted, "" while it is not */
	char mkfs[512];	 /* the command that made it */
	char mount[512]; /* options, as /proc/self/mountinfo has them */
	enum target_dax dax;
	char proof[256]; /* how dax is known, in words */
};

/* What can be asked for; NULL-terminated. */
extern const char *const target_filesystems[];
extern const char *const target_accesses[];

bool target_wants_dax(const struct target *target);

/*
 * Whether a file of the target, open as fd, is DAX; proof (size bytes) gets in
 * words how that is known.
 */
enum target_dax target_file_dax(const struct target *target, int fd, char *proof, size_t size);

/*
 * Makes the file system on target->device, mounts it in a new folder under
 * base and proves its access. fs, access and device are set by the caller.
 * The device must have been found usable: what is on it is lost.
 *
 * Returns 0; or a negative errno and one line in reason, with nothing left
 * mounted: -ENOTSUP when the kernel cannot give what was asked for, -ENOPKG when
 * the program that makes it is missing, else what the failing step gave.
 */
int target_make(struct target *target, const char *base, char reason[TARGET_REASON_MAX]);

/* Unmounts and removes the folder; 0 or the negative errno of the unmount. */
int target_unmake(struct target *target);

#endif
