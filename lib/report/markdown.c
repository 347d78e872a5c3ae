// SPDX-License-Identifier: GPL-2.0-or-later
#include <limits.h>
#include <math.h>
#include <string.h>

#include "base/markup.h"
#include "compare/span.h"
#include "report/differences.h"
#include "report/facts.h"
#include "report/groups.h"
#include "report/labels.h"
#include "report/left_out.h"
#include "report/markdown.h"
#include "report/outcomes.h"
#include "report/rows.h"
#include "report/summary.h"
#include "report/tails.h"

void markdown_escape(struct text *text, const char *words)
{
	for (; *words; words++) {
		const char *entity = markup_entity(*words);

		if (entity)
			text_add(text, "%s", entity);
		else
			/* the backslash before other characters would be seen */
			text_add(text, "%s%c", strchr("\\`*_[]|~#!$@", *words) ? "\\" : "", *words);
	}
}

/* Adds " words |", a cell behind others. */
static void add_cell(struct text *text, const char *words)
{
	text_add(text, " ");
	markdown_escape(text, words);
	text_add(text, " |");
}

/* Adds a built text as a cell, or as a line of its own; frees it. */
static void add_built(struct text *text, struct text *built, bool cell)
{
	const char *words = built->data ? built->data : "";

	if (cell)
		add_cell(text, words);
	else
		markdown_escape(text, words);
	text_take(text, built);
}

/* A paragraph. */
static void add_differences(struct text *text, const struct comparison *c)
{
	struct text words = { 0 };

	differences_sentence(&words, c);
	if (words.length) {
		markdown_escape(text, words.data + 1);
		text_add(text, "\n\n");
	}
	text_take(text, &words);
}

/* On one line: what begins a line could be taken for a list or a command. */
static void add_summary(struct text *text, const struct comparison *c)
{
	struct text summary = { 0 };

	report_summary(&summary, INT_MAX, c);
	if (summary.data)
		summary.data[strcspn(summary.data, "\n")] = '\0';
	add_built(text, &summary, false);
	text_add(text, "\n\n");
}

static void add_cost(struct text *text, const struct comparison *c, const struct cost *m, bool tail)
{
	char name[LABEL_SIZE], target[LABEL_SIZE], buffer[LABEL_SIZE];
	const struct judgement *j = tail ? &cost_change(m)->p99 : &cost_change(m)->judgement;
	const char *on = label_target(m->name.fs, m->name.access, target);
	struct text cost = { 0 };

	text_add(&cost, "%s%s%s%s", label_arm(&m->name, name), *on ? ", " : "", on,
		 tail ? ", p99" : label_mean(m));
	text_add(text, "|");
	add_built(text, &cost, true);
	add_cell(text, label_figure(j->base, m->unit, buffer));
	add_cell(text, label_figure(j->other, m->unit, buffer));
	add_cell(text, m->unit);
	add_cell(text, label_change(j->change_pct, buffer));
	add_cell(text,
		 tail ? label_interval(j->low_pct, j->high_pct, buffer) : rows_range(c, j, buffer));
	add_cell(text, verdict_name(j->verdict));
	text_add(text, "\n");
}

static void add_costs(struct text *text, const struct comparison *c)
{
	size_t same = span_count(span_whole(c), VERDICT_SAME);
	size_t open = span_count(span_whole(c), VERDICT_INCONCLUSIVE);
	struct side_labels sides = label_sides(c);

	if (same + open < c->n_costs || span_any_tail(span_whole(c))) {
		text_add(text, "| cost |");
		add_cell(text, sides.base);
		add_cell(text, sides.new);
		text_add(text, " unit | change | %s | verdict |\n|---|--:|--:|---|--:|--:|---|\n",
			 comparison_mode(c) == SIDE_TIME ? "95% interval" : "over seeds");
	}
	for (size_t i = 0; i < c->n_costs; i++)
		if (is_change(&cost_change(&c->costs[i])->judgement))
			add_cost(text, c, &c->costs[i], false);
	for (size_t i = 0; i < c->n_costs; i++)
		if (tail_changed(cost_change(&c->costs[i])))
			add_cost(text, c, &c->costs[i], true);
	if (!c->n_costs)
		return;
	text_add(text, "\n%zu of %zu costs are unchanged (within %g%%), %zu inconclusive", same,
		 c->n_costs, comparison_none_pct(c), open);
	tails_counts(text, span_whole(c));
	text_add(text, ".\n\n");
}

static const char *shown(enum check_verdict verdict)
{
	return verdict == CHECK_FAIL ? "**FAIL**" : check_verdict_name(verdict);
}

static void add_checks(struct text *text, const struct comparison *c)
{
	struct side_labels sides = label_sides(c);

	if (!c->n_checks)
		return;
	text_add(text, "| check | on |");
	add_cell(text, sides.base);
	add_cell(text, sides.new);
	text_add(text, "\n|---|---|---|---|\n");
	for (size_t i = 0; i < c->n_checks; i++) {
		struct text targets = { 0 };

		if (!outcome_is_first(c, comparison_all_sides(c), i))
			continue;
		outcome_targets(&targets, c, comparison_all_sides(c), i);
		text_add(text, "|");
		add_cell(text, c->checks[i].label);
		add_built(text, &targets, true);
		text_add(text, " %s | %s |\n", shown(c->checks[i].on[0].verdict),
			 shown(c->checks[i].on[1].verdict));
	}
	text_add(text, "\n");
}

/* "- c/mtime updated, ext4 DAX, without: evidence" */
static void add_failure(struct text *text, const struct promise *check, const char *side,
			const char *evidence)
{
	char target[LABEL_SIZE];

	text_add(text, "- ");
	markdown_escape(text, check->label);
	text_add(text, ", ");
	markdown_escape(text, label_target(check->fs, check->access, target));
	text_add(text, ", ");
	markdown_escape(text, side);
	text_add(text, ": ");
	markdown_escape(text, evidence);
	text_add(text, "\n");
}

/* What was seen of each broken promise, on the first target it shows on. */
static void add_failures(struct text *text, const struct comparison *c)
{
	struct side_labels sides = label_sides(c);
	size_t before = text->length;

	for (size_t i = 0; i < c->n_checks; i++) {
		const struct promise *check = &c->checks[i];

		if (!outcome_is_first(c, comparison_all_sides(c), i))
			continue;
		if (check->on[0].verdict == CHECK_FAIL)
			add_failure(text, check, sides.base, check->on[0].evidence);
		if (check->on[1].verdict == CHECK_FAIL)
			add_failure(text, check, sides.new, check->on[1].evidence);
	}
	if (text->length > before)
		text_add(text, "\n");
}

/* A fence longer than any run of its character inside cannot be ended from there. */
static size_t fence_length(const char *words)
{
	size_t longest = 2;

	for (size_t run; *words; words += run + !run) {
		run = strspn(words, "`");
		longest = run > longest ? run : longest;
	}
	return longest + 1;
}

static void add_fence(struct text *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		text_add(text, "`");
	text_add(text, "\n");
}

static void add_details(struct text *text, const struct comparison *c)
{
	struct text facts = { 0 };
	size_t fence;

	report_left_out(&facts, MAIL_WIDTH, c);
	report_facts(&facts, MAIL_WIDTH, c);
	fence = fence_length(facts.data ? facts.data : "");
	text_add(text,
		 "<details>\n<summary>How it was measured, and how to reproduce it</summary>\n\n");
	add_fence(text, fence);
	text_add(text, "%s", facts.data ? facts.data : "");
	add_fence(text, fence);
	text_add(text, "\n</details>\n");
	text_take(text, &facts);
}

void report_markdown(struct text *text, const struct comparison *c)
{
	add_summary(text, c);
	add_differences(text, c);
	add_costs(text, c);
	add_checks(text, c);
	add_failures(text, c);
	add_details(text, c);
}
