/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAXMARK_MEDIUM_FSFREEZE_H
#define DAXMARK_MEDIUM_FSFREEZE_H

/*
 * Names a file or folder whose file system must never be frozen: the root's, the
 * program's, that of the results.
 */
void freeze_protect(const char *path);

/* Whether that of fd is none of these: 0, -EPERM, or what fstat gave. */
int freeze_allowed(int fd);

/*
 * Before a freeze, and not inside of what is measured: whether the guard is there to thaw
 * should we not come to it. 0, then up to GUARD_FREEZES freezes may follow; else as
 * guard_answers() (medium/guard.h).
 */
int freeze_ready(void);

/*
 * Freezes and thaws the file system that the open file or folder fd is on
 * (FIFREEZE, FITHAW), under the eyes of the guard (medium/guard.h) where one was
 * started. Return 0 or a negative errno: -EBUSY when it is frozen already, -EINVAL
 * when it is not, -EOPNOTSUPP where it cannot freeze, -EOWNERDEAD when the guard was not
 * asked before (nothing is frozen then), -ETIME when the guard found
 * that it was frozen for too long and has thawed it.
 */
int freeze_start(int fd);
int freeze_end(int fd);

/*
 * Thaws what freeze_start() froze last, if it still is frozen. May be called
 * from a signal handler.
 */
void freeze_end_any(void);

#endif
