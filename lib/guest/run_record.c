// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/run.h"
#include "guest/qemu_command.h"
#include "guest/run_record.h"
#include "record/writer.h"

/* What QEMU says of itself: its first line. */
static int qemu_version(const struct guest *guest, char *version, size_t size)
{
	const char *const ask[] = { guest->qemu, "--version", NULL };

	if (command_run(ask, NULL, version, size) < 0)
		return -EIO;
	version[strcspn(version, "\n")] = '\0';
	return 0;
}

/* The text of the run record that is made for it; any may be NULL. */
struct made {
	char *image, *config, *initramfs, *plan, *command;
	struct side_patch *patches;
};

static void made_free(struct made *made)
{
	free(made->image);
	free(made->config);
	free(made->initramfs);
	free(made->plan);
	free(made->command);
	free(made->patches);
}

static int make(const struct guest *guest, struct made *made)
{
	made->image = image_digest(guest->image.bzimage);
	made->config = guest->image.config ? image_digest(guest->image.config) : NULL;
	made->initramfs = image_digest(guest->initramfs);
	made->plan = guest->plan ? image_digest(guest->plan) : NULL;
	made->command = qemu_shown(guest, "qemu-system-x86_64", true);
	made->patches = calloc(guest->patches + 1, sizeof(*made->patches));
	if (!made->command || !made->patches)
		return -ENOMEM;
	for (size_t i = 0; i < guest->patches; i++)
		made->patches[i] =
			(struct side_patch){ guest->patch[i], guest->image.patch_sha256[i] };
	return 0;
}

static int put_run(const struct guest *guest, const struct made *made, struct writer *writer)
{
	const struct pinning *pinning = &guest->pinning;
	const int64_t own = pinning->own;
	char version[4096];
	struct side_run run = {
		.label = guest->label,
		.source = guest->source,
		.mode = (enum side_mode)guest->mode,
		.seed = (int64_t)guest->seed,
		.subject = guest->subject,
		.session = guest->mode == PLAN_TIME ? guest->session : NULL,
		.position = guest->mode == PLAN_TIME ? (int64_t)guest->position : 0,
		.pair = (int64_t)guest->pair,
		.order_seed = (int64_t)guest->order_seed,
		.pinned = &own,
		.n_pinned = pinning->wanted ? GUEST_PROCESSORS : 0,
		.pinned_others = pinning->wanted ? pinning->others : NULL,
		.patches = made->patches,
		.n_patches = guest->patches,
		.image_sha256 = made->image,
		.config_sha256 = made->config,
		.initramfs_sha256 = made->initramfs,
		.compiler = guest->image.compiler,
		.lacking = guest->image.lacking,
		.qemu = version,
		.plan_sha256 = made->plan,
		.command = made->command,
	};
	int error = qemu_version(guest, version, sizeof(version));

	return error ? error : writer_put(writer, &kind_run, &run);
}

static int write_all(const struct guest *guest, FILE *out)
{
	struct writer writer = { .out = out };
	struct made made = { 0 };
	char records[PATH_MAX];
	int error = make(guest, &made);

	if (!error)
		error = put_run(guest, &made, &writer);
	made_free(&made);
	guest_path(guest, "records", records);
	return error ? error : guest_copy_into(records, out);
}

int run_record_write(const struct guest *guest)
{
	char part[PATH_MAX];
	FILE *out;
	int error;

	snprintf(part, sizeof(part), "%s.part", guest->records);
	out = fopen(part, "we");
	if (!out)
		return -errno;
	error = write_all(guest, out);
	if (fclose(out) && !error)
		error = -errno;
	if (!error && rename(part, guest->records))
		error = -errno;
	if (error)
		unlink(part);
	return error;
}
