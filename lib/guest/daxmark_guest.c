// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * daxmark-guest: boots a kernel with the runner in its initramfs and brings back the records.
 *
 * The guest has two serial lines: the console, and one for records alone. A guest that panics,
 * hangs, runs out of time or stops in the middle is reported as that, with the end of its console,
 * and leaves no records.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/complain.h"
#include "base/leftover.h"
#include "base/output.h"
#include "base/plain.h"
#include "base/run.h"
#include "guest/boot.h"
#include "guest/child.h"
#include "guest/options.h"
#include "guest/outcome.h"
#include "guest/pinning.h"
#include "guest/probe.h"
#include "guest/qemu_command.h"
#include "guest/run_record.h"

/* One line, and the status that it ends with. */
#define refuse(status, ...) (complain(__VA_ARGS__), (status))

static bool is_readable(const char *path)
{
	return path && !access(path, R_OK);
}

static enum status check_files(const struct options *options)
{
	const struct guest *guest = &options->guest;

	if (!is_readable(guest->initramfs))
		return refuse(STATUS_USAGE, "%s: no such initramfs; scripts/initramfs makes one",
			      guest->initramfs ? guest->initramfs : "(no --initramfs)");
	if (!guest->records && !options->print_command)
		return refuse(STATUS_USAGE, "--records FILE is missing; see --help");
	return STATUS_DONE;
}

/* Whether this QEMU was built to load plugins, as its help says. */
static bool loads_plugins(const char *qemu)
{
	const char *const ask[] = { qemu, "--help", NULL };
	size_t size = 1 << 20;
	char *help = malloc(size);
	bool loads = help && command_run(ask, NULL, help, size) >= 0 &&
		     (strstr(help, "\n-plugin ") || !strncmp(help, "-plugin ", 8));

	free(help);
	return loads;
}

static enum status check_plugin(struct guest *guest)
{
	const char *const ask[] = { guest->qemu, "--version", NULL };
	char version[4096];

	if (!guest->plugin && !guest->counts)
		return STATUS_DONE;
	if (!guest->plugin || !guest->counts)
		return refuse(STATUS_USAGE, "--plugin and --counts go together; see --help");
	if (guest->mode != PLAN_COUNT)
		return refuse(STATUS_USAGE,
			      "--plugin is for mode count: elsewhere nothing counts instructions");
	if (!is_readable(guest->plugin))
		return refuse(STATUS_USAGE,
			      "%s: no such plugin; make builds build/explain-plugin.so",
			      guest->plugin);
	if (!guest->symbols &&
	    asprintf(&guest->image_symbols, "%s/System.map", guest->image.folder) > 0)
		guest->symbols = guest->image_symbols;
	if (!is_readable(guest->symbols))
		return refuse(
			STATUS_USAGE,
			"%s: no such symbol map: nothing says where the kernel's functions are",
			guest->symbols);
	if (loads_plugins(guest->qemu))
		return STATUS_DONE;
	if (command_run(ask, NULL, version, sizeof(version)) < 0)
		snprintf(version, sizeof(version), "%s", guest->qemu);
	version[strcspn(version, "\n")] = '\0';
	return refuse(STATUS_ENVIRONMENT,
		      "%s loads no plugins: it was built without them (--enable-plugins)", version);
}

/*
 * The manifest of a cached image names its patches as the plan did that had it built. The names
 * that this plan gives are recorded; the digests show that they are the same patches.
 */
static enum status name_kernel(struct guest *guest)
{
	const struct image *image = &guest->image;

	if (!guest->patches) {
		guest->patch = image->patch;
		guest->patches = image->patches;
	}
	if (guest->patches != image->patches)
		return refuse(STATUS_USAGE, "%zu patch(es) named, and the image has %zu",
			      guest->patches, image->patches);
	if (!guest->source || !*guest->source)
		guest->source = image->source;
	if (!plain_is_utf8(guest->label) || !plain_is_utf8(guest->source) ||
	    (guest->subject && !plain_is_utf8(guest->subject)))
		return refuse(STATUS_USAGE,
			      "%s: a name that is not UTF-8, and no record can hold it",
			      guest->source);
	return STATUS_DONE;
}

/* The identity of a boot in mode time, where nobody has given it one. */
static enum status name_session(struct guest *guest)
{
	char *uuid = guest->uuid;
	FILE *file;

	if (guest->mode != PLAN_TIME)
		return STATUS_DONE;
	if (!guest->position)
		guest->position = 1;
	if (guest->session)
		return STATUS_DONE;
	file = fopen("/proc/sys/kernel/random/uuid", "re");
	if (!file || !fgets(uuid, sizeof(guest->uuid), file))
		uuid[0] = '\0';
	if (file)
		fclose(file);
	uuid[strcspn(uuid, "\n")] = '\0';
	guest->session = uuid;
	return *uuid ? STATUS_DONE
		     : refuse(STATUS_ENVIRONMENT, "/proc/sys/kernel/random/uuid: cannot be read");
}

static enum status print_command(const struct guest *guest)
{
	char *command = qemu_shown(guest, guest->qemu, false);

	if (command)
		puts(command);
	free(command);
	return command ? STATUS_DONE : refuse(STATUS_ENVIRONMENT, "out of memory");
}

/* With a work folder: probes, boots, judges and writes. */
static enum status boot(const struct options *options)
{
	const struct guest *guest = &options->guest;
	struct boot boot = { .time_limit_s = guest->time_limit_s,
			     .silence_limit_s = guest->silence_limit_s };
	char reason[GUEST_REASON_MAX];
	enum status status = STATUS_DONE;
	int error;

	if (guest->mode == PLAN_TIME)
		status = probe_kvm(guest, reason);
	if (!status && options->probe)
		status = probe_start(guest, reason);
	if (child_signal())
		return status;
	if (status || options->probe)
		return status ? refuse(status, "%s", reason) : status;
	error = boot_run(guest, &boot);
	if (error)
		return refuse(STATUS_ENVIRONMENT, "%s: QEMU cannot be started: %s", guest->work,
			      strerror(-error));
	if (child_signal())
		return status;
	status = outcome_judge(guest, &boot);
	if (status || child_signal())
		return status;
	error = run_record_write(guest);
	return error ? refuse(STATUS_ENVIRONMENT, "%s: cannot be written: %s", guest->records,
			      strerror(-error))
		     : STATUS_DONE;
}

static enum status boot_in_folder(struct options *options)
{
	struct guest *guest = &options->guest;
	const char *parent = getenv("TMPDIR");
	enum status status;
	int folder;

	parent = parent && *parent ? parent : "/tmp";
	folder = leftover_make(parent, guest->work, sizeof(guest->work));
	if (folder < 0)
		return refuse(STATUS_ENVIRONMENT, "no temporary folder can be made in %s", parent);
	status = boot(options);
	leftover_end(guest->work, folder);
	return status;
}

/* With all that is asked for read: finds what it takes, and does it. */
static enum status run(struct options *options)
{
	struct guest *guest = &options->guest;
	char reason[GUEST_REASON_MAX];
	enum status status = STATUS_DONE;

	if (!options->probe) {
		status = image_read(options->image ? options->image : "", &guest->image, reason);
		if (status)
			return refuse(status, "%s", reason);
		status = check_files(options);
	}
	if (!status && !(guest->qemu = qemu_find("qemu-system-x86_64")))
		status = refuse(STATUS_ENVIRONMENT,
				"qemu-system-x86_64 is missing; run scripts/deps");
	if (!status && !options->probe)
		status = check_plugin(guest);
	if (!status) {
		status = pin_choose(options->pin, guest->mode, &guest->pinning, reason);
		if (status)
			complain("%s", reason);
	}
	if (!status && !options->probe)
		status = name_kernel(guest);
	if (!status)
		status = name_session(guest);
	if (!status)
		status = options->print_command ? print_command(guest) : boot_in_folder(options);
	return status;
}

int main(int argc, char **argv)
{
	char reason[GUEST_REASON_MAX];
	struct options options;
	struct plan plan;
	int status;

	complain_as = "guest";
	/* a parent that ignores it would leave no status of QEMU to ask for */
	signal(SIGCHLD, SIG_DFL);
	if (output_keep_standard() || child_hold_signals())
		return refuse(STATUS_ENVIRONMENT, "out of memory");
	status = options_read(argc, argv, &options, &plan, reason);
	if (status) {
		complain("%s", reason);
	} else {
		status = run(&options);
		plan_free(&plan);
	}
	image_free(&options.guest.image);
	free(options.guest.qemu);
	free(options.guest.image_symbols);
	free(options.patches);
	return child_signal() ? 128 + child_signal() : status;
}
