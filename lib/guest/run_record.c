// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/run.h"
#include "guest/qemu_command.h"
#include "guest/run_record.h"
#include "record/writer.h"

/* Adds a field unless it is not there. */
static int add_text(json_t *run, const char *key, const char *value)
{
	return value && *value ? json_object_set_new(run, key, json_string(value)) : 0;
}

static int add_number(json_t *run, const char *key, uint64_t value)
{
	return value ? json_object_set_new(run, key, json_integer((json_int_t)value)) : 0;
}

static int add_digest(json_t *run, const char *key, const char *path)
{
	char *digest = path ? image_digest(path) : NULL;
	int error = add_text(run, key, digest);

	free(digest);
	return error;
}

static int add_boot(json_t *run, const struct guest *guest)
{
	const struct pinning *pinning = &guest->pinning;
	int error = 0;

	if (guest->mode == PLAN_TIME)
		error = add_text(run, "session", guest->session) ||
			add_number(run, "position", guest->position);
	error = error || add_number(run, "pair", guest->pair) ||
		add_number(run, "order_seed", guest->order_seed);
	if (!error && pinning->wanted)
		error = json_object_set_new(run, "pinned", json_pack("[i]", pinning->own)) ||
			add_text(run, "pinned_others", pinning->others);
	return error;
}

static json_t *patches_of(const struct guest *guest)
{
	json_t *patches = json_array();

	for (size_t i = 0; i < guest->patches; i++)
		if (json_array_append_new(patches,
					  json_pack("{s:s, s:s}", "file", guest->patch[i], "sha256",
						    guest->image.patch_sha256[i])))
			break;
	return patches;
}

static int add_versions(json_t *run, const struct guest *guest)
{
	const char *const ask[] = { guest->qemu, "--version", NULL };
	char version[4096], *command = qemu_shown(guest, "qemu-system-x86_64", true);
	int error = command ? 0 : -1;

	if (!error && command_run(ask, NULL, version, sizeof(version)) < 0)
		error = -1;
	version[strcspn(version, "\n")] = '\0';
	error = error || add_text(run, "compiler", guest->image.compiler) ||
		add_text(run, "lacking", guest->image.lacking) || add_text(run, "qemu", version) ||
		add_digest(run, "plan_sha256", guest->plan) || add_text(run, "command", command);
	free(command);
	return error;
}

/* NULL when memory has run out. */
static json_t *run_record(const struct guest *guest)
{
	json_t *run = json_pack("{s:s, s:s, s:s, s:s, s:I}", "kind", "run", "label", guest->label,
				"source", guest->source, "mode", plan_mode_name(guest->mode),
				"seed", (json_int_t)guest->seed);

	if (add_text(run, "subject", guest->subject) || add_boot(run, guest) ||
	    json_object_set_new(run, "patches", patches_of(guest)) ||
	    add_digest(run, "image_sha256", guest->image.bzimage) ||
	    add_digest(run, "config_sha256", guest->image.config) ||
	    add_digest(run, "initramfs_sha256", guest->initramfs) || add_versions(run, guest)) {
		json_decref(run);
		return NULL;
	}
	return run;
}

static int write_all(const struct guest *guest, FILE *out)
{
	struct writer writer = { .out = out };
	int error = writer_put(&writer, run_record(guest));
	char records[PATH_MAX];

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
