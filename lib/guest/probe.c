// SPDX-License-Identifier: GPL-2.0-or-later
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "guest/guest.h"
#include "guest/said.h"

/* No machine is so busy that QEMU, which has nothing to do, takes as long. */
#define START_LIMIT_S 300
/*
 * A guest under a KVM that works ends after a tenth of a second of processor time. One that never
 * executes an instruction uses up its processor meanwhile: that time, unlike the clock's, does not
 * pass faster on a busy machine.
 */
#define KVM_CPU_LIMIT_S 5

/* Runs QEMU to its end, at most START_LIMIT_S, asked to quit or not; its status, or -errno. */
static int run(const struct guest *guest, const struct qemu *qemu, bool quit, uint64_t cpu_s)
{
	const struct child_limits limits = { .cpu_s = cpu_s };
	struct child child;
	int error;

	error = child_start(&child, qemu->word, guest_path(guest, "qemu"), quit, &limits);
	if (error)
		return error;
	if (quit)
		dprintf(child.talk, "{\"execute\":\"qmp_capabilities\"}{\"execute\":\"quit\"}");
	if (!child_wait(&child, -1, 1000 * START_LIMIT_S))
		child_kill(&child);
	return child.status;
}

/* The first error that QEMU gave, without its name; warnings are none. */
static const char *error_of_qemu(const struct guest *guest)
{
	const char *errors = said_read(guest_path(guest, "qemu"));

	for (; *errors; errors += strcspn(errors, "\n"), errors += *errors == '\n') {
		const char *line = errors;
		size_t name = strncmp(line, "qemu-system-", 12) ? 0 : strcspn(line, ":\n");

		if (name && !strncmp(line + name, ": ", 2))
			line += name + 2;
		if (*line != '\n' && strncmp(line, "warning", 7) != 0)
			return said_find(line, "..*");
	}
	return "";
}

void probe_start(const struct guest *guest)
{
	struct qemu qemu = { .n = 0 };
	const char *said;
	int status;

	qemu_machine(guest, &qemu);
	qemu_add(&qemu, "-S -qmp stdio");
	status = run(guest, &qemu, true, 0);
	if (!status)
		return;
	said = error_of_qemu(guest);
	if (strstr(said, "CPU model") || (strstr(said, "-cpu.") && strstr(said, "' not found")))
		guest_die(STATUS_USAGE, "[guest] cpu = %s: QEMU does not know it: %s", guest->cpu,
			  said);
	if (status == 128 + SIGKILL)
		said = guest_text("it was killed, or did not start within %d s", START_LIMIT_S);
	else if (!*said)
		said = guest_text("it ended with status %d", status);
	guest_die(STATUS_ENVIRONMENT, "QEMU does not start here: %s", said);
}

/* A boot sector: mov $0x10, %al; out %al, $0xf4; hlt. The port ends QEMU with twice that and 1. */
static bool write_sector(const char *path)
{
	unsigned char sector[512] = { 0xb0, 0x10, 0xe6, 0xf4, 0xf4 };
	FILE *file = fopen(path, "we");
	bool written;

	sector[510] = 0x55;
	sector[511] = 0xaa;
	written = file && fwrite(sector, sizeof(sector), 1, file) == 1;
	return file && !fclose(file) && written;
}

void probe_kvm(const struct guest *guest)
{
	const char *sector = guest_path(guest, "sector"), *said;
	struct qemu qemu = { .word = { guest->qemu }, .n = 1 };
	int status;

	if (!write_sector(sector))
		guest_die_unwritten(guest->work);
	qemu_add(&qemu, "-M pc -m 64 -nodefaults -no-user-config -display none -no-reboot "
			"-accel kvm -cpu host -device isa-debug-exit,iobase=0xf4");
	qemu_add_option(&qemu, "-drive", guest_text("file=%s,format=raw,if=floppy", sector));
	status = run(guest, &qemu, false, KVM_CPU_LIMIT_S);
	if (status == 2 * 0x10 + 1)
		return;
	said = error_of_qemu(guest);
	if (status == 128 + SIGXCPU)
		said = guest_text("a guest under it does not begin within %d s of processor time",
				  KVM_CPU_LIMIT_S);
	else if (status == 128 + SIGKILL)
		said = guest_text("a guest under it does not begin within %d s", START_LIMIT_S);
	else if (!*said)
		said = guest_text("QEMU ended with status %d", status);
	guest_die(STATUS_ENVIRONMENT,
		  "mode time takes KVM, and it does not work here: %s; use mode = count for "
		  "guests, or time targets of this machine (mode = emulated gives checks alone)",
		  said);
}
