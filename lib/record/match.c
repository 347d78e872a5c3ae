// SPDX-License-Identifier: GPL-2.0-or-later
/* Which boots may be of one side, and which two sides may stand beside each other. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "record/parse.h"
#include "record/reader.h"

/* What must be the same in all boots of a side. */
struct trait {
	const char *name;
	const char *text;
	const char *first;
};

static int same_traits(struct reading *r, const struct trait *traits, size_t n)
{
	const char *path = r->side->boots[0].path;

	for (size_t i = 0; i < n; i++) {
		if (!strcmp(traits[i].text, traits[i].first))
			continue;
		if (!strcmp(path, r->path))
			return refuse(r, "%s \"%.64s\" in a file that began with %s \"%.64s\"",
				      traits[i].name, traits[i].text, traits[i].name,
				      traits[i].first);
		return refuse(r, "%s \"%.64s\" on a side that began with %s \"%.64s\", in %.256s",
			      traits[i].name, traits[i].text, traits[i].name, traits[i].first,
			      path);
	}
	return 0;
}

static int refuse_twin(struct reading *r, const struct side_run *run, const struct side_boot *twin)
{
	const char *in = strcmp(twin->path, r->path) != 0 ? twin->path : "this file";

	if (!*run->session)
		return refuse(r, "seed %lld already has a boot, on line %zu of %.256s",
			      (long long)run->seed, twin->line, in);
	return refuse(r, "boot %lld of session %.40s is already on line %zu of %.256s",
		      (long long)run->position, run->session, twin->line, in);
}

int match_run(struct reading *r, const struct side_run *run)
{
	const struct side_run *first = &r->side->boots[0].run;
	const struct side_boot *twin;
	int err = same_traits(
		r,
		(const struct trait[]){
			{ "label", run->label, first->label },
			{ "mode", side_mode_name(run->mode), side_mode_name(first->mode) },
			{ "plan", run->plan_sha256, first->plan_sha256 },
			{ "image", run->image_sha256, first->image_sha256 },
		},
		4);

	if (err)
		return err;
	twin = side_find_run(r->side, run);
	return twin ? refuse_twin(r, run, twin) : 0;
}

int match_machine(struct reading *r, const struct side_machine *machine)
{
	const struct side_machine *first = &r->side->boots[0].machine;

	return same_traits(
		r,
		(const struct trait[]){
			{ "runner", machine->runner, first->runner },
			{ "kernel", machine->kernel, first->kernel },
			{ "kernel version", machine->kernel_version, first->kernel_version },
			{ "kernel build", machine->kernel_build_id, first->kernel_build_id },
			{ "processor", machine->cpu, first->cpu },
		},
		5);
}

struct value {
	const struct side *side;
	size_t line;
	const char *text;
};

static int match(const char *what, struct value base, struct value other, char *error, size_t size)
{
	if (!strcmp(base.text, other.text))
		return 0;
	snprintf(error, size, "%s:%zu and %s:%zu differ in %s: %.64s and %.64s",
		 base.side->boots[0].path, base.line, other.side->boots[0].path, other.line, what,
		 base.text, other.text);
	return -EINVAL;
}

/* No file twice, and no timed boot: of those every one is another. */
static int nothing_twice(const struct side *base, const struct side *other, char *error,
			 size_t size)
{
	for (size_t i = 0; i < other->n_files; i++) {
		const struct side_file *file = &other->files[i];
		const struct side_file *same = side_find_file(base, file->dev, file->ino);

		if (!same)
			continue;
		snprintf(error, size, "%s and %s are the same file", same->path, file->path);
		return -EINVAL;
	}
	for (size_t i = 0; i < other->n_boots; i++) {
		const struct side_boot *boot = &other->boots[i];
		const struct side_boot *twin =
			*boot->run.session ? side_find_run(base, &boot->run) : NULL;

		if (!twin)
			continue;
		snprintf(error, size, "%s:%zu and %s:%zu are the same boot: %lld of session %.40s",
			 twin->path, twin->line, boot->path, boot->line,
			 (long long)boot->run.position, boot->run.session);
		return -EINVAL;
	}
	return 0;
}

int side_match(const struct side *base, const struct side *other, char *error, size_t size)
{
	const struct side_boot *a = &base->boots[0], *b = &other->boots[0];
	int err = nothing_twice(base, other, error, size);

	if (!err)
		err = match("mode", (struct value){ base, a->line, side_mode_name(base->mode) },
			    (struct value){ other, b->line, side_mode_name(other->mode) }, error,
			    size);
	if (!err)
		err = match("plan (plan_sha256)",
			    (struct value){ base, a->line, a->run.plan_sha256 },
			    (struct value){ other, b->line, b->run.plan_sha256 }, error, size);
	if (!err)
		err = match(
			"runner build", (struct value){ base, a->machine.line, a->machine.runner },
			(struct value){ other, b->machine.line, b->machine.runner }, error, size);
	if (!err && base->mode == SIDE_TIME)
		err = match("processor", (struct value){ base, a->machine.line, a->machine.cpu },
			    (struct value){ other, b->machine.line, b->machine.cpu }, error, size);
	return err;
}
