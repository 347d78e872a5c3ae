/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which block device may be written, and why another may not.
 *
 * A device is looked at when the run begins, and once more before each file
 * system that is made on it: what has come there in between is not ours to
 * overwrite. In between the device is locked as flock(2) locks it, which another
 * run respects, as udev and systemd do.
 */
#ifndef DAXMARK_TARGET_DEVICE_H
#define DAXMARK_TARGET_DEVICE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#define DEVICE_REASON_MAX 256

struct device {
	const char *path; /* the caller's, as is the next */
	bool erase;	  /* what this very device holds may be lost */
	uint64_t size;	  /* bytes */

	dev_t number;
	int lock;	/* keeps the device, 0 before device_take() */
	char made[128]; /* what device_made() found: content that is ours */
};

/*
 * Takes the device for this run. It must be a block device that can be written,
 * is neither mounted nor used by anyone else (swap, md, dm, another run), and holds
 * nothing that blkid knows by name; erase excuses the last of these and none of
 * the others. Nothing is written.
 *
 * Returns 0, with size set; or a negative errno and one line in reason: -ENOENT,
 * -ENOTBLK, -EROFS, -EBUSY, -EEXIST (holds something, named), or what opening it
 * gave. To be given back with device_release(), also after an error.
 */
int device_take(struct device *device, char reason[DEVICE_REASON_MAX]);

/*
 * Whether the device, taken, may be written now: as device_take(), but a file
 * system that this run made is no obstacle. Returns the same, and -ESTALE when the
 * path leads to another device than the one that was taken.
 */
int device_check(struct device *device, char reason[DEVICE_REASON_MAX]);

/* Notes that what the device holds now was made by this run. */
void device_made(struct device *device);

/*
 * Gives the device back. One that held nothing and was not to be erased holds nothing
 * again: the signature of what this run made on it is removed.
 */
void device_release(struct device *device);

#endif
