// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/facts.h"
#include "report/labels.h"

/* Hex digits of a hash that are enough to tell two builds apart. */
#define HASH_SHOWN 12
#define INDENT	   13

/* "  Seeds      1, 2, 3" with the value built by the caller; frees it. */
static void add_fact(struct text *text, size_t width, const char *name, struct text *value)
{
	char first[INDENT + 1];

	if (text_error(value))
		text->err = text_error(value);
	snprintf(first, sizeof(first), "  %-*.*s", INDENT - 2, INDENT - 3, name);
	if (value->length)
		text_wrap(text, width, first, INDENT, value->data);
	text_free(value);
}

static void add_hash(struct text *value, const char *what, const char *hash)
{
	/* some tools write the name of the algorithm in front */
	const char *digits = strchr(hash, ':');

	if (*hash)
		text_add(value, "%s%s %.*s", value->length ? ", " : "", what, HASH_SHOWN,
			 digits ? digits + 1 : hash);
}

static void add_kernel(struct text *text, size_t width, const struct side *side, const char *name)
{
	const struct side_boot *boot = &side->boots[0];
	struct text value = { 0 };

	text_add(&value, "%s, %s%s", boot->machine.kernel, boot->run.source,
		 boot->run.n_patches ? "" : ", no patches");
	add_fact(text, width, name, &value);
	for (size_t i = 0; i < boot->run.n_patches; i++) {
		const char *file = strrchr(boot->run.patches[i].file, '/');

		text_add(&value, "%s", file ? file + 1 : boot->run.patches[i].file);
		add_hash(&value, "sha256", boot->run.patches[i].sha256);
		add_fact(text, width, "", &value);
	}
	add_hash(&value, "image", boot->run.image_sha256);
	add_hash(&value, "build id", boot->machine.kernel_build_id);
	add_fact(text, width, "", &value);
}

static void add_build(struct text *text, size_t width, const struct side_run *run, const char *name)
{
	struct text value = { 0 };

	add_hash(&value, "config", run->config_sha256);
	add_hash(&value, "initramfs", run->initramfs_sha256);
	if (*run->compiler)
		text_add(&value, "%s%s", value.length ? ", " : "", run->compiler);
	add_fact(text, width, name, &value);
}

/* Mostly the same for both sides, and then said once. */
static void add_builds(struct text *text, size_t width, const struct comparison *c)
{
	const struct side_run *base = &c->base->boots[0].run, *new = &c->new->boots[0].run;

	if (!strcmp(base->config_sha256, new->config_sha256) &&
	    !strcmp(base->initramfs_sha256, new->initramfs_sha256) &&
	    !strcmp(base->compiler, new->compiler)) {
		add_build(text, width, new, "Built with");
		return;
	}
	add_build(text, width, base, label_sides(c).base);
	add_build(text, width, new, label_sides(c).new);
}

static void add_machine(struct text *text, size_t width, const struct side_boot *boot)
{
	const struct side_machine *m = &boot->machine;
	struct text value = { 0 };

	text_add(&value, "%s", *m->cpu ? m->cpu : "CPU not known");
	if (m->cpus)
		text_add(&value, ", %lld CPU%s", (long long)m->cpus, m->cpus == 1 ? "" : "s");
	if (m->memory_bytes)
		text_add(&value, ", %lld MiB", (long long)(m->memory_bytes / 1048576));
	if (*boot->run.qemu)
		text_add(&value, ", guest of %s", boot->run.qemu);
	add_fact(text, width, "Machine", &value);
	text_add(&value, "%s", m->clock_source);
	if (!isnan(m->clock_overhead))
		text_add(&value,
			 ", an empty pair of reads takes %.6g %s and is contained in "
			 "every figure",
			 m->clock_overhead, m->clock_unit);
	add_fact(text, width, "Clock", &value);
	text_add(&value, "daxmark-run %.*s", HASH_SHOWN, m->runner);
	if (*m->pmem)
		text_add(&value, ", %s", m->pmem);
	add_fact(text, width, "Runner", &value);
}

static void add_seeds(struct text *text, size_t width, const struct comparison *c)
{
	struct text value = { 0 };

	for (size_t i = 0; i < c->base->n_boots; i++)
		text_add(&value, "%s%lld", i ? ", " : "", (long long)c->base->boots[i].run.seed);
	text_add(&value,
		 ": one boot a seed and side. A spread is that of a side over them. A "
		 "change of at most %g%% is none.",
		 c->floor_pct);
	add_fact(text, width, "Seeds", &value);
}

/* "DAX mounted rw,dax (statx ...)": how one target was had. */
static void add_mount(struct text *value, const struct side_target *target, const char *side)
{
	char name[LABEL_SIZE];

	text_add(value, "; %s%s%s", label_target(target->fs, target->access, name),
		 *side ? ", " : "", side);
	if (*target->mount)
		text_add(value, " mounted %s", target->mount);
	if (*target->proof)
		text_add(value, " (%s)", target->proof);
}

/* mkfs is the same for all accesses of a file system, so it is said once. */
static void add_file_system(struct text *text, size_t width, const struct comparison *c,
			    size_t first)
{
	const struct side_boot *base = &c->base->boots[0], *new = &c->new->boots[0];
	struct side_labels sides = label_sides(c);
	const char *mkfs = new->targets[first].mkfs;
	struct text value = { 0 };

	text_add(&value, "%s", *mkfs ? mkfs : new->targets[first].fs);
	for (size_t i = first; i < new->n_targets; i++) {
		const struct side_target *target = &new->targets[i];
		const struct side_target *other =
			side_find_target(base, target->fs, target->access);
		bool same = other && !strcmp(target->mount, other->mount) &&
			    !strcmp(target->proof, other->proof);

		if (strcmp(target->mkfs, mkfs) != 0)
			continue;
		if (other && !same && !*other->skip)
			add_mount(&value, other, sides.base);
		if (!*target->skip)
			add_mount(&value, target, same ? "" : sides.new);
	}
	if (value.data)
		text_wrap(text, width, "  ", 4, value.data);
	if (text_error(&value))
		text->err = text_error(&value);
	text_free(&value);
}

static void add_targets(struct text *text, size_t width, const struct comparison *c)
{
	const struct side_boot *new = &c->new->boots[0];

	for (size_t i = 0; i < new->n_targets; i++) {
		bool said = false;

		for (size_t k = 0; k < i; k++)
			said = said || !strcmp(new->targets[k].mkfs, new->targets[i].mkfs);
		if (!said)
			add_file_system(text, width, c, i);
	}
}

static void add_meaning(struct text *text, size_t width, const struct comparison *c)
{
	const char *words = "";

	if (c->base->mode == SIDE_COUNT)
		words = "Figures are medians of single operations in guest instructions: the "
			"length of the path, counted exactly by QEMU. They know nothing of "
			"caches, TLBs or the latency of memory, and are not time.";
	else if (c->base->mode == SIDE_TIME)
		words = "Figures are medians of single operations in nanoseconds. The boot is "
			"the unit of sampling: below 5 pairs of boots there is no verdict.";
	else
		words = "The guest was emulated without counting instructions: only the checks "
			"are results.";
	text_wrap(text, width, "  ", 2, words);
}

static void add_commands(struct text *text, size_t width, const struct comparison *c)
{
	const struct side_boot *boot = &c->new->boots[0];
	const char *base = strrchr(c->base->path, '/'), *new = strrchr(c->new->path, '/');
	struct text line = { 0 };

	if (*boot->run.command) {
		text_add(text, "\n  %s, seed %lld, was run as\n\n", label_sides(c).new,
			 (long long)boot->run.seed);
		text_wrap_command(text, width, 4, boot->run.command);
	}
	text_add(text, "\n  To reproduce, with the plan whose sha256 begins with %.*s:\n\n",
		 HASH_SHOWN, boot->run.plan_sha256);
	text_add(text, "    make bench CONFIG=plan.ini\n");
	text_add(&line, "daxmark compare --format lkml %s %s", base ? base + 1 : c->base->path,
		 new ? new + 1 : c->new->path);
	text_wrap_command(text, width, 4, line.data ? line.data : "");
	text_free(&line);
}

void report_facts(struct text *text, size_t width, const struct comparison *c)
{
	struct side_labels sides = label_sides(c);

	text_add(text, "How it was measured\n\n");
	add_kernel(text, width, c->base, sides.base);
	add_kernel(text, width, c->new, sides.new);
	add_builds(text, width, c);
	add_machine(text, width, &c->new->boots[0]);
	add_seeds(text, width, c);
	text_add(text, "\n");
	add_targets(text, width, c);
	text_add(text, "\n");
	add_meaning(text, width, c);
	add_commands(text, width, c);
}
