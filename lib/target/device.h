/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which block device may be written, and why another may not. */
#ifndef DAXMARK_TARGET_DEVICE_H
#define DAXMARK_TARGET_DEVICE_H

#include <stdbool.h>
#include <stdint.h>

#define DEVICE_REASON_MAX 256

/*
 * Whether a file system may be made on the block device at path. erase: the
 * user named this very device as one whose content may go, which excuses a
 * signature but never a mount or another user of the device.
 *
 * Returns 0 and the device's size in bytes, or a negative errno and one line
 * in reason: -ENOENT, -ENOTBLK, -EROFS, -EBUSY (mounted, or held by someone:
 * swap, md, dm), -EEXIST (holds something, named), or what opening it gave.
 */
int device_usable(const char *path, bool erase, uint64_t *size, char reason[DEVICE_REASON_MAX]);

#endif
