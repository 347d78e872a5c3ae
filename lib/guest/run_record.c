// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>

#include "base/output.h"
#include "guest/guest.h"
#include "record/writer.h"

static int put_run(const struct guest *guest, struct writer *writer)
{
	const struct image *image = &guest->image;
	const struct pinning *pinning = &guest->pinning;
	const bool timed = guest->mode == PLAN_TIME;
	const int64_t own = pinning->own;
	const struct side_run run = {
		.label = guest->label,
		.source = guest->source,
		.mode = (enum side_mode)guest->mode,
		.seed = (int64_t)guest->seed,
		.subject = guest->subject,
		.session = timed ? guest->session : NULL,
		.position = timed ? (int64_t)guest->position : 0,
		.pair = (int64_t)guest->pair,
		.order_seed = (int64_t)guest->order_seed,
		.pinned = &own,
		.n_pinned = pinning->wanted ? GUEST_PROCESSORS : 0,
		.pinned_others = pinning->wanted ? pinning->others : NULL,
		.patches = image->patches,
		.n_patches = image->n_patches,
		.image_sha256 = guest_digest(image->bzimage),
		.config_sha256 = guest_digest(image->config),
		.initramfs_sha256 = guest_digest(guest->initramfs),
		.compiler = image->compiler,
		.lacking = image->lacking,
		.qemu = qemu_version(guest),
		.plan_sha256 = guest->plan_path ? guest_digest(guest->plan_path) : NULL,
		.command = qemu_shown(guest, "qemu-system-x86_64", true),
	};

	return writer_put(writer, &kind_run, &run);
}

void run_record_write(const struct guest *guest)
{
	struct text text = { .data = NULL };
	struct writer writer = { .out = open_memstream(&text.data, &text.length) };
	int error;

	if (!writer.out)
		guest_die(STATUS_ENVIRONMENT, "out of memory");
	error = put_run(guest, &writer);
	if (!error)
		error = guest_copy(guest_path(guest, "records"), writer.out, false);
	if (fclose(writer.out) || error)
		guest_die(STATUS_ENVIRONMENT, "%s: the records cannot be put together",
			  guest->records);
	if (output_write(guest->records, &text))
		guest_end(STATUS_ENVIRONMENT);
	text_free(&text);
}
