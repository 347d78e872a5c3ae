// SPDX-License-Identifier: GPL-2.0-or-later
/* What each step changed, in words. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/groups.h"
#include "report/outcomes.h"
#include "report/steps_parts.h"
#include "report/summary.h"

/* "8 worse (+0.4% to +328.4%)", nothing when none is. */
static void add_range(struct text *line, const struct comparison *c, enum verdict verdict)
{
	char label[LABEL_SIZE];
	double low = INFINITY, high = 0;
	size_t n = comparison_count(c, verdict);

	for (size_t i = 0; i < c->n_metrics; i++) {
		const struct judgement *j = &c->metrics[i].judgement;

		if (j->verdict != verdict)
			continue;
		low = fabs(j->change_pct) < fabs(low) ? j->change_pct : low;
		high = fabs(j->change_pct) > fabs(high) ? j->change_pct : high;
	}
	if (!n)
		return;
	text_add(line, "%s%zu %s (%s", line->length ? ", " : "", n, verdict_name(verdict),
		 label_change(low, label));
	if (n > 1 && high != low)
		text_add(line, " to %s", label_change(high, label));
	text_add(line, ")");
}

static void add_costs(struct text *line, const struct comparison *c)
{
	size_t open = comparison_count(c, VERDICT_INCONCLUSIVE);

	add_range(line, c, VERDICT_WORSE);
	add_range(line, c, VERDICT_BETTER);
	if (open)
		text_add(line, "%s%zu inconclusive",
			 line->length ? ", "
				      : "no cost is proved to "
					"have changed, ",
			 open);
	else if (!line->length && c->n_metrics)
		text_add(line, "no cost changed");
}

static size_t turned(const struct comparison *c, enum check_verdict to)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n_checks; i++)
		n += c->checks[i].base != c->checks[i].new && c->checks[i].new == to;
	return n;
}

/* What one step did, with the checks by name. */
static void add_step(struct text *line, const struct comparison *c)
{
	size_t before;

	add_costs(line, c);
	before = line->length;
	outcome_list(line, c, "; checks that now fail: ", CHECK_PASS, CHECK_FAIL);
	outcome_list(line, c, "; checks that fail, and were not tried before: ", CHECK_SKIP,
		     CHECK_FAIL);
	outcome_list(line, c, "; checks that now pass: ", CHECK_FAIL, CHECK_PASS);
	if (line->length == before && c->n_checks)
		text_add(line, line->length ? "; no check changed" : "no check changed");
}

/* The same against the first, where the checks are a number. */
static void add_since_first(struct text *line, const struct comparison *c)
{
	size_t fail = turned(c, CHECK_FAIL), pass = turned(c, CHECK_PASS);
	struct text costs = { 0 };

	text_add(line, "(against \"%s\": ", c->base->label);

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
	if (words->data)
		text_wrap(text, width, first, 6, words->data);
	if (text_error(words))
		text->err = text_error(words);
	text_free(words);
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
	return comparison_count(c, VERDICT_SAME) != c->n_metrics || turned(c, CHECK_PASS) ||
	       turned(c, CHECK_FAIL) || turned(c, CHECK_SKIP);
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

void steps_list(struct text *text, size_t width, const struct steps *steps)
{
	text_add(text, "Steps, each against the one before\n");
	for (size_t i = 0; i < steps->n_sides; i++) {
		add_failures(text, width, steps, i);
		add_entry(text, width, steps, i);
	}
	add_failures(text, width, steps, steps->n_sides);
	text_add(text, "\n");
}

/* Marks the steps that brought what the first sentence tells of; whether it tells of a cost. */
static bool mark_lead(const struct steps *steps, const struct comparison *ends, bool *marked,
		      size_t *list)
{
	size_t last = steps->n_sides - 1;
	bool any = false;

	for (size_t m = 0; m < steps->all.n_metrics; m++) {
		const struct metric_change *end = steps_metric_first(steps, m, last);

		if (!end || !metric_changed(end) || !summary_leads(ends, end))
			continue;
		any = true;
		for (size_t n = steps_of_metric(steps, m, last, list); n; n--)
			marked[list[n - 1]] = true;
	}
	return any;
}

static bool mark_checks(const struct steps *steps, bool *marked, size_t *list)
{
	size_t last = steps->n_sides - 1;
	bool any = false;

	for (size_t k = 0; k < steps->all.n_checks; k++) {
		if (steps->all.checks[k].base == steps->all.checks[k].new)
			continue;
		any = true;
		for (size_t n = steps_of_check(steps, k, last, list); n; n--)
			marked[list[n - 1]] = true;
	}
	return any;
}

/* What a side without results changed is seen first on the next. */
static void add_instead(struct text *words, const struct steps *steps, size_t i)
{
	bool any = false;

	for (size_t k = 0; k < steps->n_failures; k++) {
		if (steps->failures[k].before != i)
			continue;
		text_add(words, "%s\"%s\"", any ? ", " : " (or ", steps->failures[k].label);
		any = true;
	}
	if (any)
		text_add(words, ", without results)");
}

/* "with "a" and "b"", or that no step is proved to have. */
static void add_marked(struct text *words, const struct steps *steps, const bool *marked)
{
	size_t n = 0, said = 0;

	for (size_t i = 1; i < steps->n_sides; i++)
		n += marked[i];
	text_add(words, n ? "with " : "with no step that alone is proved to bring it");
	for (size_t i = 1; i < steps->n_sides; i++) {
		if (!marked[i])
			continue;
		text_add(words, "%s\"%s\"",
			 !said		 ? ""
			 : said + 1 == n ? " and "
					 : ", ",
			 steps_side(steps, i)->label);
		add_instead(words, steps, i);
		said++;
	}
}

/* How many metrics some step changed that are the same in the end. */
static size_t came_back(const struct steps *steps)
{
	size_t n = 0, last = steps->n_sides - 1;

	for (size_t m = 0; m < steps->all.n_metrics; m++) {
		const struct metric_change *end = steps_metric_first(steps, m, last);

		n += end && end->judgement.verdict == VERDICT_SAME && steps_largest(steps, m) > 0;
	}
	return n;
}

/* What brought what the sentences before tell of; marks and list have room for all sides. */
static void add_who(struct text *words, const struct steps *steps, const struct comparison *ends,
		    bool *of_cost, bool *of_checks, size_t *list)
{
	bool cost = mark_lead(steps, ends, of_cost, list);
	bool checks = mark_checks(steps, of_checks, list);
	bool same = !memcmp(of_cost, of_checks, steps->n_sides * sizeof(*of_cost));
	size_t back = came_back(steps);

	text_add(words, " Of %zu steps", steps->n_sides - 1 + steps->n_failures);
	if (steps->n_failures)
		text_add(words, ", %zu without results", steps->n_failures);
	if (cost && checks && same)
		text_add(words, ", the cost named first and the checks changed ");
	else if (cost)
		text_add(words, ", the cost named first changed ");
	if (cost)
		add_marked(words, steps, of_cost);
	if (checks && !(cost && same)) {
		text_add(words, "%s the checks changed ", cost ? ";" : ",");
		add_marked(words, steps, of_checks);
	}
	if (!cost && !checks)
		text_add(words, "%s none is proved to have changed anything in the end",
			 steps->n_failures ? "," : "");
	if (back)
		text_add(words, "; %zu cost%s changed on the way and came back", back,
			 back == 1 ? "" : "s");
	text_add(words, ".");
}

void steps_summary(struct text *text, size_t width, const struct steps *steps)
{
	const struct comparison *ends = steps_first(steps, steps->n_sides - 1);
	bool *marked = calloc(2 * steps->n_sides, sizeof(*marked));
	size_t *list = calloc(steps->n_sides, sizeof(*list));
	struct text words = { 0 };

	summary_words(&words, ends);
	if (marked && list)
		add_who(&words, steps, ends, marked, marked + steps->n_sides, list);
	else
		text->err = -ENOMEM;
	if (words.data)
		text_wrap(text, width, "", 0, words.data);
	if (text_error(&words))
		text->err = text_error(&words);
	text_free(&words);
	free(marked);
	free(list);
}
