// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <string.h>

#include "report/rows.h"

/* A broken promise must not be overlooked between the others. */
static const char *shown(enum check_verdict verdict)
{
	return verdict == CHECK_FAIL ? "FAIL" : check_verdict_name(verdict);
}

static bool same_outcome(const struct check_change *a, const struct check_change *b)
{
	return !strcmp(a->name, b->name) && a->base == b->base && a->new == b->new;
}

/* Whether an earlier check already printed what this one belongs to. */
static bool said(const struct comparison *c, size_t check, bool whole_outcome)
{
	for (size_t i = 0; i < check; i++)
		if (whole_outcome ? same_outcome(&c->checks[i], &c->checks[check])
				  : !strcmp(c->checks[i].name, c->checks[check].name))
			return true;
	return false;
}

/* "ext2 DAX, ext4 DAX"; whether these are all targets of the check. */
static bool targets_of(const struct comparison *c, size_t check, char *list, size_t size)
{
	char target[LABEL_SIZE];
	size_t with = 0, of = 0;

	*list = '\0';
	for (size_t i = 0; i < c->n_checks; i++) {
		size_t used = strlen(list);

		if (strcmp(c->checks[i].name, c->checks[check].name) != 0)
			continue;
		of++;
		if (!same_outcome(&c->checks[i], &c->checks[check]))
			continue;
		with++;
		snprintf(list + used, size - used, "%s%s", used ? ", " : "",
			 label_target(c->checks[i].fs, c->checks[i].access, target));
	}
	if (with == of && of > 1)
		snprintf(list, size, "all %zu targets", of);
	return with == of;
}

static void add_sides(struct grid *grid, const struct check_change *check)
{
	grid_cell(grid, 1, "%s", shown(check->base));
	grid_cell(grid, 2, "%s", shown(check->new));
}

static void add_outcomes(struct grid *grid, const struct comparison *c, size_t first)
{
	const char *label = label_check(c->checks[first].name);
	char targets[GRID_CELL - 4];

	grid_row(grid);
	if (targets_of(c, first, targets, sizeof(targets))) {
		grid_cell(grid, 0, "  %.*s%s%s", GRID_CELL / 2, label, *targets ? ", " : "",
			  targets);
		add_sides(grid, &c->checks[first]);
		return;
	}
	grid_cell(grid, 0, "  %s", label);
	for (size_t i = first; i < c->n_checks; i++) {
		if (strcmp(c->checks[i].name, c->checks[first].name) != 0 || said(c, i, true))
			continue;
		targets_of(c, i, targets, sizeof(targets));
		grid_row(grid);
		grid_cell(grid, 0, "    %s", targets);
		add_sides(grid, &c->checks[i]);
	}
}

/* One sentence for each broken promise, that of the first target it shows on. */
static void add_evidence(struct text *text, size_t width, const struct comparison *c)
{
	struct side_labels sides = label_sides(c);
	bool first = true;

	for (size_t i = 0; i < c->n_checks; i++) {
		const struct check_change *check = &c->checks[i];
		bool is_new = check->new == CHECK_FAIL;
		char target[LABEL_SIZE];
		struct text line = { 0 };

		if ((!is_new && check->base != CHECK_FAIL) || said(c, i, true))
			continue;
		if (first)
			text_add(text, "\n");
		first = false;
		text_add(&line, "%s, %s, %s: %s", label_check(check->name),
			 label_target(check->fs, check->access, target),
			 is_new ? sides.new : sides.base,
			 is_new ? check->new_evidence : check->base_evidence);
		if (line.data)
			text_wrap(text, width, "  ", 4, line.data);
		text_free(&line);
	}
}

void rows_checks(struct text *text, size_t width, const struct comparison *c)
{
	struct side_labels sides = label_sides(c);
	struct grid grid = { .align = "lrr" };

	if (!c->n_checks)
		return;
	grid_row(&grid);
	grid_cell(&grid, 0, "Semantics");
	grid_cell(&grid, 1, "%s", sides.base);
	grid_cell(&grid, 2, "%s", sides.new);
	for (size_t i = 0; i < c->n_checks; i++)
		if (!said(c, i, false))
			add_outcomes(&grid, c, i);
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

static const char *side_words(const struct comparison *c, enum which_side side)
{
	struct side_labels sides = label_sides(c);

	if (side == SIDE_BOTH)
		return "both sides";
	return side == SIDE_BASE ? sides.base : sides.new;
}

/* "splice file-null-4k on ext4 DAX", "everything on ext2 DAX" */
static void add_subject(struct text *text, const struct left_out *l)
{
	char target[LABEL_SIZE];
	const char *on = label_target(l->fs, l->access, target);

	text_add(text, "%s%s%s%s%s", *l->bench ? l->bench : "everything", *l->arm ? " " : "",
		 l->arm, *l->metric ? " " : "", l->metric);
	if (*on)
		text_add(text, " on %s", on);
}

struct reason {
	enum which_side side;
	const char *text;
};

static void add_reason(struct text *text, size_t width, const struct comparison *c,
		       struct reason reason, struct text *subjects)
{
	struct text line = { 0 };

	text_add(&line, "%s (%s): %s", subjects->data ? subjects->data : "",
		 side_words(c, reason.side), reason.text);
	if (line.data)
		text_wrap(text, width, "  ", 4, line.data);
	if (text_error(&line) || text_error(subjects))
		text->err = text_error(&line) | text_error(subjects);
	text_free(&line);
	text_free(subjects);
}

static void add_left_out(struct text *text, size_t width, const struct comparison *c, size_t first)
{
	const struct left_out *l = &c->left_out[first];
	struct text subjects = { 0 };

	for (size_t i = 0; i < c->n_left_out; i++) {
		const struct left_out *other = &c->left_out[i];

		if (other->side != l->side || strcmp(other->reason, l->reason) != 0)
			continue;
		if (i < first) {
			text_free(&subjects);
			return;
		}
		text_add(&subjects, "%s", i > first ? ", " : "");
		add_subject(&subjects, other);
	}
	add_reason(text, width, c, (struct reason){ l->side, l->reason }, &subjects);
}

/* A check that neither side could run, said once for all its targets. */
static void add_skipped_check(struct text *text, size_t width, const struct comparison *c,
			      size_t first)
{
	const struct check_change *check = &c->checks[first];
	enum which_side side = check->base != CHECK_SKIP  ? SIDE_NEW
			       : check->new != CHECK_SKIP ? SIDE_BASE
							  : SIDE_BOTH;
	const char *why = side == SIDE_BASE ? check->base_evidence : check->new_evidence;
	char targets[LABEL_SIZE];
	struct text subject = { 0 };

	targets_of(c, first, targets, sizeof(targets));
	text_add(&subject, "%s, %s", label_check(check->name), targets);
	add_reason(text, width, c, (struct reason){ side, why }, &subject);
}

void rows_left_out(struct text *text, size_t width, const struct comparison *c)
{
	size_t before = text->length;

	text_add(text, "Not compared\n\n");
	size_t empty = text->length;

	for (size_t i = 0; i < c->n_left_out; i++)
		add_left_out(text, width, c, i);
	for (size_t i = 0; i < c->n_checks; i++)
		if ((c->checks[i].base == CHECK_SKIP || c->checks[i].new == CHECK_SKIP) &&
		    !said(c, i, true))
			add_skipped_check(text, width, c, i);
	if (c->n_refused)
		text_add(text, "  %zu metrics: %s runs give checks, their figures are no results\n",
			 c->n_refused, side_mode_name(c->base->mode));
	if (text->length == empty && text->data)
		text->data[text->length = before] = '\0';
	else
		text_add(text, "\n");
}
