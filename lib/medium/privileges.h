/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which of root's capabilities are kept (capabilities(7)). A process that has none, as
 * an ordinary user's, has none afterwards.
 *
 * A run keeps CAP_SYS_ADMIN (to attach a loop device, to mount, to freeze),
 * CAP_DAC_OVERRIDE (folders and results of the user who became root for it), and for
 * its guard CAP_IPC_LOCK (memory that is locked) and CAP_SYS_RESOURCE (not to be ended
 * for want of memory). The guard, once it is set up, keeps CAP_SYS_ADMIN, to thaw.
 */
#ifndef DAXMARK_MEDIUM_PRIVILEGES_H
#define DAXMARK_MEDIUM_PRIVILEGES_H

/*
 * Give up all others, for good and for whatever is started from here on. The calling
 * thread must be the only one. Return 0 or a negative errno.
 */
int privileges_of_run(void);
int privileges_of_guard(void);

#endif
