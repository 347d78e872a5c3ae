/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The claim of a run: which block device it has, which file system it made there, which
 * process guards that, and whether it is frozen.
 *
 * A frozen file system outlives the processes that mounted and froze it: its mount goes
 * with their mount namespace, the file system itself stays active, and keeps its device.
 * Nothing but the claim then says whose it is. It is a file in /run/daxmark, one for
 * each device of a run, written before anything is frozen. Only root can write there, and a
 * claim of anyone else does not count, for root acts on it (medium/mend.h).
 *
 * The file begins with one line of text; the number of freezes begun and ended is a page
 * behind it, which the run maps, so that it is right whenever the run is killed.
 */
#ifndef DAXMARK_MEDIUM_CLAIM_H
#define DAXMARK_MEDIUM_CLAIM_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "base/process.h"

#define CLAIM_REASON_MAX 192
#define CLAIM_NAME_MAX	 64 /* what a loop device can carry as the name of its file */

struct claim {
	char name[CLAIM_NAME_MAX]; /* of the file, "" while there is none */
	char boot[40];		   /* the kernel's boot_id: a claim of another boot says nothing */
	struct process run, guard;
	uint64_t mounts;		  /* mount namespace of the run, inode number */
	unsigned int major, minor;	  /* of the block device */
	uint64_t file_device, file_inode; /* the file of a loop device, 0 of another device */
	char fs[16], uuid[40];		  /* "" while none was made */
	char path[128];			  /* a path of the block device */
	unsigned int frozen_count;	  /* as read: freezes begun and ended, odd is frozen */
	bool locked;			  /* as read: the run, or a thread of it, may be there */

	int fd;		      /* of the run that has it, locked as flock(2) does */
	atomic_uint *freezes; /* the same number, mapped, NULL while there is no file */
};

/* The folder; a test has one of its own. */
extern const char *claim_folder;

/*
 * Writes the claim of this process for a block device, before it is used. file: what a loop
 * device is about to be made of, else NULL. 0, or -ENOTSUP and one line in reason: no
 * claim can be written, so nothing may be frozen.
 */
int claim_begin(struct claim *claim, const char *path, dev_t device, const struct stat *file,
		char reason[CLAIM_REASON_MAX]);

/* Adds the file system fs that was made on the device, and our mount namespace. 0, or -errno. */
int claim_filesystem(struct claim *claim, const char *fs);

/* Adds the guard, a process of our PID namespace. 0, or -errno. */
int claim_guard(struct claim *claim, pid_t guard);

/*
 * Lets go of the claim and removes it, and the folder with the last one. While freezes are
 * odd, something may be frozen still: then the claim stays, for mend_all() to act on.
 */
void claim_end(struct claim *claim);

/*
 * The folder, opened: a negative errno, -EPERM when it is not root's (or this user's)
 * alone to write.
 */
int claim_open_folder(void);

/*
 * Reads the claim called name in the open folder. 0; -EPERM when somebody else could have
 * written it; -EBUSY while its run writes it; -EINVAL when it is no whole claim, with run
 * set if the name says who made it; or another negative errno when it cannot be read.
 */
int claim_read(int folder, const char *name, struct claim *claim);

/*
 * The UUID of the file system fs ("ext4") on a block device; 0, -ENOENT when it was read
 * and holds none, or the negative errno that kept it from being read.
 */
int claim_uuid(const char *path, const char *fs, char uuid[40]);

/* The boot_id of this boot, "" when it is unknown. */
void claim_boot(char boot[40]);

#endif
