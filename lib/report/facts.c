// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/facts.h"
#include "report/groups.h"
#include "report/labels.h"

#define INDENT 13

void facts_add(struct text *text, size_t width, const char *name, struct text *value)
{
	char first[INDENT + 1];

	if (text_error(value))
		text->err = text_error(value);
	snprintf(first, sizeof(first), "  %-*.*s", INDENT - 2, INDENT - 3, name);
	if (value->length)
		text_wrap(text, width, first, INDENT, value->data);
	text_free(value);
}

const char *facts_hash(const char *hash)
{
	const char *colon = strchr(hash, ':');

	return colon ? colon + 1 : hash;
}

static void add_hash(struct text *value, const char *what, const char *hash)
{
	if (*hash)
		text_add(value, "%s%s %.*s", value->length ? ", " : "", what, FACTS_HASH,
			 facts_hash(hash));
}

void facts_patch(struct text *value, const struct side_patch *patch)
{
	const char *file = strrchr(patch->file, '/');

	text_add(value, "%s", file ? file + 1 : patch->file);
	add_hash(value, "sha256", patch->sha256);
}

void facts_image(struct text *text, size_t width, const struct side_boot *boot)
{
	struct text value = { 0 };

	add_hash(&value, "image", boot->run.image_sha256);
	add_hash(&value, "build id", boot->machine.kernel_build_id);
	facts_add(text, width, "", &value);
}

void facts_kernel(struct text *text, size_t width, const struct side *side, const char *name)
{
	const struct side_boot *boot = &side->boots[0];
	struct text value = { 0 };

	text_add(&value, "%s, %s%s", boot->machine.kernel, boot->run.source,
		 boot->run.n_patches ? "" : ", no patches");
	facts_add(text, width, name, &value);
	for (size_t i = 0; i < boot->run.n_patches; i++) {
		facts_patch(&value, &boot->run.patches[i]);
		facts_add(text, width, "", &value);
	}
	facts_image(text, width, boot);
}

void facts_build(struct text *text, size_t width, const struct side_run *run, const char *name)
{
	struct text value = { 0 };

	add_hash(&value, "config", run->config_sha256);
	add_hash(&value, "initramfs", run->initramfs_sha256);
	if (*run->compiler)
		text_add(&value, "%s%s", value.length ? ", " : "", run->compiler);
	facts_add(text, width, name, &value);
}

bool facts_same_build(const struct side_run *a, const struct side_run *b)
{
	return !strcmp(a->config_sha256, b->config_sha256) &&
	       !strcmp(a->initramfs_sha256, b->initramfs_sha256) &&
	       !strcmp(a->compiler, b->compiler);
}

/* Mostly the same for both sides, and then said once. */
static void add_builds(struct text *text, size_t width, const struct comparison *c)
{
	const struct side_run *base = &c->base->boots[0].run, *new = &c->new->boots[0].run;

	if (facts_same_build(base, new)) {
		facts_build(text, width, new, "Built with");
		return;
	}
	facts_build(text, width, base, label_sides(c).base);
	facts_build(text, width, new, label_sides(c).new);
}

/* "7.2.22 (...)" of "QEMU emulator version 7.2.22 (...)", as it is else. */
static const char *qemu_version(const char *qemu)
{
	static const char words[] = "QEMU emulator version ";

	return strncmp(qemu, words, strlen(words)) != 0 ? qemu : qemu + strlen(words);
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
		text_add(&value, ", guest of QEMU %s", qemu_version(boot->run.qemu));
	facts_add(text, width, "Machine", &value);
	text_add(&value, "%s", m->clock_source);
	if (!isnan(m->clock_overhead))
		text_add(&value, "; its own cost, %.6g %s, is in every figure", m->clock_overhead,
			 m->clock_unit);
	facts_add(text, width, "Clock", &value);
	text_add(&value, "build %.*s", FACTS_HASH, m->runner);
	if (*m->pmem)
		text_add(&value, ", %s", m->pmem);
	facts_add(text, width, "Runner", &value);
}

void facts_meaning(struct text *text, size_t width, const struct comparison *c)
{
	const char *what =
		has_one_side(c) ? "Median, p99 and mean are of" : "Figures are medians of";
	struct text words = { 0 };

	if (c->base->mode == SIDE_COUNT)
		text_add(&words,
			 "%s single operations in guest instructions: the length of the path, "
			 "counted exactly by QEMU. They know nothing of caches, TLBs or the "
			 "latency of memory, and are not time.",
			 what);
	else if (c->base->mode == SIDE_TIME)
		text_add(&words, "%s single operations in %s.%s", what,
			 has_one_side(c) ? "time" : "nanoseconds",
			 has_one_side(c) ? " Bytes a second are the bytes of an operation over "
					   "its mean, in decimal units."
					 : " The boot is the unit of sampling: below 5 pairs of "
					   "boots there is no verdict.");
	else
		text_add(&words, "The guest was emulated without counting instructions: only the "
				 "checks are results.");
	if (!has_one_side(c) && group_has_mean(c, 0, c->n_metrics))
		text_add(&words,
			 " Where a cost says mean, its figures are means over all operations, on "
			 "every side: one page fault brings in the pages of several operations, "
			 "or operations are of two kinds, so that a median is of one kind alone.");
	text_wrap_built(text, width, "  ", 2, &words);
}

void facts_conditions(struct text *text, size_t width, const struct comparison *c)
{
	add_machine(text, width, &c->new->boots[0]);
	/* two sides are mostly guests of one node, where there is nothing to say */
	if (has_one_side(c) || c->new->boots[0].machine.nodes > 1)
		facts_places(text, width, &c->new->boots[0]);
	facts_runs(text, width, c);
	facts_targets(text, width, c);
}

void report_facts(struct text *text, size_t width, const struct comparison *c)
{
	struct side_labels sides = label_sides(c);

	text_add(text, "How it was measured\n");
	if (has_one_side(c)) {
		facts_kernel(text, width, c->new, "Kernel");
	} else {
		facts_kernel(text, width, c->base, sides.base);
		facts_kernel(text, width, c->new, sides.new);
	}
	add_builds(text, width, c);
	facts_conditions(text, width, c);
	facts_meaning(text, width, c);
	facts_commands(text, width, c);
}
