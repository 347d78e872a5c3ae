/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a device holds, as libblkid knows it by signature. */
#ifndef DAXMARK_MEDIUM_CONTENT_H
#define DAXMARK_MEDIUM_CONTENT_H

struct content {
	char name[64]; /* as "ext4", "LVM2_member", "gpt partition table"; "" for nothing */
	char id[128];  /* with its UUID: tells it from all others; "" when there is none */
};

/*
 * Finds a damaged superblock and the second copy of a partition table as well: someone
 * may want to repair them. Returns 0 when there is no signature, -EEXIST when there is
 * one, -EIO when the device cannot be read.
 */
int content_find(int fd, struct content *content);

#endif
