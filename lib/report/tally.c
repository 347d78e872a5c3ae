// SPDX-License-Identifier: GPL-2.0-or-later
#include <ctype.h>
#include <string.h>

#include "compare/span.h"
#include "report/groups.h"
#include "report/labels.h"
#include "report/steps.h"
#include "report/tails.h"
#include "report/tally.h"

/* Metrics of one access, or those there with one label_group(); "" stands for all. */
struct part {
	const char *group;
	const char *access;
};

static bool belongs(const struct cost *m, struct part part)
{
	return (!*part.group || !strcmp(part.group, label_group(&m->name))) &&
	       !strcmp(part.access, m->name.access);
}

static bool part_changed(const struct comparison *c, struct part part)
{
	for (size_t i = 0; i < c->n_costs; i++)
		if (belongs(&c->costs[i], part) && is_change(&cost_change(&c->costs[i])->judgement))
			return true;
	return false;
}

static bool begins_part(const struct comparison *c, size_t cost, struct part part)
{
	for (size_t i = 0; i < cost; i++)
		if (belongs(&c->costs[i], part))
			return false;
	return true;
}

/* "; store to a mapped file, DAX (24 the same)" */
static void add_part(struct text *line, const struct comparison *c, struct part part)
{
	size_t count[4] = { 0 };
	bool nowhere = !strcmp(part.access, "none");

	for (size_t i = 0; i < c->n_costs; i++)
		if (belongs(&c->costs[i], part))
			count[cost_change(&c->costs[i])->judgement.verdict]++;
	text_add(line, "%s", line->length ? "; " : "");
	if (*part.group)
		text_add(line, "%c%s%s%s (", tolower((unsigned char)*part.group), part.group + 1,
			 nowhere ? "" : ", ", nowhere ? "" : label_access(part.access));
	else
		text_add(line, "all with %s%s (", strcmp(part.access, "dax") ? "the " : "",
			 label_access(part.access));
	if (count[VERDICT_SAME])
		text_add(line, "%zu the same", count[VERDICT_SAME]);
	if (count[VERDICT_INCONCLUSIVE])
		text_add(line, "%s%zu inconclusive", count[VERDICT_SAME] ? ", " : "",
			 count[VERDICT_INCONCLUSIVE]);
	text_add(line, ")");
}

/* A whole access where nothing changed is one part, else each group. */
static void add_unchanged(struct text *line, const struct comparison *c)
{
	for (size_t i = 0; i < c->n_costs; i++) {
		const struct cost *m = &c->costs[i];
		struct part part = { "", m->name.access };

		if (!strcmp(m->name.access, "none") || part_changed(c, part))
			part.group = label_group(&m->name);
		if (begins_part(c, i, part) && !part_changed(c, part))
			add_part(line, c, part);
	}
}

static bool same_reason(const struct cost *a, const struct cost *b)
{
	return cost_change(a)->judgement.verdict == cost_change(b)->judgement.verdict &&
	       !strcmp(cost_change(a)->judgement.why, cost_change(b)->judgement.why);
}

/* "the seeds disagree about the direction (2)": why verdicts are open, and how many. */
static void add_reasons(struct text *line, const struct comparison *c)
{
	for (size_t i = 0; i < c->n_costs; i++) {
		const struct cost *m = &c->costs[i];
		bool said = !*cost_change(m)->judgement.why;
		size_t n = 0;

		for (size_t k = 0; k < i && !said; k++)
			said = same_reason(&c->costs[k], m);
		for (size_t k = i; k < c->n_costs && !said; k++)
			n += same_reason(&c->costs[k], m);
		if (n)
			text_add(line, "%s%s (%zu)", line->length ? "; " : "",
				 cost_change(m)->judgement.why, n);
	}
}

static void add_verdicts(struct text *text, size_t width, const struct comparison *c)
{
	static const enum verdict order[] = { VERDICT_WORSE, VERDICT_BETTER, VERDICT_SAME,
					      VERDICT_INCONCLUSIVE };
	struct text first = { 0 }, unchanged = { 0 }, reasons = { 0 };
	const char *separator = "";

	text_add(&first, c->n_costs == 1 ? "%zu cost:" : "All %zu costs:", c->n_costs);
	for (size_t i = 0; i < 4; i++) {
		size_t n = span_count(span_whole(c), order[i]);

		if (n)
			text_add(&first, "%s %zu %s%s", separator, n,
				 order[i] == VERDICT_SAME ? "the " : "", verdict_name(order[i]));
		if (n)
			separator = ",";
	}
	tails_counts(&first, span_whole(c));
	text_wrap_built(text, width, "", 2, &first);
	add_unchanged(&unchanged, c);
	text_wrap_built(text, width,
			span_any_tail(span_whole(c)) ? "  No change of a median proved: "
						     : "  No change proved: ",
			4, &unchanged);
	add_reasons(&reasons, c);
	text_wrap_built(text, width, "  Inconclusive: ", 4, &reasons);
}

/* Whether a step may have changed the cost, or one of its sides lacks it. */
static bool is_open(const struct comparison *c, size_t cost)
{
	for (size_t i = 1; i < c->n_sides; i++) {
		const struct change *step = span_change(span_step(c, i), cost);

		if (!step || step->judgement.verdict == VERDICT_INCONCLUSIVE)
			return true;
	}
	return false;
}

/* "All 201 costs: 24 changed at some step, 171 the same at every step, 6 inconclusive at some" */
static void add_steps(struct text *text, size_t width, const struct comparison *c)
{
	size_t changed = 0, open = 0, tails = 0, n = c->n_costs;
	struct text line = { 0 };

	for (size_t i = 0; i < n; i++) {
		bool differs = steps_largest(c, i);

		changed += differs;
		tails += tails_any_step(c, i);
		open += !differs && is_open(c, i);
	}
	text_add(&line, n == 1 ? "%zu cost:" : "All %zu costs:", n);
	text_add(&line, " %zu changed at some step, %zu the same at every step", changed,
		 n - changed - open);
	if (open)
		text_add(&line, ", %zu inconclusive at some and changed at none", open);
	if (tails)
		text_add(&line, "; the p99 of %zu changed at some step", tails);
	text_wrap_built(text, width, "", 2, &line);
}

void report_counts(struct text *text, size_t width, const struct comparison *c)
{
	if (comparison_is_series(c))
		add_steps(text, width, c);
	else
		add_verdicts(text, width, c);
	text_add(text, "\n");
}
