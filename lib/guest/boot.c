// SPDX-License-Identifier: GPL-2.0-or-later
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>

#include "guest/guest.h"
#include "guest/said.h"

static off_t size_of(const char *path)
{
	struct stat st;

	return stat(path, &st) ? 0 : st.st_size;
}

/* Ends a guest that takes too long or writes nothing any more. */
static void watch(const struct guest *guest, struct boot *boot, struct child *child)
{
	const char *console = guest_path(guest, "console"), *records = guest_path(guest, "records");
	double start = child_now(), heard = start;
	off_t said = 0;

	while (!child_wait(child, -1, 1000)) {
		off_t before = said;
		double now = child_now();

		said = size_of(console) + size_of(records);
		if (said != before)
			heard = now;
		if (now - start >= (double)boot->time_limit_s)
			boot->killed = guest_text("took longer than its limit of %" PRIu64 " s",
						  boot->time_limit_s);
		else if (now - heard >= (double)boot->silence_limit_s)
			boot->killed = guest_text("hangs: it has said nothing%s for %" PRIu64 " s",
						  said ? "" : " at all", boot->silence_limit_s);
		if (*boot->killed)
			child_kill(child);
	}
}

/* A boot that does not start must not leave the output of an earlier one. */
static void empty_file(const struct guest *guest, const char *name)
{
	FILE *file = fopen(guest_path(guest, name), "we");

	if (!file || fclose(file))
		guest_die_unwritten(guest->work);
}

static void start_guest(const struct guest *guest, struct boot *boot, struct child *child)
{
	uint64_t most_mib = guest->plugin ? BOOT_COUNTED_MIB : BOOT_SAID_MIB;
	const struct child_limits limits = { .file_bytes = most_mib << 20 };
	struct qemu qemu = { .n = 0 };
	int error;

	qemu_boot(guest, boot->early, &qemu);
	error = child_start(child, qemu.word, guest_path(guest, "qemu"), guest->pinning.wanted,
			    &limits);
	if (error)
		guest_die(STATUS_ENVIRONMENT, "%s: QEMU cannot be started: %s", guest->work,
			  strerror(-error));
}

void boot_run(const struct guest *guest, struct boot *boot)
{
	const char *not_pinned = NULL;
	struct child child;

	boot->killed = "";
	empty_file(guest, "console");
	empty_file(guest, "records");
	start_guest(guest, boot, &child);
	if (guest->pinning.wanted)
		not_pinned = pin_guest(&child, &guest->pinning);
	if (not_pinned) {
		child_kill(&child);
		guest_die(STATUS_ENVIRONMENT,
			  "%s: its processor could not be bound to processor %d "
			  "of this machine: %s; choose another with --pin",
			  guest->name, guest->pinning.own, not_pinned);
	}
	watch(guest, boot, &child);
	boot->status = child.status;
	boot->console = said_read(guest_path(guest, "console"));
	boot->records = said_read(guest_path(guest, "records"));
	boot->errors = said_read(guest_path(guest, "qemu"));
}
