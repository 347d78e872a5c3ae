// SPDX-License-Identifier: GPL-2.0-or-later
/* What each step changed, in words. */
#include <stdio.h>
#include <string.h>

#include "report/outcomes.h"
#include "report/range.h"
#include "report/steps_parts.h"
#include "report/tails.h"

/* "8 worse (+0.4% to +328.4%)", nothing when none is. */
static void add_range(struct text *line, const struct comparison *c, enum verdict verdict)
{
	struct range range = { 0 };

	for (size_t i = 0; i < c->n_metrics; i++)
		if (c->metrics[i].judgement.verdict == verdict)
			range_take(&range, c->metrics[i].judgement.change_pct);
	if (!range.n)
		return;
	text_add(line, "%s%zu %s", line->length ? ", " : "", range.n, verdict_name(verdict));
	range_add(line, &range);
}

static void add_costs(struct text *line, const struct comparison *c)
{
	size_t open = comparison_count(c, VERDICT_INCONCLUSIVE);

	bool tails = comparison_tails(c, VERDICT_WORSE) || comparison_tails(c, VERDICT_BETTER);
	const char *what = tails ? "median" : "cost";

	add_range(line, c, VERDICT_WORSE);
	add_range(line, c, VERDICT_BETTER);
	if (open && line->length)
		text_add(line, ", %zu inconclusive", open);
	else if (open)
		text_add(line, "no %s is proved to have changed, %zu inconclusive", what, open);
	else if (!line->length && c->n_metrics)
		text_add(line, "no %s changed", what);
	if (tails)
		text_add(line, "; ");
	tails_counts(line, c);
}

static size_t turned(const struct comparison *c, enum check_verdict to)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n_checks; i++)
		n += c->checks[i].base != c->checks[i].new && c->checks[i].new == to;
	return n;
}

static void add_turned(struct text *line, const struct comparison *c, const char *what,
		       enum check_verdict from, enum check_verdict to)
{
	char words[LABEL_SIZE];

	snprintf(words, sizeof(words), "%s%s: ", line->length ? "; " : "", what);
	outcome_list(line, c, words, from, to);
}

/* What one step did, with the checks by name. */
static void add_step(struct text *line, const struct comparison *c)
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

	add_costs(line, c);
	before = line->length;
	for (size_t i = 0; i < sizeof(turns) / sizeof(turns[0]); i++)
		add_turned(line, c, turns[i].what, turns[i].from, turns[i].to);
	if (line->length == before && (outcome_any_made(c, false) || outcome_any_made(c, true)))
		text_add(line, line->length ? "; no check changed" : "no check changed");
}

/* The same against the first, where the checks are a number. */
static void add_since_first(struct text *line, const struct comparison *c)
{
	size_t fail = turned(c, CHECK_FAIL), pass = turned(c, CHECK_PASS);
	struct text costs = { 0 };

	if (strcmp(c->base->label, c->new->label) != 0)
		text_add(line, "(against \"%s\": ", c->base->label);
	else
		text_add(line, "(against the first: ");

	add_costs(&costs, c);
	if (fail)
		text_add(&costs, "; %zu check%s now fail%s", fail, fail == 1 ? "" : "s",
			 fail == 1 ? "s" : "");
	if (pass)
		text_add(&costs, "; %zu check%s now pass%s", pass, pass == 1 ? "" : "s",
			 pass == 1 ? "es" : "");
	text_add(line, "%s)", costs.data ? costs.data : "nothing was compared");
	if (text_error(&costs))
		line->err = text_error(&costs);
	text_free(&costs);
}

/* Adds words as lines, the first after what is there, and frees them. */
static void wrap(struct text *text, size_t width, const char *first, struct text *words)
{
	text_wrap_built(text, width, first, 6, words);
}

/* "2 2-dax", or the label alone where it heads the columns; then what it stands for. */
static void add_name(struct text *words, const struct steps *steps, size_t i)
{
	const struct side *side = steps_side(steps, i);

	if (steps_numbered(steps))
		text_add(words, "%zu ", steps_place(steps, i));
	text_add(words, "%s", side->label);
	if (*side->boots[0].run.subject)
		text_add(words, ": %s", side->boots[0].run.subject);
}

static void add_failures(struct text *text, size_t width, const struct steps *steps, size_t before)
{
	for (size_t k = 0; k < steps->n_failures; k++) {
		const struct step_failure *f = &steps->failures[k];
		struct text words = { 0 };
		const char *first = "  ";

		if (f->before != before)
			continue;
		if (steps_numbered(steps))
			text_add(&words, "%zu ", steps_failure_place(steps, k));
		text_add(&words, "%s: ", f->label);
		if (*f->subject) {
			text_add(&words, "%s", f->subject);
			wrap(text, width, "  ", &words);
			first = "    ";
		}
		text_add(&words, "no results: %s", f->reason);
		if (before < steps->n_sides)
			text_add(&words, "; what it changed is counted with \"%s\"",
				 steps_side(steps, before)->label);
		wrap(text, width, first, &words);
	}
}

static bool did_something(const struct comparison *c)
{
	return comparison_count(c, VERDICT_SAME) != c->n_metrics ||
	       comparison_tails(c, VERDICT_WORSE) || comparison_tails(c, VERDICT_BETTER) ||
	       turned(c, CHECK_PASS) || turned(c, CHECK_FAIL) || turned(c, CHECK_SKIP);
}

/* The name and what the step did on one line, or below each other where the name is a sentence. */
static void add_entry(struct text *text, size_t width, const struct steps *steps, size_t i)
{
	bool has_subject = *steps_side(steps, i)->boots[0].run.subject;
	struct text words = { 0 }, what = { 0 };

	add_name(&words, steps, i);
	if (!i || has_subject)
		wrap(text, width, "  ", &words);
	if (!i)
		return;
	add_step(&what, steps_before(steps, i));
	text_add(&words, "%s%s", words.length ? ": " : "", what.data ? what.data : "");
	if (text_error(&what))
		text->err = text_error(&what);
	text_free(&what);
	wrap(text, width, has_subject ? "    " : "  ", &words);
	if (i < 2 || !did_something(steps_before(steps, i)))
		return;
	add_since_first(&words, steps_first(steps, i));
	wrap(text, width, "    ", &words);
}

/* Lines of a row that changed nothing are folded from so many on, unless the row is short. */
#define QUIET_FOLDED 3

static bool has_failure(const struct steps *steps, size_t before)
{
	for (size_t k = 0; k < steps->n_failures; k++)
		if (steps->failures[k].before == before)
			return true;
	return false;
}

/* The last of the sides from i on that changed nothing; i where they are not folded. */
static size_t quiet_until(const struct steps *steps, size_t i)
{
	size_t last = i;

	if (!i || steps->n_sides <= STEPS_SHOWN_WHOLE || did_something(steps_before(steps, i)))
		return i;
	while (last + 1 < steps->n_sides && !has_failure(steps, last + 1) &&
	       !did_something(steps_before(steps, last + 1)))
		last++;
	return last - i + 1 < QUIET_FOLDED ? i : last;
}

/* "4 d to 60 z (57 sides): no cost changed; no check changed" */
static void add_quiet(struct text *text, size_t width, const struct steps *steps, size_t i,
		      size_t last)
{
	struct text words = { 0 }, what = { 0 };

	text_add(&words, "%zu %s to %zu %s (%zu sides)", steps_place(steps, i),
		 steps_side(steps, i)->label, steps_place(steps, last),
		 steps_side(steps, last)->label, last - i + 1);
	add_step(&what, steps_before(steps, i));
	if (what.length)
		text_add(&words, ": %s", what.data);
	if (text_error(&what))
		text->err = text_error(&what);
	text_free(&what);
	wrap(text, width, "  ", &words);
}

void steps_list(struct text *text, size_t width, const struct steps *steps)
{
	text_add(text, "Steps, each against the one before\n");
	for (size_t i = 0; i < steps->n_sides; i++) {
		size_t last = quiet_until(steps, i);

		add_failures(text, width, steps, i);
		if (last == i)
			add_entry(text, width, steps, i);
		else
			add_quiet(text, width, steps, i, last);
		i = last;
	}
	add_failures(text, width, steps, steps->n_sides);
	text_add(text, "\n");
}
