// SPDX-License-Identifier: GPL-2.0-or-later
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "guest/child.h"
#include "guest/probe.h"
#include "guest/qemu_command.h"
#include "guest/qmp.h"
#include "guest/said.h"

/* No machine is so busy that QEMU, which has nothing to do, takes as long. */
#define START_LIMIT_S 300
/*
 * A guest under a KVM that works ends after a tenth of a second of processor time. One that never
 * executes an instruction uses up its processor meanwhile: that time, unlike the clock's, does not
 * pass faster on a busy machine.
 */
#define KVM_CPU_LIMIT_S 5

/* The first error that QEMU gave, without its name; warnings are none. */
static void error_of_qemu(const struct guest *guest, char line[SAID_LINE_MAX])
{
	char path[PATH_MAX];
	struct said said;

	line[0] = '\0';
	guest_path(guest, "qemu", path);
	if (said_read(path, &said))
		return;
	for (const char *l = said.text; l && !line[0]; l = said_next(l)) {
		size_t name = strncmp(l, "qemu-system-", 12) ? 0 : strcspn(l, ":\n");

		if (name && !strncmp(l + name, ": ", 2))
			l += name + 2;
		if (strncmp(l, "warning", 7) != 0)
			said_cut(l, line);
	}
	said_free(&said);
}

/* Runs a command to its end, at most limit_s seconds; its status, or a negative errno. */
static int run(const struct guest *guest, const struct qemu *qemu, bool quit, int limit_s,
	       const struct child_limits *limits)
{
	char errors[PATH_MAX];
	struct child child;
	int error;

	guest_path(guest, "qemu", errors);
	error = child_start(&child, (const char *const *)qemu->word, errors, quit, limits);
	if (error)
		return error;
	if (quit)
		qmp_quit(&child);
	if (!child_wait(&child, -1, 1000 * limit_s))
		child_kill(&child);
	return child.status;
}

enum status probe_start(const struct guest *guest, char reason[GUEST_REASON_MAX])
{
	const struct child_limits limits = { .cpu_s = 0 };
	char said[SAID_LINE_MAX];
	struct qemu qemu = { .n = 0 };
	int status;

	qemu_machine(guest, &qemu);
	qemu_add_all(&qemu, (const char *const[]){ "-S", "-qmp", "stdio", NULL });
	status = qemu.failed ? -1 : run(guest, &qemu, true, START_LIMIT_S, &limits);
	qemu_free(&qemu);
	if (!status)
		return STATUS_DONE;
	error_of_qemu(guest, said);
	if (strstr(said, "CPU model") || (strstr(said, "-cpu.") && strstr(said, "' not found"))) {
		snprintf(reason, GUEST_REASON_MAX, "[guest] cpu = %s: QEMU does not know it: %s",
			 guest->cpu, said);
		return STATUS_USAGE;
	}
	if (status == 128 + SIGKILL)
		snprintf(said, sizeof(said), "it was killed, or did not start within %d s",
			 START_LIMIT_S);
	else if (!said[0])
		snprintf(said, sizeof(said), "it ended with status %d", status);
	snprintf(reason, GUEST_REASON_MAX, "QEMU does not start here: %s", said);
	return STATUS_ENVIRONMENT;
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

enum status probe_kvm(const struct guest *guest, char reason[GUEST_REASON_MAX])
{
	const struct child_limits limits = { .cpu_s = KVM_CPU_LIMIT_S };
	char sector[PATH_MAX], said[SAID_LINE_MAX];
	struct qemu qemu = { .n = 0 };
	int status;

	guest_path(guest, "sector", sector);
	if (!write_sector(sector)) {
		snprintf(reason, GUEST_REASON_MAX, "%.900s: cannot be written; is the disk full?",
			 guest->work);
		return STATUS_ENVIRONMENT;
	}
	qemu_add_all(&qemu,
		     (const char *const[]){ guest->qemu, "-M", "pc", "-m", "64", "-nodefaults",
					    "-no-user-config", "-display", "none", "-no-reboot",
					    "-accel", "kvm", "-cpu", "host", "-device",
					    "isa-debug-exit,iobase=0xf4", "-drive", NULL });
	qemu_add(&qemu, "file=%s,format=raw,if=floppy", sector);
	status = qemu.failed ? -1 : run(guest, &qemu, false, START_LIMIT_S, &limits);
	qemu_free(&qemu);
	if (status == 2 * 0x10 + 1)
		return STATUS_DONE;
	error_of_qemu(guest, said);
	if (status == 128 + SIGXCPU)
		snprintf(said, sizeof(said),
			 "a guest under it does not begin within %d s of processor time",
			 KVM_CPU_LIMIT_S);
	else if (status == 128 + SIGKILL)
		snprintf(said, sizeof(said), "a guest under it does not begin within %d s",
			 START_LIMIT_S);
	else if (!said[0])
		snprintf(said, sizeof(said), "QEMU ended with status %d", status);
	snprintf(reason, GUEST_REASON_MAX,
		 "mode time takes KVM, and it does not work here: %s; use mode = count for guests, "
		 "or time targets of this machine (mode = emulated gives checks alone)",
		 said);
	return STATUS_ENVIRONMENT;
}
