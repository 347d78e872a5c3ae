/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAXMARK_MEDIUM_LOOP_H
#define DAXMARK_MEDIUM_LOOP_H

#include <stddef.h>
#include <stdint.h>

#define LOOP_REASON_MAX 256

struct claim;

/*
 * Makes a file of size bytes at path, which must not exist, and a loop device
 * on it, whose name device gets (at least 16 bytes). The file's name is gone
 * when this returns and the device goes with its last user, so that nothing is
 * left however the process ends, unless a file system on it is frozen. claim, if not NULL,
 * is begun before the device is attached (medium/claim.h), and is the caller's to remove.
 *
 * Returns a descriptor that keeps the device, to be closed by the caller when
 * nothing of it is mounted any more; or a negative errno and one line in
 * reason: -EEXIST, -ENOSPC, what making the file gave, or -ENOTSUP when there is
 * no loop device to be had or no claim can be written.
 */
int loop_make(const char *path, uint64_t size, char *device, size_t device_size,
	      struct claim *claim, char reason[LOOP_REASON_MAX]);

#endif
