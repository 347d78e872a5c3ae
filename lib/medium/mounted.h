/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAXMARK_MEDIUM_MOUNTED_H
#define DAXMARK_MEDIUM_MOUNTED_H

#include <stddef.h>
#include <stdint.h>

/*
 * Whether a block device is mounted in the mount namespace of any process in /proc, but for
 * one namespace (an inode number, 0 for none). 1, and text says where; 0; or a negative
 * errno when a process does not let us see. A namespace that no process is in is not seen.
 */
int mounted_elsewhere(unsigned int major, unsigned int minor, uint64_t but, char *text,
		      size_t size);

#endif
