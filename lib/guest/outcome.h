/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Judges a boot: its records are whole, or the guest died, or this machine lacks something. */
#ifndef DAXMARK_GUEST_OUTCOME_H
#define DAXMARK_GUEST_OUTCOME_H

#include "guest/boot.h"

/*
 * Judges a boot that has ended and prints to stderr what is wrong with it, or that its kernel
 * warned. A guest that has said nothing at all is booted once more for its words. Writes what
 * --console, --extra,
 * --counts and --why ask for. STATUS_DONE: the records in the work folder are whole.
 */
enum status outcome_judge(const struct guest *guest, struct boot *boot);

/* Prints "guest: LABEL (seed N): " and why this machine cannot boot it. STATUS_ENVIRONMENT. */
__attribute__((format(printf, 2, 3))) enum status outcome_lacks(const struct guest *guest,
								const char *format, ...);

#endif
