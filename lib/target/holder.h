/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who holds a block device that cannot be opened for ourselves alone. */
#ifndef DAXMARK_TARGET_HOLDER_H
#define DAXMARK_TARGET_HOLDER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/*
 * Says in text (size bytes) what the kernel uses the device for, as far as it
 * tells: "is in use as swap", "is in use by dm-0", "has a mounted partition,
 * sda1", else "is in use". Returns whether it is known.
 */
bool holder_name(dev_t device, char *text, size_t size);

#endif
