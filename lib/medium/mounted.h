/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAXMARK_MEDIUM_MOUNTED_H
#define DAXMARK_MEDIUM_MOUNTED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Whether a block device is mounted in the mount namespace of any process that lets us see
 * its mounts, but for one (an inode number, 0 for none): then text says where.
 */
bool mounted_elsewhere(unsigned int major, unsigned int minor, uint64_t but, char *text,
		       size_t size);

#endif
