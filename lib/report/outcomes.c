// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "compare/span.h"
#include "report/labels.h"
#include "report/outcomes.h"

static bool has(uint64_t sides, size_t side)
{
	return sides >> side & 1;
}

bool outcome_same_verdicts(const struct comparison *c, uint64_t sides, size_t a, size_t b)
{
	for (size_t i = 0; i < c->n_sides; i++)
		if (has(sides, i) && c->checks[a].on[i].verdict != c->checks[b].on[i].verdict)
			return false;
	return true;
}

bool outcome_is_same(const struct comparison *c, uint64_t sides, size_t a, size_t b)
{
	return !strcmp(c->checks[a].name, c->checks[b].name) &&
	       outcome_same_verdicts(c, sides, a, b);
}

bool outcome_is_first(const struct comparison *c, uint64_t sides, size_t check)
{
	for (size_t i = 0; i < check; i++)
		if (outcome_is_same(c, sides, i, check))
			return false;
	return true;
}

void outcome_targets(struct text *text, const struct comparison *c, uint64_t sides, size_t check)
{
	const char *separator = "";
	char target[LABEL_SIZE];

	for (size_t i = 0; i < c->n_checks; i++) {
		if (!outcome_is_same(c, sides, i, check))
			continue;
		text_add(text, "%s%s", separator,
			 label_target(c->checks[i].fs, c->checks[i].access, target));
		separator = ", ";
	}
}

bool outcome_same_targets(const struct comparison *c, uint64_t sides, size_t a, size_t b)
{
	struct text one = { 0 }, other = { 0 };
	bool same;

	outcome_targets(&one, c, sides, a);
	outcome_targets(&other, c, sides, b);
	same = one.data && other.data && !strcmp(one.data, other.data);
	text_free(&one);
	text_free(&other);
	return same;
}

bool outcome_everywhere(const struct comparison *c, uint64_t sides, size_t check,
			enum check_verdict verdict)
{
	for (size_t i = 0; i < c->n_sides; i++)
		if (has(sides, i) && c->checks[check].on[i].verdict != verdict)
			return false;
	return true;
}

bool outcome_anywhere(const struct comparison *c, uint64_t sides, size_t check,
		      enum check_verdict verdict)
{
	for (size_t i = 0; i < c->n_sides; i++)
		if (has(sides, i) && c->checks[check].on[i].verdict == verdict)
			return true;
	return false;
}

bool outcome_any_made(const struct comparison *c, uint64_t sides)
{
	for (size_t i = 0; i < c->n_checks; i++)
		if (!outcome_everywhere(c, sides, i, CHECK_SKIP))
			return true;
	return false;
}

bool outcome_any_failed(const struct comparison *c, uint64_t sides)
{
	for (size_t i = 0; i < c->n_checks; i++)
		if (outcome_anywhere(c, sides, i, CHECK_FAIL))
			return true;
	return false;
}

uint64_t outcome_sides(struct span span)
{
	return 1ull << span.from | 1ull << span.to;
}

/*
 * The checks of one outcome that have it on the same targets as check number
 * first: "c/mtime updated, ... (ext2 DAX, ext4 DAX)". Nothing if an earlier
 * one has already said it.
 */
static bool add_promises(struct text *text, struct span span, size_t first, const char *separator)
{
	const struct comparison *c = span.of;
	uint64_t sides = outcome_sides(span);
	struct text targets = { 0 }, names = { 0 };
	bool said = false;

	outcome_targets(&targets, c, sides, first);
	for (size_t i = 0; i < c->n_checks && !said; i++) {
		if (!outcome_same_verdicts(c, sides, i, first) || !outcome_is_first(c, sides, i) ||
		    !outcome_same_targets(c, sides, i, first))
			continue;
		said = i < first;
		text_add(&names, "%s%s", names.length ? ", " : "", c->checks[i].promise);
	}
	if (!said && names.data)
		text_add(text, "%s%s", separator, names.data);
	if (!said && targets.length)
		text_add(text, " (%s)", targets.data);
	text_take(text, &targets);
	text_take(text, &names);
	return !said;
}

void outcome_list(struct text *text, struct span span, const char *what, enum check_verdict from,
		  enum check_verdict to)
{
	const char *separator = what;

	for (size_t i = 0; i < span.of->n_checks; i++) {
		const struct check_seen *on = span.of->checks[i].on;

		if (on[span.from].verdict == from && on[span.to].verdict == to &&
		    outcome_is_first(span.of, outcome_sides(span), i) &&
		    add_promises(text, span, i, separator))
			separator = "; ";
	}
}

const char *outcome_word(enum check_verdict verdict)
{
	return verdict == CHECK_FAIL ? "FAIL" : check_verdict_name(verdict);
}
