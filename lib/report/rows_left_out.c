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

static bool same_reason(const struct left_out *a, const struct left_out *b)
{
	return a->side == b->side && !strcmp(a->reason, b->reason);
}

/* The next that was left out of the target of one, for the same reason; from: where to begin. */
static size_t next_there(const struct comparison *c, const struct left_out *like, size_t from)
{
	for (; from < c->n_left_out; from++) {
		const struct left_out *l = &c->left_out[from];

		if (same_reason(l, like) && !strcmp(l->name.fs, like->name.fs) &&
		    !strcmp(l->name.access, like->name.access))
			break;
	}
	return from;
}

/* Whether the same was left out, for one reason, of the targets of a and b. */
static bool left_out_alike(const struct comparison *c, const struct left_out *a,
			   const struct left_out *b)
{
	size_t i = next_there(c, a, 0), j = next_there(c, b, 0);

	while (i < c->n_left_out && j < c->n_left_out) {
		const struct left_out *there = &c->left_out[i], *here = &c->left_out[j];

		if (strcmp(there->name.bench, here->name.bench) != 0 ||
		    strcmp(there->name.arm, here->name.arm) != 0 ||
		    strcmp(there->name.metric, here->name.metric) != 0)
			return false;
		i = next_there(c, a, i + 1);
		j = next_there(c, b, j + 1);
	}
	return i == j;
}

/* "first-write huge-cold, huge-hole, mmap-write huge-4k": what one target lacks. */
static void add_arms(struct text *text, const struct comparison *c, const struct left_out *like)
{
	const char *bench = "";

	for (size_t i = next_there(c, like, 0); i < c->n_left_out; i = next_there(c, like, i + 1)) {
		const struct left_out *l = &c->left_out[i];
		bool first = i == next_there(c, like, 0);
		bool named = !first && !strcmp(l->name.bench, bench);

		text_add(text, "%s%s%s%s%s%s", first ? "" : ", ",
			 named		  ? ""
			 : *l->name.bench ? l->name.bench
					  : "everything",
			 *l->name.arm && !named ? " " : "", l->name.arm, *l->name.metric ? " " : "",
			 l->name.metric);
		bench = l->name.bench;
	}
}

/*
 * "splice file-null-4k on ext2 DAX, ext4 DAX": the arms that the target of
 * left_out[first] lacks, with all targets that lack the same; nothing when an
 * earlier one of these said so.
 */
static void add_subject(struct text *text, const struct comparison *c, size_t first)
{
	const struct left_out *like = &c->left_out[first];
	char target[LABEL_SIZE];
	const char *on;

	if (next_there(c, like, 0) < first)
		return;
	for (size_t i = 0; i < first; i++)
		if (same_reason(&c->left_out[i], like) && left_out_alike(c, &c->left_out[i], like))
			return;
	text_add(text, "%s", text->length ? "; " : "");
	add_arms(text, c, like);
	on = label_target(like->name.fs, like->name.access, target);
	text_add(text, "%s%s", *on ? " on " : "", on);
	for (size_t i = first + 1; i < c->n_left_out; i++) {
		const struct left_out *l = &c->left_out[i];

		if (same_reason(l, like) && next_there(c, l, 0) == i && left_out_alike(c, l, like))
			text_add(text, ", %s", label_target(l->name.fs, l->name.access, target));
	}
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
	struct text subjects = { 0 };

	for (size_t i = 0; i < first; i++)
		if (same_reason(&c->left_out[i], l))
			return;
	for (size_t i = first; i < c->n_left_out; i++)
		if (same_reason(&c->left_out[i], l))
			add_subject(&subjects, c, i);
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

		if (!*l->name.bench && !strcmp(l->name.fs, check->fs) &&
		    !strcmp(l->name.access, check->access) &&
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
		text_add(text,
			 "  %zu metric%s: %s runs give checks, their figures are no results\n",
			 c->n_refused, c->n_refused == 1 ? "" : "s", side_mode_name(c->base->mode));
	if (text->length == empty && text->data)
		text->data[text->length = before] = '\0';
	else
		text_add(text, "\n");
}
