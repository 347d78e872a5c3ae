// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "compare/span.h"
#include "report/columns.h"
#include "report/outcomes.h"
#include "report/range.h"
#include "report/steps.h"
#include "report/tails.h"

const struct change *steps_largest(const struct comparison *c, size_t cost)
{
	const struct change *largest = NULL;

	for (size_t i = 1; i < c->n_sides; i++) {
		const struct change *step = span_changed(span_step(c, i), cost);

		if (step && (!largest || fabs(step->judgement.change_pct) >
						 fabs(largest->judgement.change_pct)))
			largest = step;
	}
	return largest;
}

static bool is_same(const struct change *change)
{
	return change && change->judgement.verdict == VERDICT_SAME;
}

bool steps_stayed(const struct comparison *c, size_t cost)
{
	for (size_t i = 1; i < c->n_sides; i++)
		if (!is_same(c->costs[cost].before[i]) || !is_same(c->costs[cost].first[i]))
			return false;
	return true;
}

/* "8 worse (+0.4% to +328.4%)", nothing when none is. */
static void add_range(struct text *line, struct span span, enum verdict verdict)
{
	struct range range = { 0 };

	for (size_t i = 0; i < span.of->n_costs; i++) {
		const struct change *change = span_change(span, i);

		if (change && change->judgement.verdict == verdict)
			range_take(&range, change->judgement.change_pct);
	}
	range_list(line, &range, verdict);
}

static void add_costs(struct text *line, struct span span)
{
	size_t open = span_count(span, VERDICT_INCONCLUSIVE);
	const char *what = span_any_tail(span) ? "median" : "cost";

	add_range(line, span, VERDICT_WORSE);
	add_range(line, span, VERDICT_BETTER);
	if (open && line->length)
		text_add(line, ", %zu inconclusive", open);
	else if (open)
		text_add(line, "no %s is proved to have changed, %zu inconclusive", what, open);
	else if (!line->length && span_costs(span))
		text_add(line, "no %s changed", what);
	tails_counts(line, span);
}

static size_t turned(struct span span, enum check_verdict to)
{
	size_t n = 0;

	for (size_t i = 0; i < span.of->n_checks; i++)
		n += span_turned(span, i) && span.of->checks[i].on[span.to].verdict == to;
	return n;
}

static void add_turned(struct text *line, struct span span, const char *what,
		       enum check_verdict from, enum check_verdict to)
{
	char words[LABEL_SIZE];

	snprintf(words, sizeof(words), "%s%s: ", line->length ? "; " : "", what);
	outcome_list(line, span, words, from, to);
}

/* What one step did, with the checks by name. */
static void add_step(struct text *line, struct span span)
{
	static const struct {
		const char *what;
		enum check_verdict from, to;
	} turns[] = {
		{ "checks that now fail", CHECK_PASS, CHECK_FAIL },
		{ "checks that fail, and were not tried before", CHECK_SKIP, CHECK_FAIL },
		{ "checks that now pass", CHECK_FAIL, CHECK_PASS },
		{ "checks that pass, and were not tried before", CHECK_SKIP, CHECK_PASS },
		{ "checks that passed, and are skipped now", CHECK_PASS, CHECK_SKIP },
		{ "checks that failed, and are skipped now", CHECK_FAIL, CHECK_SKIP },
	};
	size_t before;

	add_costs(line, span);
	before = line->length;
	for (size_t i = 0; i < sizeof(turns) / sizeof(turns[0]); i++)
		add_turned(line, span, turns[i].what, turns[i].from, turns[i].to);
	if (line->length == before && outcome_any_made(span.of, outcome_sides(span)))
		text_add(line, line->length ? "; no check changed" : "no check changed");
}

/* The same against the first, where the checks are a number. */
static void add_since_first(struct text *line, struct span span)
{
	size_t fail = turned(span, CHECK_FAIL), pass = turned(span, CHECK_PASS);
	struct text costs = { 0 };

	if (strcmp(span_base(span)->label, span_new(span)->label) != 0)
		text_add(line, "(against \"%s\": ", span_base(span)->label);
	else
		text_add(line, "(against the first: ");

	add_costs(&costs, span);
	if (fail)
		text_add(&costs, "; %zu check%s now fail%s", fail, fail == 1 ? "" : "s",
			 fail == 1 ? "s" : "");
	if (pass)
		text_add(&costs, "; %zu check%s now pass%s", pass, pass == 1 ? "" : "s",
			 pass == 1 ? "es" : "");
	text_add(line, "%s)", costs.data ? costs.data : "nothing was compared");
	text_take(line, &costs);
}

/* Adds words as lines, the first after what is there, and frees them. */
static void wrap(struct text *text, size_t width, const char *first, struct text *words)
{
	text_wrap_built(text, width, first, 6, words);
}

/* "2 2-dax", or the label alone where it heads the columns; then what it stands for. */
static void add_name(struct text *words, const struct comparison *c, size_t i)
{
	const struct side *side = c->side[i];

	if (sides_numbered(c))
		text_add(words, "%zu ", side_place(c, i));
	text_add(words, "%s", side->label);
	if (*side->boots[0].run.subject)
		text_add(words, ": %s", side->boots[0].run.subject);
}

static void add_failures(struct text *text, size_t width, const struct comparison *c, size_t before)
{
	for (size_t k = 0; k < c->n_failed; k++) {
		const struct failed_side *f = &c->failed[k];
		struct text words = { 0 };
		const char *first = "  ";

		if (f->before != before)
			continue;
		if (sides_numbered(c))
			text_add(&words, "%zu ", failed_place(c, k));
		text_add(&words, "%s: ", f->label);
		if (*f->subject) {
			text_add(&words, "%s", f->subject);
			wrap(text, width, "  ", &words);
			first = "    ";
		}
		text_add(&words, "no results: %s", f->reason);
		if (before < c->n_sides)
			text_add(&words, "; what it changed is counted with \"%s\"",
				 c->side[before]->label);
		wrap(text, width, first, &words);
	}
}

static bool did_something(struct span span)
{
	return span_count(span, VERDICT_SAME) != span_costs(span) || span_any_tail(span) ||
	       turned(span, CHECK_PASS) || turned(span, CHECK_FAIL) || turned(span, CHECK_SKIP);
}

/* The name and what the step did on one line, or below each other where the name is a sentence. */
static void add_entry(struct text *text, size_t width, const struct comparison *c, size_t i)
{
	bool has_subject = *c->side[i]->boots[0].run.subject;
	struct text words = { 0 }, what = { 0 };

	add_name(&words, c, i);
	if (!i || has_subject)
		wrap(text, width, "  ", &words);
	if (!i)
		return;
	add_step(&what, span_step(c, i));
	text_add(&words, "%s%s", words.length ? ": " : "", what.data ? what.data : "");
	text_take(text, &what);
	wrap(text, width, has_subject ? "    " : "  ", &words);
	if (i < 2 || !did_something(span_step(c, i)))
		return;
	add_since_first(&words, span_first(c, i));
	wrap(text, width, "    ", &words);
}

/* So many steps in a row that changed nothing have one line, unless the series is short. */
#define QUIET_FOLDED 3

static bool has_failure(const struct comparison *c, size_t before)
{
	for (size_t k = 0; k < c->n_failed; k++)
		if (c->failed[k].before == before)
			return true;
	return false;
}

/* The last of the sides from i on that changed nothing; i where they are not folded. */
static size_t quiet_until(const struct comparison *c, size_t i)
{
	size_t last = i;

	if (!i || c->n_sides <= SIDES_SHOWN_WHOLE || did_something(span_step(c, i)))
		return i;
	while (last + 1 < c->n_sides && !has_failure(c, last + 1) &&
	       !did_something(span_step(c, last + 1)))
		last++;
	return last - i + 1 < QUIET_FOLDED ? i : last;
}

/* "4 d to 60 z (57 sides): no cost changed; no check changed" */
static void add_quiet(struct text *text, size_t width, const struct comparison *c, size_t i,
		      size_t last)
{
	struct text words = { 0 }, what = { 0 };

	text_add(&words, "%zu %s to %zu %s (%zu sides)", side_place(c, i), c->side[i]->label,
		 side_place(c, last), c->side[last]->label, last - i + 1);
	add_step(&what, span_step(c, i));
	if (what.length)
		text_add(&words, ": %s", what.data);
	text_take(text, &what);
	wrap(text, width, "  ", &words);
}

void steps_list(struct text *text, size_t width, const struct comparison *c)
{
	text_add(text, "Steps, each against the one before\n");
	for (size_t i = 0; i < c->n_sides; i++) {
		size_t last = quiet_until(c, i);

		add_failures(text, width, c, i);
		if (last == i)
			add_entry(text, width, c, i);
		else
			add_quiet(text, width, c, i, last);
		i = last;
	}
	add_failures(text, width, c, c->n_sides);
	text_add(text, "\n");
}
