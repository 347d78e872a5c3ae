/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where targets are made: a block device, a file used through a loop device, or
 * a folder of a file system that is there already and stays as it is.
 */
#ifndef DAXMARK_MEDIUM_SOURCE_H
#define DAXMARK_MEDIUM_SOURCE_H

#include <stdbool.h>
#include <stdint.h>

#include "medium/claim.h"
#include "medium/device.h"

#define SOURCE_REASON_MAX 512

/* The arms of first writes and freezes take no more; those that do are skipped. */
#define SOURCE_BYTES_MIN (32u << 20)

struct source {
	/* one of the three, the caller's; the others NULL */
	const char *device;
	const char *file;
	const char *directory;
	bool erase;	    /* what the device holds may be lost */
	bool (*stop)(void); /* asked while a device is read whether to give up; may be NULL */
	bool claimed;	    /* what is made there may be frozen: have a claim of it */
	uint64_t size;	    /* bytes: of the file to make; of what is there, once open */

	struct device held; /* of a device, once open */
	char block[256];    /* the block device to make file systems on, "" for a folder */
	int loop;	    /* keeps the loop device, -1 when there is none */
	struct claim claim; /* of the block device, while it is open and claimed */
};

/*
 * Makes the source ready; nothing is written to a device yet. 0, or a negative
 * errno and one line in reason: that of device_take() or loop_make(),
 * -ENOTDIR, -EROFS, -EACCES for a folder that cannot be written, -ENOTSUP when the
 * claim cannot be written, or -ENOSPC for
 * less than SOURCE_BYTES_MIN. Give it back with source_close(), also after an error.
 */
int source_open(struct source *source, char reason[SOURCE_REASON_MAX]);

/* 0, or a negative errno and one line in reason: that of device_release(). */
int source_close(struct source *source, char reason[SOURCE_REASON_MAX]);

/*
 * Before and after a file system is made on it, and after making it failed. The first is
 * 0, or a negative errno and one line in reason: what is there now is not ours to
 * overwrite.
 */
int source_check(struct source *source, char *reason, size_t size);
void source_made(struct source *source);
void source_half_made(struct source *source, const char *fs);

#endif
