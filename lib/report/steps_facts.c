// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <string.h>

#include "report/facts.h"
#include "report/steps_parts.h"

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
			facts_patch(value, &run->patches[i]);
		else
			text_add(value, "%s", basename(run->patches[i].file));
		separator = "; ";
	}
}

/* As the one before, but for a few patches; or in full, where it is of another source. */
static void add_kernel(struct text *text, size_t width, const struct steps *steps, size_t i)
{
	const struct side *side = steps_side(steps, i), *before = steps_side(steps, i - 1);
	const struct side_run *run = run_of(side), *base = run_of(before);
	char name[LABEL_SIZE], other[LABEL_SIZE];
	struct text value = { 0 };

	snprintf(name, sizeof(name), "%s", steps_heading(steps, i, other));
	if (strcmp(run->source, base->source) != 0 ||
	    strcmp(side->boots[0].machine.kernel, before->boots[0].machine.kernel) != 0) {
		facts_kernel(text, width, side, name);
		return;
	}
	text_add(&value, "as %s", steps_heading(steps, i - 1, other));
	add_lacking(&value, ", and ", run, base, true);
	add_lacking(&value, ", less ", base, run, false);
	if (!count_lacking(run, base) && !count_lacking(base, run))
		text_add(&value, ", the same patches");
	facts_add(text, width, name, &value);
	facts_image(text, width, &side->boots[0]);
}

static void add_builds(struct text *text, size_t width, const struct steps *steps)
{
	const struct side_run *first = run_of(steps_side(steps, 0));
	char name[LABEL_SIZE];
	bool same = true;

	for (size_t i = 1; i < steps->n_sides; i++)
		same = same && facts_same_build(first, run_of(steps_side(steps, i)));
	for (size_t i = 0; i < steps->n_sides && !same; i++)
		facts_build(text, width, run_of(steps_side(steps, i)),
			    steps_heading(steps, i, name));
	if (same)
		facts_build(text, width, first, "Built with");
}

static bool same_target(const struct side_target *a, const struct side_target *b)
{
	return b && !strcmp(a->mkfs, b->mkfs) && !strcmp(a->mount, b->mount) &&
	       !strcmp(a->proof, b->proof) && !strcmp(a->skip, b->skip);
}

static bool same_targets(const struct side *a, const struct side *b)
{
	const struct side_boot *one = &a->boots[0], *other = &b->boots[0];

	for (size_t i = 0; i < one->n_targets; i++) {
		const struct side_target *t = &one->targets[i];

		if (!same_target(t, side_find_target(other, t->fs, t->access)))
			return false;
	}
	return one->n_targets == other->n_targets;
}

/* The ends are told of before; a side between them mostly had the same. */
static void add_targets(struct text *text, size_t width, const struct steps *steps)
{
	const struct side *last = steps_side(steps, steps->n_sides - 1);

	for (size_t i = 1; i + 1 < steps->n_sides; i++) {
		const struct side *side = steps_side(steps, i);
		struct comparison alone = { .base = side, .new = side };
		struct text on = { 0 };

		if (same_targets(side, last))
			continue;
		text_add(&on, "On \"%s\":", side->label);
		text_wrap_built(text, width, "  ", 2, &on);
		facts_targets(text, width, &alone);
	}
}

/* Whether the sides are the kernels of one plan, and not what one plan gave several times. */
static bool of_one_plan(const struct steps *steps)
{
	for (size_t i = 0; i < steps->n_sides; i++) {
		const struct side *side = steps_side(steps, i);

		if (side->n_files != 1)
			return false;
		for (size_t k = 0; k < i; k++)
			if (!strcmp(steps_side(steps, k)->label, side->label))
				return false;
	}
	return true;
}

static void add_result(struct text *command, const char *label)
{
	text_add(command, " results/latest/%s.jsonl", facts_file_label(label, "step"));
}

static void add_failed_results(struct text *command, const struct steps *steps, size_t before)
{
	for (size_t k = 0; k < steps->n_failures; k++)
		if (steps->failures[k].before == before)
			add_result(command, steps->failures[k].label);
}

static void add_commands(struct text *text, size_t width, const struct steps *steps)
{
	const struct comparison *ends = steps_first(steps, steps->n_sides - 1);
	const struct side_run *run = run_of(ends->new);
	bool once = of_one_plan(steps);
	struct text command = { 0 };

	facts_command(text, width, run, ends->new->label);
	facts_compare(&command, ends);
	for (size_t i = 0; i < steps->n_sides && once; i++) {
		add_failed_results(&command, steps, i);
		add_result(&command, steps_side(steps, i)->label);
	}
	if (once)
		add_failed_results(&command, steps, steps->n_sides);
	else
		text_add(&command, " FIRST.jsonl,... NEXT.jsonl,... ...");
	facts_reproduce(text, width, run, once ? "" : "once a run of each side, ", &command);
}

void steps_facts(struct text *text, size_t width, const struct steps *steps)
{
	const struct comparison *ends = steps_first(steps, steps->n_sides - 1);
	char name[LABEL_SIZE];

	text_add(text, "How it was measured\n");
	facts_kernel(text, width, ends->base, steps_heading(steps, 0, name));
	for (size_t i = 1; i < steps->n_sides; i++)
		add_kernel(text, width, steps, i);
	add_builds(text, width, steps);
	facts_conditions(text, width, ends);
	add_targets(text, width, steps);
	facts_meaning(text, width, ends);
	add_commands(text, width, steps);
}
