/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A process of its own that thaws what is frozen when the one that froze it is
 * gone, however it ended, stands still, or takes too long.
 *
 * A frozen file system stops whoever writes to it, so the guard needs none: its
 * memory is locked, it opens and logs nothing, and what it thaws it has open
 * from the beginning. It has a session and a name of its own, and leaves the control groups
 * of the runner for the topmost ones, so that neither a signal for the runner or its process
 * group nor the end of its control group reaches it. A signal sent to it by number
 * does: then the runner ends, and should both be gone, a claim says what they left
 * frozen (medium/claim.h).
 */
#ifndef DAXMARK_MEDIUM_GUARD_H
#define DAXMARK_MEDIUM_GUARD_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* How many freezes may follow one answer of the guard: one to settle, one to measure. */
#define GUARD_FREEZES 2

/*
 * Starts a guard for the file system that fd is on; one at a time. limit_s: the
 * longest that it may stay frozen; it is thawed at most a quarter of that later.
 * The thread that calls this is the one that freezes and thaws: when it is gone, what
 * is frozen is thawed. freezes, if not NULL, is shared memory in which freezes begun and
 * ended are counted, so that it is odd while something is frozen; the guard counts the thaw
 * to which a run that has ended did not come. Until guard_stop() the guard
 * keeps fd open, so that nothing can be unmounted. No other thread may run. Returns 0 when the
 * guard has answered, or a negative errno.
 */
int guard_start(int fd, unsigned int limit_s, atomic_uint *freezes);

/* Its number, 0 without one. */
pid_t guard_process(void);

/* What could not be done to keep it alive, as one line in text; false when nothing is lacking. */
bool guard_lacks(char *text, size_t size);

/*
 * Asks the guard whether it is there, and waits for its answer; GUARD_FREEZES freezes may
 * follow. 0, also without a guard; -EOWNERDEAD when it has ended, is stopped, or does not
 * answer: guard_fate() says which. Not inside of what is measured.
 */
int guard_answers(void);

/* What guard_answers() found, as "was ended by signal 9". */
const char *guard_fate(void);

/*
 * Lets the guard go and waits until it is gone. 0, also without one; -EOWNERDEAD when it
 * was not there any more.
 */
int guard_stop(void);

/*
 * Around a freeze: what is between the two is frozen. One store each, for they
 * are called inside of what is measured. The first is -EOWNERDEAD, and nothing may be
 * frozen, where the guard was not asked.
 */
int guard_freeze_begins(void);
void guard_freeze_ended(void);

/* Whether the guard thawed what had been frozen too long, which ends the run. */
bool guard_has_thawed(void);

#endif
