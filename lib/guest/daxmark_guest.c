// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * daxmark-guest: boots a kernel with the runner in its initramfs and brings back the records.
 *
 * The guest has two serial lines: the console, and one for records alone. A guest that panics,
 * hangs, runs out of time or stops in the middle is reported as that, with the end of its console,
 * and leaves no records.
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/leftover.h"
#include "base/output.h"
#include "base/plain.h"
#include "base/run.h"
#include "guest/guest.h"
#include "guest/signals.h"

/* Static: the work folder is removed at the end of the program, wherever that is. */
static struct guest guest;
static int work_folder;

static bool is_readable(const char *path)
{
	return path && !access(path, R_OK);
}

/* The path of a program of PATH. */
static const char *find_program(const char *name)
{
	const char *path = getenv("PATH");

	while (path) {
		const char *end = strchrnul(path, ':');
		const char *found = guest_text("%.*s/%s", (int)(end - path), path, name);

		if (end > path && !access(found, X_OK))
			return found;
		path = *end ? end + 1 : NULL;
	}
	guest_die(STATUS_ENVIRONMENT, "%s is missing; run scripts/deps", name);
}

static void check_files(void)
{
	if (!is_readable(guest.initramfs))
		guest_die(STATUS_USAGE, "%s: no such initramfs; scripts/initramfs makes one",
			  guest.initramfs ? guest.initramfs : "(no --initramfs)");
	if (!guest.records && !guest.print_command)
		guest_die(STATUS_USAGE, "--records FILE is missing; see --help");
}

/* Whether this QEMU was built to load plugins, as its help says. */
static bool loads_plugins(void)
{
	const char *const ask[] = { guest.qemu, "--help", NULL };
	size_t size = 1 << 20;
	char *help = guest_alloc(size);

	return command_run(ask, NULL, help, size) >= 0 &&
	       (strstr(help, "\n-plugin ") || !strncmp(help, "-plugin ", 8));
}

static void check_plugin(void)
{
	if (!guest.plugin && !guest.counts)
		return;
	if (!guest.plugin || !guest.counts)
		guest_die(STATUS_USAGE, "--plugin and --counts go together; see --help");
	if (guest.mode != PLAN_COUNT)
		guest_die(STATUS_USAGE,
			  "--plugin is for mode count: elsewhere nothing counts instructions");
	if (!is_readable(guest.plugin))
		guest_die(STATUS_USAGE, "%s: no such plugin; make builds build/explain-plugin.so",
			  guest.plugin);
	if (!guest.symbols)
		guest.symbols = guest_text("%s/System.map", guest.image.folder);
	if (!is_readable(guest.symbols))
		guest_die(STATUS_USAGE,
			  "%s: no such symbol map: nothing says where the kernel's functions are",
			  guest.symbols);
	if (!loads_plugins())
		guest_die(STATUS_ENVIRONMENT,
			  "%s loads no plugins: it was built without them (--enable-plugins)",
			  qemu_version(&guest));
}

/*
 * The manifest of a cached image names its patches as the plan did that had it built. The names
 * that this plan gives are recorded; the digests show that they are the same patches.
 */
static void name_kernel(void)
{
	struct image *image = &guest.image;

	if (guest.patches && guest.patches != image->n_patches)
		guest_die(STATUS_USAGE, "%zu patch(es) named, and the image has %zu", guest.patches,
			  image->n_patches);
	for (size_t i = 0; i < guest.patches; i++)
		image->patches[i].file = guest.patch[i];
	if (!guest.source || !*guest.source)
		guest.source = image->source;
	if (!plain_is_utf8(guest.label) || !plain_is_utf8(guest.source) ||
	    (guest.subject && !plain_is_utf8(guest.subject)))
		guest_die(STATUS_USAGE, "%s: a name that is not UTF-8, and no record can hold it",
			  guest.source);
}

/* The identity of a boot in mode time, where none was given. */
static void name_session(void)
{
	char uuid[64] = "";
	FILE *file;

	if (guest.mode != PLAN_TIME)
		return;
	if (!guest.position)
		guest.position = 1;
	if (guest.session)
		return;
	file = fopen("/proc/sys/kernel/random/uuid", "re");
	if (file && !fgets(uuid, sizeof(uuid), file))
		uuid[0] = '\0';
	if (file)
		fclose(file);
	if (!uuid[0])
		guest_die(STATUS_ENVIRONMENT, "/proc/sys/kernel/random/uuid: cannot be read");
	guest.session = guest_text("%.*s", (int)strcspn(uuid, "\n"), uuid);
}

static void remove_folder(void)
{
	leftover_end(guest.work, work_folder);
}

static void make_folder(void)
{
	const char *parent = getenv("TMPDIR");

	parent = parent && *parent ? parent : "/tmp";
	work_folder = leftover_make(parent, guest.work, sizeof(guest.work));
	if (work_folder < 0)
		guest_die(STATUS_ENVIRONMENT, "no temporary folder can be made in %s", parent);
	if (atexit(remove_folder)) {
		remove_folder();
		guest_die(STATUS_ENVIRONMENT, "out of memory");
	}
}

static void run(void)
{
	struct boot boot = { .time_limit_s = guest.time_limit_s,
			     .silence_limit_s = guest.silence_limit_s };

	if (guest.print_command) {
		puts(qemu_shown(&guest, guest.qemu, false));
		return;
	}
	make_folder();
	if (guest.mode == PLAN_TIME)
		probe_kvm(&guest);
	if (guest.probe) {
		probe_start(&guest);
		return;
	}
	boot_run(&guest, &boot);
	outcome_judge(&guest, &boot);
	run_record_write(&guest);
}

int main(int argc, char **argv)
{
	complain_as = "guest";
	/* a parent that ignores it would leave no status of QEMU to ask for */
	signal(SIGCHLD, SIG_DFL);
	if (output_keep_standard() || signals_hold())
		guest_die(STATUS_ENVIRONMENT, "out of memory");
	options_read(argc, argv, &guest);
	if (!guest.probe) {
		image_read(guest.image_folder ? guest.image_folder : "", &guest.image);
		check_files();
	}
	guest.qemu = find_program("qemu-system-x86_64");
	if (!guest.probe)
		check_plugin();
	pin_choose(guest.pin, guest.mode, &guest.pinning);
	if (!guest.probe)
		name_kernel();
	name_session();
	run();
	guest_end(STATUS_DONE);
}
