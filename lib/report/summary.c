// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>
#include <string.h>

#include "compare/span.h"
#include "report/columns.h"
#include "report/groups.h"
#include "report/outcomes.h"
#include "report/range.h"
#include "report/steps.h"
#include "report/summary.h"
#include "report/tails.h"

static double size_of(const struct change *change)
{
	return fabs(change->judgement.change_pct);
}

/* The cost with the largest change of that verdict; n_costs if there is none. */
static size_t largest(struct span span, enum verdict verdict)
{
	size_t n = span.of->n_costs, found = n;

	for (size_t i = 0; i < n; i++) {
		const struct change *change = span_change(span, i);

		if (!change || change->judgement.verdict != verdict)
			continue;
		if (found == n || size_of(change) > size_of(span_change(span, found)))
			found = i;
	}
	return found;
}

/* The change to begin with where the write fault did not change. */
static size_t largest_of_all(struct span span)
{
	size_t worse = largest(span, VERDICT_WORSE), better = largest(span, VERDICT_BETTER);

	if (worse == span.of->n_costs || better == span.of->n_costs)
		return worse == span.of->n_costs ? better : worse;
	return size_of(span_change(span, better)) > size_of(span_change(span, worse)) ? better
										      : worse;
}

static bool any_changed(struct span span)
{
	return span_count(span, VERDICT_WORSE) || span_count(span, VERDICT_BETTER);
}

static bool write_fault_changed(struct span span, size_t cost, bool dax)
{
	const struct cost_name *name = &span.of->costs[cost].name;

	return cost_is_write_fault(name) && span_changed(span, cost) &&
	       !strcmp(name->access, "dax") == dax;
}

static bool any_write_fault_changed(struct span span, bool dax)
{
	for (size_t i = 0; i < span.of->n_costs; i++)
		if (write_fault_changed(span, i, dax))
			return true;
	return false;
}

/*
 * Whether the first sentence says how this cost changed. The write fault on a DAX page
 * that was read before is what this suite is about, so it goes before a larger
 * change elsewhere.
 */
static bool leads(struct span span, size_t cost)
{
	if (any_write_fault_changed(span, true))
		return write_fault_changed(span, cost, true);
	if (any_write_fault_changed(span, false))
		return write_fault_changed(span, cost, false);
	return cost == largest_of_all(span);
}

/*
 * "351.2% more on ext4 DAX (920 to 4151 instructions)", of a time "10.2% more
 * on ext4 DAX (900 to 992 ns, 95% interval +9.8..+10.6%)"
 */
static void add_change(struct text *text, struct span span, size_t at)
{
	char target[LABEL_SIZE], base[LABEL_SIZE], new[LABEL_SIZE], interval[LABEL_SIZE];
	const struct cost *cost = &span.of->costs[at];
	const struct judgement *j = &span_change(span, at)->judgement;
	const char *on = label_target(cost->name.fs, cost->name.access, target);
	double from = cost->on[span.from].faults, to = cost->on[span.to].faults;

	if (isinf(j->change_pct) || change_is_beyond(j->change_pct))
		text_add(text, "%s instead of %s", label_figure(j->other, cost->unit, new),
			 label_figure(j->base, cost->unit, base));
	else
		text_add(text, "%.1f%% %s", fabs(j->change_pct),
			 j->change_pct > 0 ? "more" : "less");
	text_add(text, "%s%s (%s to %s %s", *on ? " on " : "", on,
		 label_figure(j->base, cost->unit, base), label_figure(j->other, cost->unit, new),
		 cost->unit);
	if (comparison_mode(span.of) == SIDE_TIME)
		text_add(text, ", 95%% interval %s",
			 label_interval(j->low_pct, j->high_pct, interval));
	if (cost_by_mean(cost))
		text_add(text, ", a mean");
	if (cost_by_mean(cost) && (from > 0 || to > 0))
		text_add(text, " of %.4g to %.4g page faults", from, to);
	text_add(text, ")");
}

/* "a first write to a page already read costs ... on ext2 DAX and ... on ext4 DAX" */
static void add_lead(struct text *text, struct span span)
{
	const struct comparison *c = span.of;
	char operation[LABEL_SIZE];
	size_t left = 0, said = 0;

	for (size_t i = 0; i < c->n_costs; i++)
		left += leads(span, i);
	for (size_t i = 0; i < c->n_costs; i++) {
		if (!leads(span, i))
			continue;
		if (!said)
			text_add(text, "%s %s ", label_operation(&c->costs[i].name, operation),
				 c->costs[i].higher_is_better ? "reaches" : "costs");
		else
			text_add(text, left == 1 ? " and " : ", ");
		add_change(text, span, i);
		said++;
		left--;
	}
}

/* "; 15 worse, most of all splice sendfile-4k on ext4 DAX (+4.0%)" */
static void add_others(struct text *text, struct span span, enum verdict verdict)
{
	const struct change *most = NULL;
	const struct cost *cost = NULL;
	char operation[LABEL_SIZE], target[LABEL_SIZE], change[LABEL_SIZE];
	const char *on;
	size_t n = 0;

	for (size_t i = 0; i < span.of->n_costs; i++) {
		const struct change *here = span_change(span, i);

		if (!here || here->judgement.verdict != verdict || leads(span, i))
			continue;
		n++;
		if (most && size_of(here) <= size_of(most))
			continue;
		most = here;
		cost = &span.of->costs[i];
	}
	if (!most)
		return;
	text_add(text, "%s %zu %s", text->length ? ";" : "Other costs:", n,
		 verdict == VERDICT_SAME ? "unchanged" : verdict_name(verdict));
	if (!is_change(&most->judgement))
		return;
	on = label_target(cost->name.fs, cost->name.access, target);
	text_add(text, ", %s%s%s%s (%s%s)", n > 1 ? "most of all " : "",
		 label_operation(&cost->name, operation), *on ? " on " : "", on,
		 label_change(most->judgement.change_pct, change), label_mean(cost));
}

static void add_no_change(struct text *text, struct span span)
{
	size_t same = span_count(span, VERDICT_SAME);
	size_t open = span_count(span, VERDICT_INCONCLUSIVE);
	const char *what = span_any_tail(span) ? "median" : "cost";
	double none = comparison_none_pct(span.of);

	if (!span_costs(span))
		text_add(text, "no cost was compared");
	else if (!open && same == 1)
		text_add(text,
			 "the %s of the one operation that was compared did not change by "
			 "more than %g%%",
			 what, none);
	else if (!open)
		text_add(text, "none of %zu %ss changed by more than %g%%", same, what, none);
	else
		text_add(text,
			 "no %s is proved to have changed (%zu the same within %g%%, %zu "
			 "inconclusive)",
			 what, same, none, open);
}

/* By their labels; by their kernels where one plan was run under both. */
static void add_sides(struct text *text, struct span span)
{
	const struct side *base = span_base(span), *new = span_new(span);
	const char *kernel = base->boots[0].machine.kernel;
	const char *other = new->boots[0].machine.kernel;

	if (!strcmp(base->label, new->label) && !strcmp(kernel, other))
		text_add(text, "Between two results of \"%s\", ", base->label);
	else if (strcmp(base->label, new->label) != 0)
		text_add(text, "From \"%s\" to \"%s\", ", base->label, new->label);
	else
		text_add(text, "From Linux %s to Linux %s, ", kernel, other);
}

static void add_checks(struct text *text, struct span span)
{
	const struct comparison *c = span.of;
	uint64_t new = 1ull << span.to;

	outcome_list(text, span, "; checks that now fail: ", CHECK_PASS, CHECK_FAIL);
	outcome_list(text, span, "; checks that fail, and were not tried before: ", CHECK_SKIP,
		     CHECK_FAIL);
	outcome_list(text, span, "; checks that now pass: ", CHECK_FAIL, CHECK_PASS);
	outcome_list(text, span, "; checks that fail on both sides: ", CHECK_FAIL, CHECK_FAIL);
	if (c->n_checks && !outcome_any_made(c, outcome_sides(span)))
		text_add(text, "; no check could be made");
	else if (c->n_checks && !outcome_any_made(c, new))
		text_add(text, "; no check could be made on \"%s\"", label_sides(c).new);
	else if (c->n_checks && !outcome_any_failed(c, outcome_sides(span)))
		text_add(text, "; no check fails");
}

/* Whether the first sentence of a series says how this cost changed. */
static bool in_lead(const struct comparison *c, size_t cost)
{
	return any_changed(span_whole(c)) && leads(span_whole(c), cost);
}

/* How step i changed the costs of the first sentence; nothing when it is not proved to have. */
static struct range lead_range(const struct comparison *c, size_t i)
{
	struct range range = { 0 };

	for (size_t k = 0; k < c->n_costs; k++) {
		const struct change *step = span_changed(span_step(c, i), k);

		if (step && in_lead(c, k))
			range_take(&range, step->judgement.change_pct);
	}
	return range;
}

static bool turned_any(const struct comparison *c, size_t i)
{
	for (size_t k = 0; k < c->n_checks; k++)
		if (span_turned(span_step(c, i), k))
			return true;
	return false;
}

/* The changes of a side without results are first seen on the next. */
static void add_instead(struct text *words, const struct comparison *c, size_t i)
{
	bool any = false;

	for (size_t k = 0; k < c->n_failed; k++) {
		if (c->failed[k].before != i)
			continue;
		text_add(words, "%s\"%s\"", any ? ", " : " (or ", c->failed[k].label);
		any = true;
	}
	if (any)
		text_add(words, ", without results)");
}

enum brought { OF_COST, OF_CHECKS, OF_TAILS };

static bool brought(const struct comparison *c, size_t i, enum brought what)
{
	if (what == OF_COST)
		return lead_range(c, i).n > 0;
	return what == OF_CHECKS ? turned_any(c, i) : span_any_tail(span_step(c, i));
}

/*
 * "with "a" (+0.5%) and "b" (+20.0% to +25.0%)": the steps that changed the cost, or
 * with no range those that turned a check or changed a p99; or that none is proved to
 * have.
 */
static void add_brought(struct text *words, const struct comparison *c, enum brought what)
{
	size_t left = 0, said = 0;
	char name[QUOTED_SIZE];

	for (size_t i = 1; i < c->n_sides; i++)
		left += brought(c, i, what);
	text_add(words, left ? "with " : "with no step that alone is proved to bring it");
	for (size_t i = 1; i < c->n_sides && left; i++) {
		struct range range = what == OF_COST ? lead_range(c, i) : (struct range){ 0 };

		if (!brought(c, i, what))
			continue;
		text_add(words, "%s%s",
			 !said	     ? ""
			 : left == 1 ? " and "
				     : ", ",
			 side_quoted(c, i, name));
		if (range.n)
			range_add(words, &range);
		add_instead(words, c, i);
		said++;
		left--;
	}
}

/* How many metrics some step changed that are the same in the end. */
static size_t came_back(const struct comparison *c)
{
	size_t n = 0;

	for (size_t k = 0; k < c->n_costs; k++) {
		const struct change *whole = span_change(span_whole(c), k);

		n += whole && whole->judgement.verdict == VERDICT_SAME && steps_largest(c, k);
	}
	return n;
}

/* Names the steps that caused the changes above. */
static void add_who(struct text *words, const struct comparison *c)
{
	bool cost = any_changed(span_whole(c)), checks = false;
	bool tails = span_any_tail(span_whole(c));
	size_t back = came_back(c);

	for (size_t k = 0; k < c->n_checks; k++)
		checks = checks || span_turned(span_whole(c), k);
	text_add(words, " Of %zu steps", c->n_sides - 1 + c->n_failed);
	if (c->n_failed)
		text_add(words, ", %zu without results", c->n_failed);
	if (cost) {
		text_add(words, ", the cost named first changed ");
		add_brought(words, c, OF_COST);
	}
	if (checks) {
		text_add(words, "%s the checks changed ", cost ? ";" : ",");
		add_brought(words, c, OF_CHECKS);
	}
	if (tails) {
		text_add(words, "%s the tails changed ", cost || checks ? ";" : ",");
		add_brought(words, c, OF_TAILS);
	}
	if (!cost && !checks && !tails)
		text_add(words, "%s none is proved to have changed anything in the end",
			 c->n_failed ? "," : "");
	if (back)
		text_add(words, "; %zu cost%s changed on the way and came back", back,
			 back == 1 ? "" : "s");
	text_add(words, ".");
}

static void add_words(struct text *words, struct span span)
{
	static const enum verdict order[] = { VERDICT_WORSE, VERDICT_BETTER, VERDICT_SAME,
					      VERDICT_INCONCLUSIVE };
	struct text second = { 0 };

	add_sides(words, span);
	if (any_changed(span))
		add_lead(words, span);
	else
		add_no_change(words, span);
	add_checks(words, span);
	text_add(words, ".");
	for (size_t i = 0; i < 4 && any_changed(span); i++)
		add_others(&second, span, order[i]);
	if (second.length)
		text_add(words, " %s.", second.data);
	text_take(words, &second);
	tails_sentence(words, span);
}

void report_summary(struct text *text, size_t width, const struct comparison *c)
{
	struct text words = { 0 };

	add_words(&words, span_whole(c));
	if (comparison_is_series(c))
		add_who(&words, c);
	text_wrap_built(text, width, "", 0, &words);
}
