// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <string.h>

#include "compare/span.h"
#include "report/checks.h"
#include "report/columns.h"
#include "report/outcomes.h"

static bool same_target(const struct promise *a, const struct promise *b)
{
	return !strcmp(a->fs, b->fs) && !strcmp(a->access, b->access);
}

static void add_row(struct grid *grid, const struct columns *columns, const char *name,
		    size_t check)
{
	const struct promise *promise = &columns->of->checks[check];

	grid_row(grid);
	grid_cell(grid, 0, "%s", name);
	for (size_t k = 0; k < columns->n; k++)
		grid_cell(grid, k + 1, "%s", outcome_word(promise->on[columns->cols[k]].verdict));
}

/* The check of that name on the target of like; n_checks if there is none. */
static size_t find(const struct comparison *c, const char *name, size_t like)
{
	size_t i = 0;

	while (i < c->n_checks && (!same_target(&c->checks[i], &c->checks[like]) ||
				   strcmp(c->checks[i].name, name) != 0))
		i++;
	return i;
}

/* Whether every check came out the same on the targets of a and b. */
static bool targets_alike(const struct comparison *c, size_t a, size_t b)
{
	for (size_t i = 0; i < c->n_checks; i++) {
		size_t there = find(c, c->checks[i].name, a), here = find(c, c->checks[i].name, b);

		if ((there == c->n_checks) != (here == c->n_checks))
			return false;
		if (there < c->n_checks &&
		    !outcome_same_verdicts(c, comparison_all_sides(c), there, here))
			return false;
	}
	return true;
}

/* Whether this check is the first that is on a target alike to its own. */
static bool begins_targets(const struct comparison *c, size_t check)
{
	for (size_t i = 0; i < check; i++)
		if (targets_alike(c, i, check))
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

/* "ext2 DAX, ext4 DAX" above rows. */
static void add_head(struct grid *grid, struct text *names)
{
	grid_head(grid, names->data ? names->data : "");
	if (text_error(names))
		grid->err = text_error(names);
	text_free(names);
}

/* The checks of a target one by one, or all in one row where nothing is wrong and all are alike. */
static void add_targets(struct grid *grid, const struct columns *columns, size_t first)
{
	const struct comparison *c = columns->of;
	uint64_t all = comparison_all_sides(c);
	struct text names = { 0 };
	size_t n = 0, equal = 0;
	char name[LABEL_SIZE];

	for (size_t i = 0; i < c->n_checks; i++) {
		if (first_of_target(c, i) && targets_alike(c, i, first))
			text_add(&names, "%s%s", names.length ? ", " : "",
				 label_target(c->checks[i].fs, c->checks[i].access, name));
		if (!same_target(&c->checks[i], &c->checks[first]))
			continue;
		n++;
		equal += outcome_same_verdicts(c, all, i, first);
	}
	add_head(grid, &names);
	if (!outcome_anywhere(c, all, first, CHECK_FAIL) && n == equal && n > 1) {
		snprintf(name, sizeof(name), "    all %zu checks", n);
		add_row(grid, columns, name, first);
		return;
	}
	for (size_t i = 0; i < c->n_checks; i++) {
		if (!same_target(&c->checks[i], &c->checks[first]))
			continue;
		snprintf(name, sizeof(name), "    %.100s", c->checks[i].label);
		add_row(grid, columns, name, i);
	}
}

static void fill_each(struct grid *grid, const struct columns *columns, const void *user)
{
	(void)user;
	grid_row(grid);
	grid_cell(grid, 0, "Semantics");
	columns_headings(grid, columns);
	for (size_t i = 0; i < columns->of->n_checks; i++)
		if (begins_targets(columns->of, i))
			add_targets(grid, columns, i);
}

/* What passes everywhere is a number; what is skipped everywhere has its reason below. */
static bool has_row(const struct comparison *c, size_t check)
{
	uint64_t all = comparison_all_sides(c);

	return !outcome_everywhere(c, all, check, CHECK_PASS) &&
	       !outcome_everywhere(c, all, check, CHECK_SKIP);
}

static bool is_row(const struct comparison *c, size_t check)
{
	return has_row(c, check) && outcome_is_first(c, comparison_all_sides(c), check);
}

/* The targets of a check, and the rows of all that have these targets; unless an earlier one did.
 */
static void add_outcomes(struct grid *grid, const struct columns *columns, size_t first)
{
	const struct comparison *c = columns->of;
	uint64_t all = comparison_all_sides(c);
	struct text targets = { 0 };
	char name[LABEL_SIZE];

	for (size_t k = 0; k < first; k++)
		if (is_row(c, k) && outcome_same_targets(c, all, k, first))
			return;
	outcome_targets(&targets, c, all, first);
	add_head(grid, &targets);
	for (size_t k = first; k < c->n_checks; k++) {
		if (!is_row(c, k) || !outcome_same_targets(c, all, k, first))
			continue;
		snprintf(name, sizeof(name), "    %.100s", c->checks[k].label);
		add_row(grid, columns, name, k);
	}
}

/* "  other 18 checks": kept on every side. */
static void add_kept(struct grid *grid, const struct columns *columns)
{
	const struct comparison *c = columns->of;
	size_t n = 0, rows = 0, kept = 0;
	char name[LABEL_SIZE];

	for (size_t k = 0; k < c->n_checks; k++) {
		rows += has_row(c, k);
		if (!outcome_everywhere(c, comparison_all_sides(c), k, CHECK_PASS))
			continue;
		n++;
		kept = k;
	}
	if (n == 1)
		snprintf(name, sizeof(name), "  1 %scheck", rows ? "other " : "");
	else
		snprintf(name, sizeof(name), "  %s%zu checks", rows ? "other " : "all ", n);
	if (n)
		add_row(grid, columns, name, kept);
}

static void fill_not_kept(struct grid *grid, const struct columns *columns, const void *user)
{
	(void)user;
	grid_row(grid);
	grid_cell(grid, 0, "Semantics");
	columns_headings(grid, columns);
	for (size_t k = 0; k < columns->of->n_checks; k++)
		if (is_row(columns->of, k))
			add_outcomes(grid, columns, k);
	add_kept(grid, columns);
}

/* The last side that breaks the promise; n_sides when none does. */
static size_t last_broken(const struct comparison *c, size_t check)
{
	for (size_t i = c->n_sides; i; i--)
		if (c->checks[check].on[i - 1].verdict == CHECK_FAIL)
			return i - 1;
	return c->n_sides;
}

/* Whether the evidence of both stands in one line. */
static bool said_together(const struct comparison *c, size_t a, size_t b)
{
	return outcome_is_first(c, comparison_all_sides(c), a) &&
	       last_broken(c, a) == last_broken(c, b) && same_target(&c->checks[a], &c->checks[b]);
}

/*
 * "FAIL on ext2 DAX, 1-a: mtime did not move; ...": what the last side to break a promise
 * saw, on the first target it shows on.
 */
static void add_evidence(struct text *text, size_t width, const struct comparison *c, size_t check)
{
	size_t side = last_broken(c, check);
	struct text line = { 0 };
	char buffer[LABEL_SIZE];
	const char *heading;

	if (side == c->n_sides || !outcome_is_first(c, comparison_all_sides(c), check))
		return;
	for (size_t k = 0; k < check; k++)
		if (said_together(c, k, check))
			return;
	text_add(&line, "FAIL on %s",
		 label_target(c->checks[check].fs, c->checks[check].access, buffer));
	heading = side_heading(c, side, buffer);
	text_add(&line, "%s%s", *heading ? ", " : "", heading);
	for (size_t k = check; k < c->n_checks; k++)
		if (said_together(c, k, check))
			text_add(&line, "%s%s", k == check ? ": " : "; ",
				 c->checks[k].on[side].evidence);
	text_wrap_built(text, width, "  ", 4, &line);
}

static bool turned_any(const struct comparison *c, size_t i)
{
	for (size_t k = 0; k < c->n_checks; k++)
		if (span_turned(span_step(c, i), k))
			return true;
	return false;
}

static struct columns choose(const struct comparison *c, bool full)
{
	struct columns columns = { .of = c };
	size_t last = c->n_sides - 1;

	for (size_t i = 0; i < c->n_sides; i++)
		if (full || last < SIDES_SHOWN_WHOLE || !i || i == last || turned_any(c, i))
			columns.cols[columns.n++] = i;
	return columns;
}

static void add_legend(struct text *text, const struct comparison *c)
{
	for (size_t i = 0; i < c->n_checks; i++) {
		if (strncmp(c->checks[i].name, "frozen-write-", 13) != 0)
			continue;
		text_add(text, "  A write while frozen passes when it waits for the thaw.\n");
		return;
	}
}

void report_checks(struct text *text, size_t width, const struct comparison *c, bool full)
{
	bool series = comparison_is_series(c);
	struct columns columns = choose(c, full);

	if (!c->n_checks || (series && !outcome_any_made(c, comparison_all_sides(c))))
		return;
	columns_print(text, width, &columns, series ? fill_not_kept : fill_each, NULL);
	if (columns.n < c->n_sides)
		text_add(text, "  A side without a column changed no check.\n");
	if (!series)
		add_legend(text, c);
	for (size_t k = 0; k < c->n_checks; k++)
		add_evidence(text, width, c, k);
	text_add(text, "\n");
}
