// SPDX-License-Identifier: GPL-2.0-or-later
/* The kernels of the sides, and what built them. */
#include <stdio.h>
#include <string.h>

#include "report/columns.h"
#include "report/facts.h"

static void add_hash(struct text *value, const char *what, const char *hash)
{
	if (*hash)
		text_add(value, "%s%s %.*s", value->length ? ", " : "", what, FACTS_HASH,
			 facts_hash(hash));
}

static void add_patch(struct text *value, const struct side_patch *patch)
{
	text_add(value, "%s", basename(patch->file));
	add_hash(value, "sha256", patch->sha256);
}

static void add_image(struct text *text, size_t width, const struct side_boot *boot)
{
	struct text value = { 0 };

	add_hash(&value, "image", boot->run.image_sha256);
	add_hash(&value, "build id", boot->machine.kernel_build_id);
	facts_add(text, width, "", &value);
}

static void add_whole_kernel(struct text *text, size_t width, const struct side *side,
			     const char *name)
{
	const struct side_boot *boot = &side->boots[0];
	struct text value = { 0 };

	text_add(&value, "%s, %s%s", boot->machine.kernel, boot->run.source,
		 boot->run.n_patches ? "" : ", no patches");
	facts_add(text, width, name, &value);
	for (size_t i = 0; i < boot->run.n_patches; i++) {
		add_patch(&value, &boot->run.patches[i]);
		facts_add(text, width, "", &value);
	}
	add_image(text, width, boot);
}

static void add_build(struct text *text, size_t width, const struct side_run *run, const char *name)
{
	struct text value = { 0 };

	add_hash(&value, "config", run->config_sha256);
	add_hash(&value, "initramfs", run->initramfs_sha256);
	if (*run->compiler)
		text_add(&value, "%s%s", value.length ? ", " : "", run->compiler);
	facts_add(text, width, name, &value);
}

static bool same_build(const struct side_run *a, const struct side_run *b)
{
	return !strcmp(a->config_sha256, b->config_sha256) &&
	       !strcmp(a->initramfs_sha256, b->initramfs_sha256) &&
	       !strcmp(a->compiler, b->compiler);
}

static const struct side_run *run_of(const struct side *side)
{
	return &side->boots[0].run;
}

static bool has_patch(const struct side_run *run, const struct side_patch *patch)
{
	for (size_t i = 0; i < run->n_patches; i++)
		if (!strcmp(run->patches[i].sha256, patch->sha256))
			return true;
	return false;
}

static size_t count_lacking(const struct side_run *run, const struct side_run *other)
{
	size_t n = 0;

	for (size_t i = 0; i < run->n_patches; i++)
		n += !has_patch(other, &run->patches[i]);
	return n;
}

/* ", and a.patch, sha256 0123": what run has and other has not; the digest where it is news. */
static void add_lacking(struct text *value, const char *what, const struct side_run *run,
			const struct side_run *other, bool is_new)
{
	const char *separator = what;

	for (size_t i = 0; i < run->n_patches; i++) {
		if (has_patch(other, &run->patches[i]))
			continue;
		text_add(value, "%s", separator);
		if (is_new)
			add_patch(value, &run->patches[i]);
		else
			text_add(value, "%s", basename(run->patches[i].file));
		separator = "; ";
	}
}

/*
 * Of a series as the one before, but for a few patches; in full, where it is of another
 * source, and of two sides.
 */
static void add_kernel(struct text *text, size_t width, const struct comparison *c, size_t i)
{
	const struct side *side = c->side[i], *before = c->side[i - 1];
	const struct side_run *run = run_of(side), *base = run_of(before);
	char name[LABEL_SIZE], other[LABEL_SIZE];
	struct text value = { 0 };

	snprintf(name, sizeof(name), "%s", side_heading(c, i, other));
	if (!comparison_is_series(c) || strcmp(run->source, base->source) != 0 ||
	    strcmp(side->boots[0].machine.kernel, before->boots[0].machine.kernel) != 0) {
		add_whole_kernel(text, width, side, name);
		return;
	}
	text_add(&value, "as %s", side_heading(c, i - 1, other));
	add_lacking(&value, ", and ", run, base, true);
	add_lacking(&value, ", less ", base, run, false);
	if (!count_lacking(run, base) && !count_lacking(base, run))
		text_add(&value, ", the same patches");
	facts_add(text, width, name, &value);
	add_image(text, width, &side->boots[0]);
}

static void add_builds(struct text *text, size_t width, const struct comparison *c)
{
	const struct side_run *first = run_of(c->side[0]);
	char name[LABEL_SIZE];
	bool same = true;

	for (size_t i = 1; i < c->n_sides; i++)
		same = same && same_build(first, run_of(c->side[i]));
	for (size_t i = 0; i < c->n_sides && !same; i++)
		add_build(text, width, run_of(c->side[i]), side_heading(c, i, name));
	if (same)
		add_build(text, width, first, "Built with");
}

void facts_kernels(struct text *text, size_t width, const struct comparison *c)
{
	char name[LABEL_SIZE];

	add_whole_kernel(text, width, c->side[0],
			 c->n_sides == 1 ? "Kernel" : side_heading(c, 0, name));
	for (size_t i = 1; i < c->n_sides; i++)
		add_kernel(text, width, c, i);
	add_builds(text, width, c);
}
