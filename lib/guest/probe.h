/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether guests can be had on this machine at all. */
#ifndef DAXMARK_GUEST_PROBE_H
#define DAXMARK_GUEST_PROBE_H

#include "guest/guest.h"

/*
 * Whether QEMU starts with the guest's processor and memory. Its files go into the work folder.
 * STATUS_DONE or, with a reason, STATUS_USAGE (no such processor) or STATUS_ENVIRONMENT.
 */
enum status probe_start(const struct guest *guest, char reason[GUEST_REASON_MAX]);

/* Whether a guest under KVM executes an instruction. STATUS_DONE or STATUS_ENVIRONMENT. */
enum status probe_kvm(const struct guest *guest, char reason[GUEST_REASON_MAX]);

#endif
