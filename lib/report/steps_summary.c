// SPDX-License-Identifier: GPL-2.0-or-later
/* The last side against the first, and which steps brought it. */
#include "report/groups.h"
#include "report/range.h"
#include "report/steps_cost_table.h"
#include "report/summary.h"

/* Whether the sentences before begin with this metric. */
static bool leads(const struct steps *steps, size_t metric)
{
	size_t last = steps->n_sides - 1;
	const struct metric_change *end = steps_metric_first(steps, metric, last);

	return end && metric_changed(end) && summary_leads(steps_first(steps, last), end);
}

/* What step i did to that; nothing when it is not proved to have done anything. */
static struct range lead_range(const struct steps *steps, size_t i)
{
	struct range range = { 0 };

	for (size_t m = 0; m < steps->all.n_metrics; m++) {
		const struct metric_change *before = steps_metric_before(steps, m, i);

		if (before && metric_changed(before) && leads(steps, m))
			range_take(&range, before->judgement.change_pct);
	}
	return range;
}

static bool turned_any(const struct steps *steps, size_t i)
{
	const struct comparison *c = steps_before(steps, i);

	for (size_t k = 0; k < c->n_checks; k++)
		if (c->checks[k].base != c->checks[k].new)
			return true;
	return false;
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

enum brought { OF_COST, OF_CHECKS, OF_TAILS };

static bool has_tails(const struct comparison *c)
{
	return comparison_tails(c, VERDICT_WORSE) || comparison_tails(c, VERDICT_BETTER);
}

static bool brought(const struct steps *steps, size_t i, enum brought what)
{
	if (what == OF_COST)
		return lead_range(steps, i).n > 0;
	return what == OF_CHECKS ? turned_any(steps, i) : has_tails(steps_before(steps, i));
}

/*
 * "with "a" (+0.5%) and "b" (+20.0% to +25.0%)": the steps that changed the cost, or
 * with no range those that turned a check or changed a p99; or that none is proved to
 * have.
 */
static void add_brought(struct text *words, const struct steps *steps, enum brought what)
{
	size_t left = 0, said = 0;
	char name[2 * LABEL_SIZE];

	for (size_t i = 1; i < steps->n_sides; i++)
		left += brought(steps, i, what);
	text_add(words, left ? "with " : "with no step that alone is proved to bring it");
	for (size_t i = 1; i < steps->n_sides && left; i++) {
		struct range range = what == OF_COST ? lead_range(steps, i) : (struct range){ 0 };

		if (!brought(steps, i, what))
			continue;
		text_add(words, "%s%s",
			 !said	     ? ""
			 : left == 1 ? " and "
				     : ", ",
			 steps_quoted(steps, i, name));
		if (range.n)
			range_add(words, &range);
		add_instead(words, steps, i);
		said++;
		left--;
	}
}

/* How many metrics some step changed that are the same in the end. */
static size_t came_back(const struct steps *steps)
{
	size_t n = 0, last = steps->n_sides - 1;

	for (size_t m = 0; m < steps->all.n_metrics; m++) {
		const struct metric_change *end = steps_metric_first(steps, m, last);

		n += end && end->judgement.verdict == VERDICT_SAME && cost_largest(steps, m);
	}
	return n;
}

/* What brought what the sentences before tell of. */
static void add_who(struct text *words, const struct steps *steps)
{
	bool cost = false, checks = false;
	bool tails = has_tails(steps_first(steps, steps->n_sides - 1));
	size_t back = came_back(steps);

	for (size_t m = 0; m < steps->all.n_metrics; m++)
		cost = cost || leads(steps, m);
	for (size_t k = 0; k < steps->all.n_checks; k++)
		checks = checks || steps->all.checks[k].base != steps->all.checks[k].new;
	text_add(words, " Of %zu steps", steps->n_sides - 1 + steps->n_failures);
	if (steps->n_failures)
		text_add(words, ", %zu without results", steps->n_failures);
	if (cost) {
		text_add(words, ", the cost named first changed ");
		add_brought(words, steps, OF_COST);
	}
	if (checks) {
		text_add(words, "%s the checks changed ", cost ? ";" : ",");
		add_brought(words, steps, OF_CHECKS);
	}
	if (tails) {
		text_add(words, "%s the tails changed ", cost || checks ? ";" : ",");
		add_brought(words, steps, OF_TAILS);
	}
	if (!cost && !checks && !tails)
		text_add(words, "%s none is proved to have changed anything in the end",
			 steps->n_failures ? "," : "");
	if (back)
		text_add(words, "; %zu cost%s changed on the way and came back", back,
			 back == 1 ? "" : "s");
	text_add(words, ".");
}

void steps_summary(struct text *text, size_t width, const struct steps *steps)
{
	struct text words = { 0 };

	summary_words(&words, steps_first(steps, steps->n_sides - 1));
	add_who(&words, steps);
	text_wrap_built(text, width, "", 0, &words);
}
