/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAXMARK_TARGET_FREEZE_H
#define DAXMARK_TARGET_FREEZE_H

/*
 * Freezes and thaws the file system that the open file or folder fd is on
 * (FIFREEZE, FITHAW). Return 0 or a negative errno: -EBUSY when it is frozen
 * already, -EINVAL when it is not, -EOPNOTSUPP where it cannot freeze.
 */
int freeze_start(int fd);
int freeze_end(int fd);

/*
 * Thaws what freeze_start() froze last, if it still is frozen. May be called
 * from a signal handler.
 */
void freeze_end_any(void);

#endif
