// SPDX-License-Identifier: GPL-2.0-or-later
/* The checks with a column a side. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/steps_parts.h"

/* A broken promise must not be overlooked between the others. */
static const char *shown(enum check_verdict verdict)
{
	return verdict == CHECK_FAIL ? "FAIL" : check_verdict_name(verdict);
}

static const struct check_change *named(const struct steps *steps, size_t check)
{
	return &steps->all.checks[check];
}

/* Whether the check came out so on every side. */
static bool everywhere(const struct steps *steps, size_t check, enum check_verdict verdict)
{
	for (size_t i = 0; i < steps->n_sides; i++)
		if (steps_check(steps, check, i).verdict != verdict)
			return false;
	return true;
}

/* What passes everywhere is a number; what is skipped everywhere has its reason below. */
static bool has_row(const struct steps *steps, size_t check)
{
	return !everywhere(steps, check, CHECK_PASS) && !everywhere(steps, check, CHECK_SKIP);
}

/* Whether a and b are the same check, and came out the same on every side. */
static bool alike(const struct steps *steps, size_t a, size_t b)
{
	if (strcmp(named(steps, a)->name, named(steps, b)->name) != 0)
		return false;
	for (size_t i = 0; i < steps->n_sides; i++)
		if (steps_check(steps, a, i).verdict != steps_check(steps, b, i).verdict)
			return false;
	return true;
}

static bool is_first(const struct steps *steps, size_t check)
{
	for (size_t k = 0; k < check; k++)
		if (alike(steps, k, check))
			return false;
	return true;
}

/* "ext2 DAX, ext4 DAX": where a check came out as this one. */
static void add_targets(struct text *text, const struct steps *steps, size_t check)
{
	char target[LABEL_SIZE];

	for (size_t k = 0; k < steps->all.n_checks; k++)
		if (alike(steps, k, check))
			text_add(
				text, "%s%s", text->length ? ", " : "",
				label_target(named(steps, k)->fs, named(steps, k)->access, target));
}

static bool same_targets(const struct steps *steps, size_t a, size_t b)
{
	struct text one = { 0 }, other = { 0 };
	bool same;

	add_targets(&one, steps, a);
	add_targets(&other, steps, b);
	same = one.data && other.data && !strcmp(one.data, other.data);
	text_free(&one);
	text_free(&other);
	return same;
}

static void add_row(struct grid *grid, const struct steps_columns *c, const char *name,
		    size_t check)
{
	grid_row(grid);
	grid_cell(grid, 0, "%s", name);
	for (size_t k = 0; k < c->n; k++)
		grid_cell(grid, k + 1, "%s",
			  shown(steps_check(c->steps, check, c->cols[k]).verdict));
}

/* The targets of a check, and the rows of all that have these targets. */
static void add_class(struct grid *grid, const struct steps_columns *c, size_t first)
{
	struct text targets = { 0 };
	char name[LABEL_SIZE];

	add_targets(&targets, c->steps, first);
	grid_head(grid, targets.data ? targets.data : "");
	if (text_error(&targets))
		grid->err = text_error(&targets);
	text_free(&targets);
	for (size_t k = first; k < c->steps->all.n_checks; k++) {
		if (!has_row(c->steps, k) || !is_first(c->steps, k) ||
		    !same_targets(c->steps, k, first))
			continue;
		snprintf(name, sizeof(name), "    %.100s", label_check(named(c->steps, k)->name));
		add_row(grid, c, name, k);
	}
}

static bool begins_class(const struct steps *steps, size_t check)
{
	if (!has_row(steps, check) || !is_first(steps, check))
		return false;
	for (size_t k = 0; k < check; k++)
		if (has_row(steps, k) && is_first(steps, k) && same_targets(steps, k, check))
			return false;
	return true;
}

/* "  all other 18 checks": kept on every side. */
static void add_kept(struct grid *grid, const struct steps_columns *c)
{
	size_t n = 0, rows = 0, kept = 0;
	char name[LABEL_SIZE];

	for (size_t k = 0; k < c->steps->all.n_checks; k++) {
		rows += has_row(c->steps, k);
		if (!everywhere(c->steps, k, CHECK_PASS))
			continue;
		n++;
		kept = k;
	}
	if (n == 1)
		snprintf(name, sizeof(name), "  1 %scheck", rows ? "other " : "");
	else
		snprintf(name, sizeof(name), "  %s%zu checks", rows ? "other " : "all ", n);
	if (n)
		add_row(grid, c, name, kept);
}

static void fill(struct grid *grid, const struct steps_columns *c, const void *user)
{
	char buffer[LABEL_SIZE];

	(void)user;
	grid_row(grid);
	grid_cell(grid, 0, "Semantics");
	for (size_t k = 0; k < c->n; k++)
		grid_cell(grid, k + 1, "%s", steps_heading(c->steps, c->cols[k], buffer));
	for (size_t k = 0; k < c->steps->all.n_checks; k++)
		if (begins_class(c->steps, k))
			add_class(grid, c, k);
	add_kept(grid, c);
}

/* The last side that breaks the promise; n_sides when none does. */
static size_t last_broken(const struct steps *steps, size_t check)
{
	for (size_t i = steps->n_sides; i; i--)
		if (steps_check(steps, check, i - 1).verdict == CHECK_FAIL)
			return i - 1;
	return steps->n_sides;
}

/* Whether the evidence of both stands in one line. */
static bool told_together(const struct steps *steps, size_t a, size_t b)
{
	return is_first(steps, a) && last_broken(steps, a) == last_broken(steps, b) &&
	       !strcmp(named(steps, a)->fs, named(steps, b)->fs) &&
	       !strcmp(named(steps, a)->access, named(steps, b)->access);
}

/* "FAIL on ext2 DAX, 1-a: mtime did not move; ...", what the last side to break it saw. */
static void add_evidence(struct text *text, size_t width, const struct steps *steps, size_t check)
{
	size_t side = last_broken(steps, check);
	struct text line = { 0 };
	char buffer[LABEL_SIZE];

	if (side == steps->n_sides || !is_first(steps, check))
		return;
	for (size_t k = 0; k < check; k++)
		if (told_together(steps, k, check))
			return;
	text_add(&line, "FAIL on %s, ",
		 label_target(named(steps, check)->fs, named(steps, check)->access, buffer));
	text_add(&line, "%s", steps_heading(steps, side, buffer));
	for (size_t k = check; k < steps->all.n_checks; k++)
		if (told_together(steps, k, check))
			text_add(&line, "%s%s", k == check ? ": " : "; ",
				 steps_check(steps, k, side).evidence);
	text_wrap_built(text, width, "  ", 4, &line);
}

/* Whether step i changed a check. */
static bool has_change(const struct steps *steps, size_t i)
{
	for (size_t k = 0; k < steps->all.n_checks; k++)
		if (steps_check(steps, k, i).verdict != steps_check(steps, k, i - 1).verdict)
			return true;
	return false;
}

void steps_checks(struct text *text, size_t width, const struct steps *steps, bool full)
{
	struct steps_columns columns = { .steps = steps };
	size_t last = steps->n_sides - 1;
	bool made = false;
	size_t *cols = calloc(steps->n_sides, sizeof(*cols));

	if (!cols) {
		text->err = -ENOMEM;
		return;
	}
	for (size_t i = 0; i < steps->n_sides; i++)
		if (full || last < STEPS_SHOWN_WHOLE || !i || i == last || has_change(steps, i))
			cols[columns.n++] = i;
	columns.cols = cols;
	for (size_t k = 0; k < steps->all.n_checks; k++)
		made = made || !everywhere(steps, k, CHECK_SKIP);
	if (made) {
		steps_blocks(text, width, &columns, fill, NULL);
		if (columns.n < steps->n_sides)
			text_add(text, "  A side without a column changed no check.\n");
		for (size_t k = 0; k < steps->all.n_checks; k++)
			add_evidence(text, width, steps, k);
		text_add(text, "\n");
	}
	free(cols);
}
