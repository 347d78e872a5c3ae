/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which block device may be written, and why another may not.
 *
 * A device is looked at when the run begins, and once more before each file
 * system that is made on it: what has come there in between is not ours to
 * overwrite. In between the device is locked as flock(2) locks it, which another
 * run respects, as udev and systemd do.
 *
 * A device is known by its number. Its path, a symbolic link or a node that someone
 * made, says nothing.
 */
#ifndef DAXMARK_MEDIUM_DEVICE_H
#define DAXMARK_MEDIUM_DEVICE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#define DEVICE_REASON_MAX 512

/* How long a device may take to be read from its first byte to its last. */
#define DEVICE_LIMIT_NS (60 * UINT64_C(1000000000))

struct device {
	/* the caller's */
	const char *path;
	bool erase;	    /* what this very device holds may be lost */
	uint64_t limit_ns;  /* DEVICE_LIMIT_NS; tests have less time */
	bool (*stop)(void); /* asked now and then whether to give up; may be NULL */

	uint64_t size; /* bytes */

	char node[64]; /* where the kernel has it, "/dev/pmem0"; "" for one that only path leads to
			*/

	dev_t number;
	int lock;	     /* keeps the device, 0 before device_take() */
	unsigned char blank; /* what every byte of it was, unless it may be erased */
	bool written;	     /* device_made() or device_half_made() was called */
	bool doubtful;	     /* nothing found then is known to be ours */
	char made[128];	     /* what was found then: content that is ours */
};

/*
 * Takes the device for this run. It must be a block device that can be written, is
 * neither mounted nor used by anyone else (swap, md, dm, another run), directly or
 * through another device that has bytes in common with it, and is blank: each of its
 * bytes is read and is zero, or each is 0xff (medium/blank.h). erase excuses the last
 * of these, with the reading, and none of the others. Nothing is written.
 *
 * Returns 0, with size set; or a negative errno and one line in reason: -ENOENT,
 * -ENOTBLK, -EROFS, -EBUSY, -EEXIST (holds something, named, or the first byte of it),
 * -ETIME (not read within the limit), -EINTR (stop), or what opening or reading it
 * gave. To be given back with device_release(), also after an error.
 */
int device_take(struct device *device, char reason[DEVICE_REASON_MAX]);

/*
 * Whether the device, taken, may be written now: as device_take(), without a limit. Once
 * this run has made something on it, that must be there still, and the rest of the device
 * is what this run left. Returns the same, and -ESTALE when the path leads to another
 * device than the one that was taken.
 */
int device_check(struct device *device, char reason[DEVICE_REASON_MAX]);

/* Notes that what the device holds now was made by this run. */
void device_made(struct device *device);

/*
 * Notes that making fs on it failed. What the device holds then counts as this run's only if it
 * can be a part of such a file system and nobody else uses the device: mkfs also fails when
 * another program has made or mounted something there since device_check(). Where it does not
 * count, the device is neither written nor made blank any more.
 */
void device_half_made(struct device *device, const char *fs);

/*
 * Gives the device back. One that was blank is blank again, each byte of it, unless
 * something else than what this run made has come to it, which stays as it is. Returns
 * 0; or a negative errno and one line in reason, with what this run wrote still there.
 */
int device_release(struct device *device, char reason[DEVICE_REASON_MAX]);

#endif
