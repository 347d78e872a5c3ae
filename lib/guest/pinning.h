/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The host's processors: one for the guest's own, the others for the rest of QEMU. */
#ifndef DAXMARK_GUEST_PINNING_H
#define DAXMARK_GUEST_PINNING_H

#include "guest/child.h"
#include "guest/guest.h"

/*
 * Chooses by a list as --pin takes it; NULL: the last processor that this process may use, in
 * mode time, else none. STATUS_DONE or, with a reason, STATUS_USAGE.
 */
enum status pin_choose(const char *list, enum plan_mode mode, struct pinning *pinning,
		       char reason[GUEST_REASON_MAX]);

/*
 * Binds a QEMU that was started with -S -qmp stdio, and lets the guest go: not one of its
 * instructions runs elsewhere. NULL, or why it is not bound; a QEMU that is gone by then is no
 * reason, and child->status says how it ended.
 */
const char *pin_guest(struct child *child, const struct pinning *pinning);

#endif
