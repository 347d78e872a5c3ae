// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What has no verdict. That no side has it is said once; what only some sides
 * lack is said at the step where it comes or goes. Both are said by
 * rows_left_out(), of comparisons that hold just that.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "report/rows.h"
#include "report/steps_parts.h"

static bool same(const struct left_out *a, const struct left_out *b)
{
	return a->side == b->side && cost_same(&a->name, &b->name) && !strcmp(a->reason, b->reason);
}

static bool is_in(const struct comparison *c, const struct left_out *entry)
{
	for (size_t i = 0; i < c->n_left_out; i++)
		if (same(&c->left_out[i], entry))
			return true;
	return false;
}

/* Whether no side has it, for one reason. */
static bool on_no_side(const struct steps *steps, const struct left_out *entry)
{
	if (entry->side != SIDE_BOTH)
		return false;
	for (size_t i = 1; i < steps->n_sides; i++)
		if (!is_in(steps_before(steps, i), entry))
			return false;
	return true;
}

static bool never_tried(const struct steps *steps, size_t check)
{
	for (size_t i = 0; i < steps->n_sides; i++)
		if (steps_check(steps, check, i).verdict != CHECK_SKIP)
			return false;
	return true;
}

static void add_nowhere(struct text *text, size_t width, const struct steps *steps)
{
	const struct comparison *before = steps_before(steps, 1);
	struct comparison c = steps->all;

	/* a side beside itself: then nothing is said of sides */
	c.new = c.base;
	c.left_out = calloc(before->n_left_out + 1, sizeof(*c.left_out));
	c.checks = calloc(c.n_checks + 1, sizeof(*c.checks));
	c.n_left_out = c.n_checks = 0;
	if (!c.left_out || !c.checks)
		text->err = -ENOMEM;
	for (size_t i = 0; i < before->n_left_out && c.left_out; i++)
		if (on_no_side(steps, &before->left_out[i]))
			c.left_out[c.n_left_out++] = before->left_out[i];
	for (size_t k = 0; k < steps->all.n_checks && c.checks; k++)
		if (never_tried(steps, k))
			c.checks[c.n_checks++] = steps->all.checks[k];
	rows_left_out(text, width, &c);
	free(c.left_out);
	free(c.checks);
}

static void add_at_step(struct text *text, size_t width, const struct steps *steps, size_t i)
{
	static const char title[] = "Not compared\n";
	struct comparison c = *steps_before(steps, i);
	const struct comparison *all = steps_before(steps, i);
	struct text lines = { 0 };

	c.left_out = calloc(all->n_left_out + 1, sizeof(*c.left_out));
	c.checks = calloc(all->n_checks + 1, sizeof(*c.checks));
	c.n_left_out = c.n_checks = c.n_refused = 0;
	if (!c.left_out || !c.checks)
		text->err = -ENOMEM;
	for (size_t k = 0; k < all->n_left_out && c.left_out; k++)
		if (all->left_out[k].side != SIDE_BOTH)
			c.left_out[c.n_left_out++] = all->left_out[k];
	for (size_t k = 0; k < all->n_checks && c.checks; k++)
		if (all->checks[k].base != all->checks[k].new)
			c.checks[c.n_checks++] = all->checks[k];
	rows_left_out(&lines, width, &c);
	if (lines.length)
		text_add(text, "Not compared at step \"%s\"\n%s", c.new->label,
			 lines.data + strlen(title));
	if (text_error(&lines))
		text->err = text_error(&lines);
	text_free(&lines);
	free(c.left_out);
	free(c.checks);
}

void steps_left_out(struct text *text, size_t width, const struct steps *steps)
{
	add_nowhere(text, width, steps);
	for (size_t i = 1; i < steps->n_sides; i++)
		add_at_step(text, width, steps, i);
}
