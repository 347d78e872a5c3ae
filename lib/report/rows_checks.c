// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <string.h>

#include "report/outcomes.h"
#include "report/rows.h"

/* A broken promise must not be overlooked between the others. */
static const char *shown(enum check_verdict verdict)
{
	return verdict == CHECK_FAIL ? "FAIL" : check_verdict_name(verdict);
}

static bool broken(const struct check_change *check)
{
	return check->base == CHECK_FAIL || check->new == CHECK_FAIL;
}

static bool same_target(const struct check_change *a, const struct check_change *b)
{
	return !strcmp(a->fs, b->fs) && !strcmp(a->access, b->access);
}

/* The check of that name on the target of like, or NULL. */
static const struct check_change *find(const struct comparison *c, const char *name,
				       const struct check_change *like)
{
	for (size_t i = 0; i < c->n_checks; i++)
		if (same_target(&c->checks[i], like) && !strcmp(c->checks[i].name, name))
			return &c->checks[i];
	return NULL;
}

/* Whether every check came out the same on the targets of a and b. */
static bool alike(const struct comparison *c, const struct check_change *a,
		  const struct check_change *b)
{
	for (size_t i = 0; i < c->n_checks; i++) {
		const struct check_change *there = find(c, c->checks[i].name, a);
		const struct check_change *here = find(c, c->checks[i].name, b);

		if (!there != !here)
			return false;
		if (there && (there->base != here->base || there->new != here->new))
			return false;
	}
	return true;
}

/* Whether this check is the first that is on a target alike to its own. */
static bool begins_class(const struct comparison *c, size_t check)
{
	for (size_t i = 0; i < check; i++)
		if (alike(c, &c->checks[i], &c->checks[check]))
			return false;
	return true;
}

static bool first_of_target(const struct comparison *c, size_t check)
{
	for (size_t i = 0; i < check; i++)
		if (same_target(&c->checks[i], &c->checks[check]))
			return false;
	return true;
}

/* "ext2 DAX, ext4 DAX": the targets on which all came out as on first's. */
static void add_class_name(struct grid *grid, const struct comparison *c,
			   const struct check_change *first)
{
	char target[LABEL_SIZE];
	struct text names = { 0 };

	for (size_t i = 0; i < c->n_checks; i++)
		if (first_of_target(c, i) && alike(c, &c->checks[i], first))
			text_add(&names, "%s%s", names.length ? ", " : "",
				 label_target(c->checks[i].fs, c->checks[i].access, target));
	grid_head(grid, names.data ? names.data : "");
	if (text_error(&names))
		grid->err = text_error(&names);
	text_free(&names);
}

static void add_row(struct grid *grid, const struct comparison *c, const struct check_change *check,
		    const char *label)
{
	grid_row(grid);
	grid_cell(grid, 0, "    %s", label);
	grid_cell(grid, 1, "%s", shown(check->base));
	if (!has_one_side(c))
		grid_cell(grid, 2, "%s", shown(check->new));
}

/* Its checks one by one, or all in one row where nothing is wrong and all are alike. */
static void add_class(struct grid *grid, const struct comparison *c,
		      const struct check_change *first)
{
	size_t n = 0, equal = 0;
	char label[LABEL_SIZE];

	add_class_name(grid, c, first);
	for (size_t i = 0; i < c->n_checks; i++) {
		const struct check_change *check = &c->checks[i];

		if (!same_target(check, first))
			continue;
		n++;
		equal += check->base == first->base && check->new == first->new;
	}
	if (!broken(first) && n == equal && n > 1) {
		snprintf(label, sizeof(label), "all %zu checks", n);
		add_row(grid, c, first, label);
		return;
	}
	for (size_t i = 0; i < c->n_checks; i++)
		if (same_target(&c->checks[i], first))
			add_row(grid, c, &c->checks[i], label_check(c->checks[i].name));
}

/* "FAIL on ext4 DAX, without: ..." for the checks on one target from first on. */
static void add_evidence_of(struct text *text, size_t width, const struct comparison *c,
			    size_t first)
{
	const struct check_change *like = &c->checks[first];
	bool is_new = like->new == CHECK_FAIL;
	struct side_labels sides = label_sides(c);
	const char *side = is_new ? sides.new : sides.base;
	const char *separator = "";
	struct text line = { 0 };
	char target[LABEL_SIZE];

	text_add(&line, "FAIL on %s%s%s: ", label_target(like->fs, like->access, target),
		 *side ? ", " : "", side);
	for (size_t i = first; i < c->n_checks; i++) {
		const struct check_change *check = &c->checks[i];

		if (!broken(check) || !outcome_is_first(c, i) || !same_target(check, like) ||
		    (check->new == CHECK_FAIL) != is_new)
			continue;
		text_add(&line, "%s%s", separator,
			 is_new ? check->new_evidence : check->base_evidence);
		separator = "; ";
	}
	if (line.data)
		text_wrap(text, width, "  ", 4, line.data);
	if (text_error(&line))
		text->err = text_error(&line);
	text_free(&line);
}

/* What was seen of each broken promise, on the first target it shows on. */
static void add_evidence(struct text *text, size_t width, const struct comparison *c)
{
	for (size_t i = 0; i < c->n_checks; i++) {
		const struct check_change *check = &c->checks[i];
		bool said = !broken(check) || !outcome_is_first(c, i);

		for (size_t k = 0; k < i && !said; k++)
			said = broken(&c->checks[k]) && outcome_is_first(c, k) &&
			       same_target(&c->checks[k], check) &&
			       (c->checks[k].new == CHECK_FAIL) == (check->new == CHECK_FAIL);
		if (!said)
			add_evidence_of(text, width, c, i);
	}
}

void rows_checks(struct text *text, size_t width, const struct comparison *c)
{
	struct side_labels sides = label_sides(c);
	struct grid grid = { .align = "lrr", .fold = true };

	if (!c->n_checks)
		return;
	grid_row(&grid);
	grid_cell(&grid, 0, "Semantics");
	grid_cell(&grid, 1, "%s", sides.base);
	grid_cell(&grid, 2, "%s", sides.new);
	for (size_t i = 0; i < c->n_checks; i++)
		if (begins_class(c, i))
			add_class(&grid, c, &c->checks[i]);
	grid_print(&grid, text, width);
	for (size_t i = 0; i < c->n_checks; i++) {
		if (strncmp(c->checks[i].name, "frozen-write-", 13) != 0)
			continue;
		text_add(text, "  A write while frozen passes when it waits for the thaw.\n");
		break;
	}
	add_evidence(text, width, c);
	text_add(text, "\n");
}
