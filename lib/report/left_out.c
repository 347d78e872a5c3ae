// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "compare/span.h"
#include "report/columns.h"
#include "report/left_out.h"
#include "report/outcomes.h"

/* What is said together: what all sides lack, or what one of the two sides of a step does. */
struct block {
	const struct comparison *c;
	struct span span; /* from == to: of all sides */
};

/* Which sides of the block lack something, as bits; 0 where it is no matter of the block. */
static uint64_t lacking(const struct block *b, uint64_t sides)
{
	uint64_t of =
		b->span.from == b->span.to ? comparison_all_sides(b->c) : outcome_sides(b->span);
	bool all = (sides & of) == of;

	return all == (b->span.from == b->span.to) ? sides & of : 0;
}

static uint64_t lacks(const struct block *b, size_t missing)
{
	return lacking(b, b->c->missing[missing].sides);
}

static bool same_reason(const struct block *b, size_t i, size_t k)
{
	return lacks(b, i) && lacks(b, i) == lacks(b, k) &&
	       !strcmp(b->c->missing[i].reason, b->c->missing[k].reason);
}

/* The next that is missing on the target of one, for the same reason; from: where to begin. */
static size_t next_there(const struct block *b, size_t like, size_t from)
{
	const struct missing *list = b->c->missing;

	for (; from < b->c->n_missing; from++)
		if (same_reason(b, from, like) && !strcmp(list[from].name.fs, list[like].name.fs) &&
		    !strcmp(list[from].name.access, list[like].name.access))
			break;
	return from;
}

/* Whether the same is missing, for one reason, on the targets of one and other. */
static bool missing_alike(const struct block *b, size_t one, size_t other)
{
	const struct missing *list = b->c->missing;
	size_t i = next_there(b, one, 0), k = next_there(b, other, 0), n = b->c->n_missing;

	while (i < n && k < n) {
		if (!cost_same_arm(&list[i].name, &list[k].name))
			return false;
		i = next_there(b, one, i + 1);
		k = next_there(b, other, k + 1);
	}
	return i == k;
}

/* "first-write huge-cold, huge-hole, mmap-write huge-4k": what one target lacks. */
static void add_arms(struct text *text, const struct block *b, size_t like)
{
	size_t first = next_there(b, like, 0);
	const char *bench = "";

	for (size_t i = first; i < b->c->n_missing; i = next_there(b, like, i + 1)) {
		const struct cost_name *name = &b->c->missing[i].name;
		bool named = i != first && !strcmp(name->bench, bench);

		text_add(text, "%s%s%s%s%s%s", i == first ? "" : ", ",
			 named		? ""
			 : *name->bench ? name->bench
					: "everything",
			 *name->arm && !named ? " " : "", name->arm, *name->metric ? " " : "",
			 name->metric);
		bench = name->bench;
	}
}

/*
 * "splice file-null-4k on ext2 DAX, ext4 DAX": the arms that the target of missing[first]
 * lacks, with all targets that lack the same; nothing when an earlier one of these said so.
 */
static void add_subject(struct text *text, const struct block *b, size_t first)
{
	const struct missing *list = b->c->missing;
	char target[LABEL_SIZE];
	const char *on;

	if (next_there(b, first, 0) < first)
		return;
	for (size_t i = 0; i < first; i++)
		if (same_reason(b, i, first) && missing_alike(b, i, first))
			return;
	text_add(text, "%s", text->length ? "; " : "");
	add_arms(text, b, first);
	on = label_target(list[first].name.fs, list[first].name.access, target);
	text_add(text, "%s%s", *on ? " on " : "", on);
	for (size_t i = first + 1; i < b->c->n_missing; i++)
		if (same_reason(b, i, first) && next_there(b, i, 0) == i &&
		    missing_alike(b, i, first))
			text_add(text, ", %s",
				 label_target(list[i].name.fs, list[i].name.access, target));
}

/* "splice file-null-4k on ext2 DAX (with): the reason"; frees subjects. */
static void add_reason(struct text *text, size_t width, const struct block *b, uint64_t sides,
		       struct text *subjects, const char *reason)
{
	size_t side = sides >> b->span.to & 1 ? b->span.to : b->span.from;
	struct text line = { 0 };
	char heading[LABEL_SIZE];

	text_add(&line, "%s", subjects->data ? subjects->data : "");
	if (b->span.from != b->span.to)
		text_add(&line, " (%s)",
			 comparison_is_series(b->c) ? b->c->side[side]->label
						    : side_heading(b->c, side, heading));
	text_add(&line, ": %s", reason);
	text_wrap_built(text, width, "  ", 4, &line);
	text_take(text, subjects);
}

static void add_missing(struct text *text, size_t width, const struct block *b, size_t first)
{
	struct text subjects = { 0 };

	for (size_t i = 0; i < first; i++)
		if (same_reason(b, i, first))
			return;
	for (size_t i = first; i < b->c->n_missing; i++)
		if (same_reason(b, i, first))
			add_subject(&subjects, b, i);
	add_reason(text, width, b, lacks(b, first), &subjects, b->c->missing[first].reason);
}

/* The sides that skipped a check, and not because they skipped the whole target. */
static uint64_t skipped_alone(const struct block *b, size_t check)
{
	const struct promise *promise = &b->c->checks[check];
	uint64_t skipped = 0;

	for (size_t i = 0; i < b->c->n_sides; i++)
		if (promise->on[i].verdict == CHECK_SKIP)
			skipped |= 1ull << i;
	skipped = lacking(b, skipped);
	for (size_t i = 0; i < b->c->n_missing && skipped; i++) {
		const struct cost_name *name = &b->c->missing[i].name;

		if (!*name->bench && !strcmp(name->fs, promise->fs) &&
		    !strcmp(name->access, promise->access) &&
		    (b->c->missing[i].sides & skipped) == skipped)
			return 0;
	}
	return skipped;
}

/* A check that could not be made, said once for all its targets. */
static void add_skipped_check(struct text *text, size_t width, const struct block *b, size_t first)
{
	const struct promise *checks = b->c->checks;
	uint64_t skipped = skipped_alone(b, first);
	size_t last = b->c->n_sides - 1;
	struct text subject = { 0 };
	char target[LABEL_SIZE];

	while (last && !(skipped >> last & 1))
		last--;
	text_add(&subject, "%s", checks[first].label);
	for (size_t i = 0; i < b->c->n_checks; i++) {
		if (strcmp(checks[i].name, checks[first].name) != 0 ||
		    skipped_alone(b, i) != skipped)
			continue;
		if (i < first) {
			text_free(&subject);
			return;
		}
		text_add(&subject, ", %s", label_target(checks[i].fs, checks[i].access, target));
	}
	add_reason(text, width, b, skipped, &subject, checks[first].on[last].evidence);
}

/* Costs of emulated guests are not compared. */
static void add_refused(struct text *text, const struct comparison *c)
{
	if (c->n_refused)
		text_add(text,
			 "  %zu metric%s: %s runs give checks, their figures are no results\n",
			 c->n_refused, c->n_refused == 1 ? "" : "s",
			 side_mode_name(comparison_mode(c)));
}

static void add_block(struct text *text, size_t width, const char *title, const struct block *b)
{
	struct text lines = { 0 };

	for (size_t i = 0; i < b->c->n_missing; i++)
		if (lacks(b, i))
			add_missing(&lines, width, b, i);
	for (size_t i = 0; i < b->c->n_checks; i++)
		if (skipped_alone(b, i))
			add_skipped_check(&lines, width, b, i);
	if (b->span.from == b->span.to)
		add_refused(&lines, b->c);
	if (lines.length)
		text_add(text, "%s\n%s\n", title, lines.data);
	text_take(text, &lines);
}

void report_left_out(struct text *text, size_t width, const struct comparison *c)
{
	struct block block = { .c = c };

	add_block(text, width, "Skipped", &block);
	for (size_t i = 1; i < c->n_sides; i++) {
		struct text title = { 0 };

		text_add(&title, "Not compared");
		if (comparison_is_series(c))
			text_add(&title, " at step \"%s\"", c->side[i]->label);
		block.span = span_step(c, i);
		add_block(text, width, title.data ? title.data : "", &block);
		text_free(&title);
	}
}
