/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One boot of a guest, from QEMU's start to its end. */
#ifndef DAXMARK_GUEST_BOOT_H
#define DAXMARK_GUEST_BOOT_H

#include "guest/guest.h"

/* A guest that says more than this on a serial line, or counts more, is ended: it could fill the
 * disk. */
#define BOOT_SAID_MIB	 32
#define BOOT_COUNTED_MIB 1024

struct boot {
	bool early;		  /* with a console that needs no driver */
	uint64_t time_limit_s;	  /* after which it is ended */
	uint64_t silence_limit_s; /* the same, since its last word */
	int status;		  /* of QEMU */
	char killed[128];	  /* why the guest was ended here; "": it was not */
	const char *not_pinned;	  /* why it could not be bound, and was not begun; NULL */
};

/*
 * Boots the guest and waits for its end. Its output is in the work folder: console, records,
 * extra and counts, and QEMU's errors in qemu. 0 or -errno: QEMU was not started.
 */
int boot_run(const struct guest *guest, struct boot *boot);

#endif
