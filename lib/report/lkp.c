// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "compare/span.h"
#include "report/differences.h"
#include "report/facts.h"
#include "report/groups.h"
#include "report/labels.h"
#include "report/lkp.h"
#include "report/measured.h"
#include "report/summary.h"

#define WIDTH 80

/* Smaller deviations are left away, in percent. */
#define STDDEV_SHOWN 1

/* "first-write.read-then-write.ext4.dax": fs and access only where there is a target. */
static void add_place(struct text *text, const char *fs, const char *access)
{
	if (!strcmp(fs, "none"))
		return;
	text_add(text, ".");
	text_add_word(text, fs);
	text_add(text, ".");
	text_add_word(text, access);
}

/* Whether the arm has other metrics, so that its name does not say which. */
static bool has_others(const struct comparison *c, const struct cost *m)
{
	for (size_t i = 0; i < c->n_costs; i++) {
		const struct cost *other = &c->costs[i];

		if (!strcmp(other->name.bench, m->name.bench) &&
		    !strcmp(other->name.arm, m->name.arm) &&
		    strcmp(other->name.metric, m->name.metric) != 0)
			return true;
	}
	return false;
}

static void add_metric_name(struct text *text, const struct comparison *c, const struct cost *m,
			    bool tail)
{
	text_add_word(text, m->name.bench);
	text_add(text, ".");
	text_add_word(text, m->name.arm);
	if (has_others(c, m)) {
		text_add(text, ".");
		text_add_word(text, m->name.metric);
	}
	add_place(text, m->name.fs, m->name.access);
	text_add(text, ".");
	text_add_word(text, m->unit);
	if (tail)
		text_add(text, ".p99");
	else if (cost_by_mean(m))
		text_add(text, ".mean");
	text_add(text, "\n");
}

/* " +- 3%" */
static const char *stddev(double pct, char *buffer)
{
	if (!(pct >= STDDEV_SHOWN) || isinf(pct))
		return "";
	snprintf(buffer, LABEL_SIZE, " +-%2.0f%%", pct);
	return buffer;
}

static void add_metric(struct text *text, const struct comparison *c, const struct cost *m,
		       bool tail)
{
	char base[LABEL_SIZE], new[LABEL_SIZE], change[LABEL_SIZE];
	char base_stddev[LABEL_SIZE], new_stddev[LABEL_SIZE];
	const struct judgement *j = tail ? &cost_change(m)->p99 : &cost_change(m)->judgement;

	text_add(text, "%10s%-6s%11s%11s%-6s  ", label_figure(j->base, m->unit, base),
		 stddev(measured_stddev_pct(c->side[0], m, tail), base_stddev),
		 label_change(j->change_pct, change), label_figure(j->other, m->unit, new),
		 stddev(measured_stddev_pct(comparison_last(c), m, tail), new_stddev));
	add_metric_name(text, c, m, tail);
}

static void add_metrics(struct text *text, const struct comparison *c)
{
	size_t same = span_count(span_whole(c), VERDICT_SAME);
	size_t open = span_count(span_whole(c), VERDICT_INCONCLUSIVE);
	size_t tails = span_tails(span_whole(c), VERDICT_WORSE) +
		       span_tails(span_whole(c), VERDICT_BETTER);

	if (!c->n_costs) {
		text_add(text, "\nNo cost was compared.\n");
		return;
	}
	if (same + open < c->n_costs || tails)
		text_add(text, "         %%stddev     %%change         %%stddev\n"
			       "             \\          |                \\\n");
	for (size_t i = 0; i < c->n_costs; i++)
		if (is_change(&cost_change(&c->costs[i])->judgement))
			add_metric(text, c, &c->costs[i], false);
	for (size_t i = 0; i < c->n_costs; i++)
		if (tail_changed(cost_change(&c->costs[i])))
			add_metric(text, c, &c->costs[i], true);
	text_add(text, "\nNot shown: %zu unchanged (within %g%%), %zu inconclusive.\n", same,
		 comparison_none_pct(c), open);
	text_add(text, "Values are medians over the boots of a side, of medians of single "
		       "operations.\n");
	if (group_has_mean(c, 0, c->n_costs))
		text_add(text, "Where the name ends in .mean they are of means.\n");
	if (tails)
		text_add(text, "Where the name ends in .p99 they are of 99th percentiles.\n");
	text_add(text, "%%stddev is over these boots, and shown from %d%% on.\n", STDDEV_SHOWN);
}

/* In how many boots of a side the check failed. */
static size_t failures(const struct side *side, const struct promise *check)
{
	size_t n = 0;

	for (size_t i = 0; i < side->n_boots; i++)
		for (size_t k = 0; k < side->boots[i].n_checks; k++) {
			const struct side_check *seen = &side->boots[i].checks[k];

			n += seen->verdict == CHECK_FAIL && !strcmp(seen->name, check->name) &&
			     !strcmp(seen->fs, check->fs) && !strcmp(seen->access, check->access);
		}
	return n;
}

/* "3:3", and ":3" where none did. */
static const char *ratio(size_t failed, size_t runs, char *buffer)
{
	if (failed)
		snprintf(buffer, LABEL_SIZE, "%zu:%zu", failed, runs);
	else
		snprintf(buffer, LABEL_SIZE, ":%zu", runs);
	return buffer;
}

static void add_checks(struct text *text, const struct comparison *c)
{
	size_t base_runs = c->side[0]->n_boots, new_runs = comparison_last(c)->n_boots;
	char base[LABEL_SIZE], new[LABEL_SIZE];
	bool first = true;

	for (size_t i = 0; i < c->n_checks; i++) {
		const struct promise *check = &c->checks[i];
		size_t before = failures(c->side[0], check),
		       after = failures(comparison_last(c), check);
		double change = 100.0 * (double)after / (double)new_runs -
				100.0 * (double)before / (double)base_runs;

		if (!before && !after)
			continue;
		if (first)
			text_add(text, "       fail:runs  %%reproduction    fail:runs\n"
				       "           |             |             |\n");
		first = false;
		text_add(text, "%14s  %11.0f%%  %11s     ", ratio(before, base_runs, base), change,
			 ratio(after, new_runs, new));
		text_add_word(text, check->name);
		add_place(text, check->fs, check->access);
		text_add(text, "\n");
	}
}

/* "  with (6.1.192, debian:linux-source-6.1, a.patch)" */
static void add_side(struct text *text, const struct side *side, const char *label)
{
	const struct side_boot *boot = &side->boots[0];
	struct text line = { 0 };

	text_add(&line, "%s (%s, %s", label, boot->machine.kernel, boot->run.source);
	for (size_t i = 0; i < boot->run.n_patches; i++)
		text_add(&line, ", %s", basename(boot->run.patches[i].file));
	text_add(&line, ")");
	text_wrap_built(text, WIDTH, "  ", 4, &line);
}

/* What was the same on both sides, in the order in which it is named. */
static void add_parameters(struct text *text, const struct comparison *c)
{
	const struct side_boot *boot = &comparison_last(c)->boots[0];
	struct text line = { 0 };

	for (int i = 0; i < WIDTH; i++)
		text_add(text, "=");
	text_add(text, "\nmode/boots/cpu/compiler/runner/plan:\n");
	text_add(&line, "%s/%zu/%s/%s/%.*s/%.*s", side_mode_name(comparison_mode(c)),
		 comparison_last(c)->n_boots, *boot->machine.cpu ? boot->machine.cpu : "unknown",
		 *boot->run.compiler ? boot->run.compiler : "unknown", FACTS_HASH,
		 boot->machine.runner, FACTS_HASH, facts_hash(boot->run.plan_sha256));
	text_wrap_built(text, WIDTH, "  ", 4, &line);
}

void report_lkp(struct text *text, const struct comparison *c)
{
	struct side_labels sides = label_sides(c);

	report_summary(text, WIDTH, c);
	text_add(text, "\n");
	differences_block(text, WIDTH, c);
	add_parameters(text, c);
	text_add(text, "\ncommit:\n");
	add_side(text, c->side[0], sides.base);
	add_side(text, comparison_last(c), sides.new);
	text_add(text,
		 "\n%16s %27s\n"
		 "---------------- ---------------------------\n",
		 sides.base, sides.new);
	add_checks(text, c);
	add_metrics(text, c);
}
