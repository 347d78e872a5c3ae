/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The control socket of a QEMU that was started with -S -qmp stdio. */
#ifndef DAXMARK_GUEST_QMP_H
#define DAXMARK_GUEST_QMP_H

#include "guest/child.h"

/* No QEMU takes so long to answer, on a busy machine either; in seconds. */
#define QMP_LIMIT_S 300

/*
 * The thread that is the guest's only processor. 0: QEMU has not said so within QMP_LIMIT_S, has
 * another number of processors, or is gone (child->pidfd is -1).
 */
pid_t qmp_processor(struct child *child);

/* Lets the guest begin. */
void qmp_continue(const struct child *child);

/* Asks QEMU to end at once. */
void qmp_quit(const struct child *child);

#endif
