// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>

#include "report/facts.h"
#include "report/json_side.h"

json_t *json_number(double value)
{
	if (!isfinite(value))
		return json_null();
	if (value == floor(value) && fabs(value) < 9e15)
		return json_integer((json_int_t)value);
	return json_real(value);
}

json_t *json_count(int64_t value, int64_t least)
{
	return value < least ? json_null() : json_integer((json_int_t)value);
}

json_t *json_name(const char *name)
{
	return *name ? json_string(name) : json_null();
}

static json_t *hash(const char *recorded)
{
	return json_name(facts_hash(recorded));
}

/* Of what object() makes of each; NULL when one of them is. */
static json_t *array_of(json_t *(*object)(const void *list, size_t i), const void *list, size_t n)
{
	json_t *array = json_array();
	int err = !array;

	for (size_t i = 0; i < n; i++)
		err |= json_array_append_new(array, object(list, i));
	if (err) {
		json_decref(array);
		return NULL;
	}
	return array;
}

static json_t *patch_object(const void *list, size_t i)
{
	const struct side_patch *patch = (const struct side_patch *)list + i;

	return json_pack("{s:s, s:o}", "file", patch->file, "sha256", hash(patch->sha256));
}

/* Which boot it was; in count mode the seed says all. */
static json_t *boot_object(const void *list, size_t i)
{
	const struct side_run *run = &((const struct side_boot *)list + i)->run;

	return json_pack("{s:I, s:o, s:o, s:o, s:o}", "seed", (json_int_t)run->seed, "session",
			 json_name(run->session), "position", json_count(run->position, 1), "pair",
			 json_count(run->pair, 1), "order_seed", json_count(run->order_seed, 1));
}

static json_t *dax_value(enum dax_state dax)
{
	return dax == DAX_UNKNOWN ? json_null() : json_boolean(dax == DAX_YES);
}

static json_t *target_object(const void *list, size_t i)
{
	const struct side_target *t = (const struct side_target *)list + i;

	return json_pack("{s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "fs", t->fs, "access",
			 t->access, "device", json_name(t->device), "size_bytes",
			 json_count(t->size_bytes, 1), "mkfs", json_name(t->mkfs), "mount",
			 json_name(t->mount), "dax", dax_value(t->dax), "proof",
			 json_name(t->proof), "skip", json_name(t->skip));
}

static json_t *machine_object(const struct side_machine *m)
{
	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "cpu",
			 json_name(m->cpu), "cpus", json_count(m->cpus, 1), "nodes",
			 json_count(m->nodes, 1), "memory_bytes", json_count(m->memory_bytes, 1),
			 "page_bytes", json_count(m->page_bytes, 1), "topology",
			 json_name(m->topology), "clock", json_name(m->clock_source), "clock_unit",
			 json_name(m->clock_unit), "clock_overhead", json_number(m->clock_overhead),
			 "pmem", json_name(m->pmem));
}

json_t *json_side(const struct side *side)
{
	const struct side_boot *boot = &side->boots[0];
	const struct side_run *run = &boot->run;

	return json_pack("{s:s, s:s, s:o, s:o, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:s, "
			 "s:o, s:o, s:o}",
			 "label", side->label, "kernel", boot->machine.kernel, "kernel_version",
			 json_name(boot->machine.kernel_version), "kernel_build_id",
			 json_name(boot->machine.kernel_build_id), "source", run->source, "patches",
			 array_of(patch_object, run->patches, run->n_patches), "image_sha256",
			 hash(run->image_sha256), "config_sha256", hash(run->config_sha256),
			 "initramfs_sha256", hash(run->initramfs_sha256), "compiler",
			 json_name(run->compiler), "qemu", json_name(run->qemu), "command",
			 json_name(run->command), "plan_sha256", hash(run->plan_sha256), "runner",
			 boot->machine.runner, "machine", machine_object(&boot->machine), "boots",
			 array_of(boot_object, side->boots, side->n_boots), "targets",
			 array_of(target_object, boot->targets, boot->n_targets));
}
