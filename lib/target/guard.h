/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A process of its own that thaws what is frozen when the one that froze it is
 * gone, however it ended, stands still, or takes too long.
 *
 * A frozen file system stops whoever writes to it, so the guard needs none: its
 * memory is locked, it opens and logs nothing, and what it thaws it has open
 * from the beginning. It has a session and a name of its own, so that a signal for the
 * runner or for its process group does not reach it. What it cannot outlive is
 * a signal sent to it by number, or the end of the machine.
 */
#ifndef DAXMARK_TARGET_GUARD_H
#define DAXMARK_TARGET_GUARD_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Starts a guard for the file system that fd is on; one at a time. limit_s: the
 * longest that it may stay frozen; it is thawed at most a quarter of that later.
 * The thread that calls this is the one that freezes and thaws: when it is gone, what
 * is frozen is thawed. Until guard_stop() the guard keeps fd open, so that nothing can be
 * unmounted. No other thread may run. Returns 0 or a negative errno.
 */
int guard_start(int fd, unsigned int limit_s);

/* Lets the guard go and waits until it is gone. Does nothing without one. */
void guard_stop(void);

/*
 * Around a freeze: what is between the two is frozen. One store each, for they
 * are called inside of what is measured.
 */
void guard_freeze_begins(void);
void guard_freeze_ended(void);

/* Whether the guard thawed what had been frozen too long, which ends the run. */
bool guard_has_thawed(void);

#endif
