/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whether what a claim names (medium/claim.h) still is the run's. Numbers, nodes and inodes
 * are given again, so that a claim is dropped, and its device touched, only on proof.
 *
 * Each returns 1 when it is, 0 when it was seen not to be, or a negative errno when it
 * cannot be looked at.
 */
#ifndef DAXMARK_MEDIUM_CLAIMED_H
#define DAXMARK_MEDIUM_CLAIMED_H

#include "medium/claim.h"

/* The block device is there; claim->path gets a path of it here, which the run may not have had. */
int claimed_device(struct claim *claim);

/* The loop device has the run's file, and carries the name of the claim. */
int claimed_loop(const struct claim *claim);

/* The kernel uses the device, and the file system on it is the one that the run made. */
int claimed_filesystem(const struct claim *claim);

#endif
