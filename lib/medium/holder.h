/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who uses a block device, or bytes of it through another device. */
#ifndef DAXMARK_MEDIUM_HOLDER_H
#define DAXMARK_MEDIUM_HOLDER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum holder {
	HOLDER_NONE,
	HOLDER_PASSING, /* held, nobody says by whom: it may be for a moment, as udev does */
	HOLDER_STAYING, /* held by what is named */
};

bool holder_is_mounted(dev_t device);

/*
 * Says in text (size bytes) what the kernel uses the device for: "is mounted", "is in
 * use as swap", "is in use by dm-0".
 */
enum holder holder_of(dev_t device, char *text, size_t size);

/*
 * Does the same for all devices that have bytes in common with it, and for files:
 * "is in use through loop9, which is mounted". A device of which it cannot be told
 * counts as used.
 */
enum holder holder_elsewhere(dev_t device, char *text, size_t size);

/* Whether a program has a lock of fcntl(2) on the open device, as a virtual machine on its disk. */
bool holder_has_file_lock(int fd);

#endif
