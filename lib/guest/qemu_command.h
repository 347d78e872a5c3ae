/* SPDX-License-Identifier: GPL-2.0-or-later */
/* QEMU's command line. */
#ifndef DAXMARK_GUEST_QEMU_COMMAND_H
#define DAXMARK_GUEST_QEMU_COMMAND_H

#include "guest/guest.h"

/* Its words; NULL behind the last, and word is NULL too when memory has run out. */
struct qemu {
	char **word;
	size_t n, room;
	bool failed;
};

/* Adds one word. */
__attribute__((format(printf, 2, 3))) void qemu_add(struct qemu *qemu, const char *format, ...);

/* Adds words that stand as they are, ended by NULL. */
void qemu_add_all(struct qemu *qemu, const char *const words[]);

void qemu_free(struct qemu *qemu);

/* The path of a program of PATH, to be freed; NULL when there is none. */
char *qemu_find(const char *name);

/* The machine that is booted: the same whatever kernel it gets. */
void qemu_machine(const struct guest *guest, struct qemu *qemu);

/*
 * The kernel's command line, to be freed; NULL when memory has run out. early: also what makes the
 * kernel speak before it has a driver for its console.
 */
char *qemu_append(const struct guest *guest, bool early);

/* All of a boot, with its files in the work folder. */
void qemu_boot(const struct guest *guest, const char *append, struct qemu *qemu);

/*
 * The command of a boot as it is shown and recorded, to be freed; NULL when memory has run out. The
 * same run has the same record on every machine, so this machine's folders are left out, and so are
 * the plugin and the words that hold the guest until it is pinned. serial: with the serial lines.
 */
char *qemu_shown(const struct guest *guest, const char *program, bool serial);

#endif
