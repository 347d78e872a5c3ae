// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "guest/boot.h"
#include "guest/child.h"
#include "guest/pinning.h"
#include "guest/qemu_command.h"

static off_t size_of(const char *path)
{
	struct stat st;

	return stat(path, &st) ? 0 : st.st_size;
}

/* Ends a guest that takes too long or says nothing any more. */
static void watch(const struct guest *guest, struct boot *boot, struct child *child)
{
	char console[PATH_MAX], records[PATH_MAX];
	double start = child_now(), heard = start;
	off_t said = 0;

	guest_path(guest, "console", console);
	guest_path(guest, "records", records);
	while (!child_wait(child, -1, 1000)) {
		off_t before = said;
		double now = child_now();

		said = size_of(console) + size_of(records);
		if (said != before)
			heard = now;
		if (now - start >= (double)boot->time_limit_s)
			snprintf(boot->killed, sizeof(boot->killed),
				 "took longer than its limit of %" PRIu64 " s", boot->time_limit_s);
		else if (now - heard >= (double)boot->silence_limit_s)
			snprintf(boot->killed, sizeof(boot->killed),
				 "hangs: it has said nothing%s for %" PRIu64 " s",
				 said ? "" : " at all", boot->silence_limit_s);
		if (boot->killed[0])
			child_kill(child);
	}
}

/* An earlier boot has left its words, and one that does not start leaves none. */
static int empty_files(const struct guest *guest)
{
	static const char *const names[] = { "console", "records" };
	char path[PATH_MAX];

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		int fd;

		guest_path(guest, names[i], path);
		fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
		if (fd < 0)
			return -errno;
		close(fd);
	}
	return 0;
}

int boot_run(const struct guest *guest, struct boot *boot)
{
	uint64_t most_mib = guest->plugin ? BOOT_COUNTED_MIB : BOOT_SAID_MIB;
	const struct child_limits limits = { .file_bytes = most_mib << 20 };
	char *append = qemu_append(guest, boot->early), errors[PATH_MAX];
	struct qemu qemu = { .n = 0 };
	struct child child;
	int error = append ? empty_files(guest) : -ENOMEM;

	boot->killed[0] = '\0';
	boot->not_pinned = NULL;
	guest_path(guest, "qemu", errors);
	if (!error) {
		qemu_boot(guest, append, &qemu);
		error = qemu.failed ? -ENOMEM : 0;
	}
	if (!error)
		error = child_start(&child, (const char *const *)qemu.word, errors,
				    guest->pinning.wanted, &limits);
	if (!error) {
		if (guest->pinning.wanted)
			boot->not_pinned = pin_guest(&child, &guest->pinning);
		if (boot->not_pinned)
			child_kill(&child);
		watch(guest, boot, &child);
		boot->status = child.status;
	}
	qemu_free(&qemu);
	free(append);
	return error;
}
