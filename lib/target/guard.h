/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A process of its own that thaws what is frozen when the one that froze it is
 * gone, however it ended, stands still, or takes too long.
 *
 * A frozen file system stops whoever writes to it, so the guard needs none: its
 * memory is locked, it opens and logs nothing, and what it thaws it holds open
 * beforehand. It has a session and a name of its own, so that a signal for the
 * runner or for its process group does not reach it. What it cannot outlive is
 * a signal sent to it by number, or the end of the machine.
 */
#ifndef DAXMARK_TARGET_GUARD_H
#define DAXMARK_TARGET_GUARD_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Starts the guard of this process, once. limit_s: the longest that anything
 * may stay frozen; it is thawed at most a quarter of that later. Returns 0 or a
 * negative errno.
 */
int guard_start(unsigned int limit_s);

/*
 * Has the guard hold the file system that fd is on, and let go of it: it can be
 * unmounted only after that. One at a time. Return 0, -ESRCH without a guard, or
 * a negative errno.
 */
int guard_hold(int fd);
int guard_release(void);

/*
 * Around a freeze: what is between the two is frozen. One store each, for they
 * are called inside of what is measured.
 */
void guard_freeze_begins(void);
void guard_freeze_ended(void);

/* Whether the guard thawed what had been frozen too long, which ends the run. */
bool guard_has_thawed(void);

/* Lets the guard go. Not needed at the end of a process. */
void guard_stop(void);

#endif
