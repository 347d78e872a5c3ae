/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whether a device is blank: every byte of it is zero, or every byte is 0xff, as
 * persistent memory and flash are when they are new or erased.
 *
 * Signatures cannot prove that a device holds nothing: a tar, a database, random
 * bytes and a file system whose superblock is damaged have none. All bytes are read
 * instead, past the page cache where the device can do that.
 */
#ifndef DAXMARK_MEDIUM_BLANK_H
#define DAXMARK_MEDIUM_BLANK_H

#include <stdbool.h>
#include <stdint.h>

#define BLANK_NO_LIMIT UINT64_MAX

struct blank {
	unsigned char byte; /* 0 or 0xff: the value of every byte */
	uint64_t offset;    /* of the byte that ended the look; see blank_find() */
};

/*
 * Reads bytes bytes from the beginning of fd. limit_ns: the longest that this may
 * take by the monotonic clock; stop, unless NULL, is asked between two reads whether
 * to give up.
 *
 * Returns 0 when the device is blank; or a negative errno, with blank->offset set:
 * -EEXIST: of the first byte that is not zero; -ETIME, -EINTR: how far it was read;
 * another: where reading failed.
 */
int blank_find(int fd, uint64_t bytes, uint64_t limit_ns, bool (*stop)(void), struct blank *blank);

/*
 * Makes a device blank again: writes byte wherever another value lies, waits for the
 * device to have it, and reads it again. Returns 0 or a negative errno; -EIO also when
 * the device does not hold what was written.
 */
int blank_restore(int fd, uint64_t bytes, unsigned char byte);

#endif
