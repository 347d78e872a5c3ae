// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>
#include <string.h>

#include "record/parse.h"

static const char *const modes[] = { "count", "time", "emulated", NULL };

static int parse_patches(struct reading *r, const json_t *record, struct side_run *run)
{
	const json_t *array = json_object_get(record, "patches");
	size_t n;
	int err = 0;

	if (!array || json_is_null(array))
		return 0;
	if (!json_is_array(array))
		return refuse(r, "\"patches\" is not an array");
	n = json_array_size(array);
	if (!n)
		return 0;
	run->patches = side_alloc(r->side, n * sizeof(*run->patches));
	if (!run->patches)
		return refuse_memory(r);
	for (size_t i = 0; i < n && !err; i++) {
		const json_t *patch = json_array_get(array, i);

		if (!json_is_object(patch))
			return refuse(r, "\"patches\" holds something that is not an object");
		run->patches[i].file = run->patches[i].sha256 = "";
		err = field_string(r, patch, "file", REQUIRED, &run->patches[i].file);
		if (!err)
			err = field_string(r, patch, "sha256", REQUIRED, &run->patches[i].sha256);
	}
	run->n_patches = n;
	return err;
}

int parse_run(struct reading *r, const json_t *record, struct side_run *run)
{
	const struct string_field strings[] = {
		{ "label", REQUIRED, &run->label },
		{ "source", REQUIRED, &run->source },
		{ "subject", OPTIONAL, &run->subject },
		{ "session", OPTIONAL, &run->session },
		{ "image_sha256", OPTIONAL, &run->image_sha256 },
		{ "config_sha256", OPTIONAL, &run->config_sha256 },
		{ "initramfs_sha256", OPTIONAL, &run->initramfs_sha256 },
		{ "compiler", OPTIONAL, &run->compiler },
		{ "lacking", OPTIONAL, &run->lacking },
		{ "qemu", OPTIONAL, &run->qemu },
		{ "command", OPTIONAL, &run->command },
		{ "plan_sha256", REQUIRED, &run->plan_sha256 },
	};
	int mode = 0;
	int err = field_strings(r, record, strings, COUNT_OF(strings));

	if (!err)
		err = field_choice(r, record, "mode", modes, &mode);
	run->mode = (enum side_mode)mode;
	if (!err)
		err = field_integer(r, record, "seed", REQUIRED, 0, &run->seed);
	if (!err)
		err = field_integer(r, record, "position", *run->session ? REQUIRED : OPTIONAL, 1,
				    &run->position);
	if (!err)
		err = field_integer(r, record, "pair", OPTIONAL, 1, &run->pair);
	if (!err)
		err = field_integer(r, record, "order_seed", OPTIONAL, 1, &run->order_seed);
	if (!err)
		err = parse_patches(r, record, run);
	if (!err && !*run->label)
		return refuse(r, "\"label\" is empty");
	return err;
}

static int parse_clock(struct reading *r, const json_t *record, struct side_machine *machine)
{
	const json_t *clock = json_object_get(record, "clock");
	const struct string_field strings[] = {
		{ "source", REQUIRED, &machine->clock_source },
		{ "unit", REQUIRED, &machine->clock_unit },
	};
	int err;

	machine->clock_overhead = machine->clock_ticks = NAN;
	machine->clock_source = machine->clock_unit = "";
	if (!json_is_object(clock))
		return refuse(r, "\"clock\" is missing or not an object");
	err = field_strings(r, clock, strings, COUNT_OF(strings));
	if (!err)
		err = field_number(r, clock, "overhead", OPTIONAL, &machine->clock_overhead);
	if (!err)
		err = field_number(r, clock, "ticks_per_unit", OPTIONAL, &machine->clock_ticks);
	return err;
}

int parse_machine(struct reading *r, const json_t *record, const struct side_run *run,
		  struct side_machine *machine)
{
	const struct string_field strings[] = {
		{ "kernel", REQUIRED, &machine->kernel },
		{ "kernel_version", OPTIONAL, &machine->kernel_version },
		{ "kernel_build_id", OPTIONAL, &machine->kernel_build_id },
		{ "cmdline", OPTIONAL, &machine->cmdline },
		{ "cpu", OPTIONAL, &machine->cpu },
		{ "topology", OPTIONAL, &machine->topology },
		{ "runner", REQUIRED, &machine->runner },
		{ "pmem", OPTIONAL, &machine->pmem },
		{ "device", OPTIONAL, &machine->device },
	};
	int64_t format = 0, seed = 0;
	int mode = 0;
	int err = field_strings(r, record, strings, COUNT_OF(strings));

	if (!err)
		err = field_integer(r, record, "format", REQUIRED, 1, &format);
	if (!err && format != 1)
		return refuse(r, "\"format\" is %lld; this daxmark reads format 1",
			      (long long)format);
	if (!err)
		err = field_choice(r, record, "mode", modes, &mode);
	if (!err)
		err = field_integer(r, record, "seed", REQUIRED, 0, &seed);
	machine->bound_to = -1;
	if (!err)
		err = field_integer(r, record, "bound_to", OPTIONAL, -1, &machine->bound_to);
	if (!err)
		err = field_integer(r, record, "cpus", OPTIONAL, 1, &machine->cpus);
	if (!err)
		err = field_integer(r, record, "nodes", OPTIONAL, 0, &machine->nodes);
	if (!err)
		err = field_integer(r, record, "memory_bytes", OPTIONAL, 1, &machine->memory_bytes);
	if (!err)
		err = field_integer(r, record, "page_bytes", OPTIONAL, 1, &machine->page_bytes);
	if (!err)
		err = parse_clock(r, record, machine);
	if (err)
		return err;
	if ((enum side_mode)mode != run->mode)
		return refuse(r, "the runner saw mode %s, the run record says %s", modes[mode],
			      modes[run->mode]);
	if (seed != run->seed)
		return refuse(r, "the runner saw seed %lld, the run record says %lld",
			      (long long)seed, (long long)run->seed);
	return 0;
}

int parse_target(struct reading *r, const json_t *record, struct side_boot *boot)
{
	struct side_target target = {
		.line = r->line, .node = -1, .bound_to = -1, .bound_node = -1, .memory_node = -1
	};
	const struct string_field strings[] = {
		{ "fs", REQUIRED, &target.fs },
		{ "access", REQUIRED, &target.access },
		{ "device", OPTIONAL, &target.device },
		{ "mkfs", OPTIONAL, &target.mkfs },
		{ "mount", OPTIONAL, &target.mount },
		{ "proof", OPTIONAL, &target.proof },
		{ "skip", OPTIONAL, &target.skip },
		{ "node_from", OPTIONAL, &target.node_from },
	};
	const struct side_target *other;
	void *room;
	const json_t *dax;
	int err = field_strings(r, record, strings, COUNT_OF(strings));

	if (!err)
		err = field_integer(r, record, "size_bytes", OPTIONAL, 0, &target.size_bytes);
	if (!err)
		err = field_integer(r, record, "node", OPTIONAL, 0, &target.node);
	if (!err)
		err = field_integer(r, record, "bound_to", OPTIONAL, 0, &target.bound_to);
	if (!err)
		err = field_integer(r, record, "bound_node", OPTIONAL, 0, &target.bound_node);
	if (!err)
		err = field_integer(r, record, "memory_node", OPTIONAL, 0, &target.memory_node);
	if (err)
		return err;
	dax = json_object_get(record, "dax");
	if (dax && !json_is_boolean(dax) && !json_is_null(dax))
		return refuse(r, "\"dax\" is not true, false or null");
	target.dax = json_is_true(dax) ? DAX_YES : json_is_false(dax) ? DAX_NO : DAX_UNKNOWN;
	other = side_find_target(boot, target.fs, target.access);
	if (other)
		return refuse(r, "target %.40s/%.40s is already on line %zu", target.fs,
			      target.access, other->line);
	room = grow_array(r, boot->targets, boot->n_targets, sizeof(target), &err);
	if (err)
		return err;
	boot->targets = room;
	boot->targets[boot->n_targets++] = target;
	return 0;
}
