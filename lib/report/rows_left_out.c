// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <string.h>

#include "report/outcomes.h"
#include "report/rows.h"

static const char *side_words(const struct comparison *c, enum which_side side)
{
	struct side_labels sides = label_sides(c);

	if (side == SIDE_BOTH)
		return "both sides";
	return side == SIDE_BASE ? sides.base : sides.new;
}

static bool same_arm(const struct left_out *a, const struct left_out *b)
{
	return !strcmp(a->bench, b->bench) && !strcmp(a->arm, b->arm) &&
	       !strcmp(a->metric, b->metric);
}

/*
 * "splice file-null-4k on ext2 DAX, ext4 DAX; everything on ..."; before is
 * the one that was added last, or NULL.
 */
static void add_subject(struct text *text, const struct left_out *before, const struct left_out *l)
{
	char target[LABEL_SIZE];
	const char *on = label_target(l->fs, l->access, target);
	bool same = before && same_arm(before, l);

	if (!same)
		text_add(text, "%s%s%s%s%s%s", before ? "; " : "",
			 *l->bench ? l->bench : "everything", *l->arm ? " " : "", l->arm,
			 *l->metric ? " " : "", l->metric);
	if (*on)
		text_add(text, "%s%s", same ? ", " : " on ", on);
}

struct reason {
	enum which_side side;
	const char *text;
};

static void add_reason(struct text *text, size_t width, const struct comparison *c,
		       struct reason reason, struct text *subjects)
{
	struct text line = { 0 };

	text_add(&line, "%s", subjects->data ? subjects->data : "");
	if (!has_one_side(c))
		text_add(&line, " (%s)", side_words(c, reason.side));
	text_add(&line, ": %s", reason.text);
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
	const struct left_out *before = NULL;
	struct text subjects = { 0 };

	for (size_t i = 0; i < c->n_left_out; i++) {
		const struct left_out *other = &c->left_out[i];

		if (other->side != l->side || strcmp(other->reason, l->reason) != 0)
			continue;
		if (i < first) {
			text_free(&subjects);
			return;
		}
		add_subject(&subjects, before, other);
		before = other;
	}
	add_reason(text, width, c, (struct reason){ l->side, l->reason }, &subjects);
}

static enum which_side skipping_side(const struct check_change *check)
{
	if (check->base != CHECK_SKIP)
		return SIDE_NEW;
	return check->new != CHECK_SKIP ? SIDE_BASE : SIDE_BOTH;
}

/* Whether a side skipped a check, and not because it skipped the whole target. */
static bool skipped_alone(const struct comparison *c, const struct check_change *check)
{
	enum which_side side = skipping_side(check);

	if (check->base != CHECK_SKIP && check->new != CHECK_SKIP)
		return false;
	for (size_t i = 0; i < c->n_left_out; i++) {
		const struct left_out *l = &c->left_out[i];

		if (!*l->bench && !strcmp(l->fs, check->fs) && !strcmp(l->access, check->access) &&
		    (l->side == side || l->side == SIDE_BOTH || has_one_side(c)))
			return false;
	}
	return true;
}

/* A check that a side could not run, said once for all its targets. */
static void add_skipped_check(struct text *text, size_t width, const struct comparison *c,
			      size_t first)
{
	const struct check_change *check = &c->checks[first];
	enum which_side side = skipping_side(check);
	const char *why = side == SIDE_BASE ? check->base_evidence : check->new_evidence;
	struct text subject = { 0 };
	char target[LABEL_SIZE];

	text_add(&subject, "%s", label_check(check->name));
	for (size_t i = 0; i < c->n_checks; i++) {
		const struct check_change *other = &c->checks[i];

		if (!outcome_is_same(other, check) || !skipped_alone(c, other))
			continue;
		if (i < first) {
			text_free(&subject);
			return;
		}
		text_add(&subject, ", %s", label_target(other->fs, other->access, target));
	}
	add_reason(text, width, c, (struct reason){ side, why }, &subject);
}

void rows_left_out(struct text *text, size_t width, const struct comparison *c)
{
	size_t before = text->length;

	text_add(text, has_one_side(c) ? "Skipped\n" : "Not compared\n");
	size_t empty = text->length;

	for (size_t i = 0; i < c->n_left_out; i++)
		add_left_out(text, width, c, i);
	for (size_t i = 0; i < c->n_checks; i++)
		if (skipped_alone(c, &c->checks[i]))
			add_skipped_check(text, width, c, i);
	if (c->n_refused)
		text_add(text, "  %zu metrics: %s runs give checks, their figures are no results\n",
			 c->n_refused, side_mode_name(c->base->mode));
	if (text->length == empty && text->data)
		text->data[text->length = before] = '\0';
	else
		text_add(text, "\n");
}
