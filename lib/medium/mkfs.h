/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAXMARK_MEDIUM_MKFS_H
#define DAXMARK_MEDIUM_MKFS_H

#include <stddef.h>
#include <stdint.h>

/*
 * Makes a file system of that name on a block device of so many bytes and gives
 * the command that did it (line, size bytes). Returns 0; -EINVAL when there is no
 * way to make such a one; -ENOTSUP when the device is too small for it or the
 * program is missing, -EIO when it failed: then with one line in reason.
 */
int mkfs_run(const char *fs, const char *device, uint64_t bytes, char *line, size_t size,
	     char *reason, size_t reason_size);

#endif
