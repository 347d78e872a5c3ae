// SPDX-License-Identifier: GPL-2.0-or-later
/* How to boot the guest again, and how to make the whole comparison again. */
#include <stdbool.h>
#include <string.h>

#include "report/facts.h"
#include "report/labels.h"

/* Whether a label can be part of a file name in a command to be pasted. */
static bool plain(const char *label)
{
	return label[strspn(label, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				   "0123456789._-")] == '\0';
}

/* Whether the sides are the kernels of one plan, and not what one plan gave several times. */
static bool of_one_plan(const struct comparison *c)
{
	for (size_t i = 0; i < c->n_sides; i++) {
		if (c->n_sides > 1 && c->side[i]->n_files != 1)
			return false;
		for (size_t k = 0; k < i; k++)
			if (!strcmp(c->side[k]->label, c->side[i]->label))
				return false;
	}
	return true;
}

/* The label as part of a file name; otherwise where it needs quoting. */
static const char *file_label(const char *label, const char *otherwise)
{
	return plain(label) ? label : otherwise;
}

static void add_result(struct text *command, const char *label)
{
	text_add(command, " results/latest/%s.jsonl", file_label(label, "step"));
}

static void add_failed_results(struct text *command, const struct comparison *c, size_t before)
{
	for (size_t k = 0; k < c->n_failed; k++)
		if (c->failed[k].before == before)
			add_result(command, c->failed[k].label);
}

static void add_results(struct text *command, const struct comparison *c)
{
	for (size_t i = 0; i < c->n_sides; i++) {
		add_failed_results(command, c, i);
		add_result(command, c->side[i]->label);
	}
	add_failed_results(command, c, c->n_sides);
}

/* With the limit that decides what a change is, where that is not the default. */
static void add_compare(struct text *command, const struct comparison *c)
{
	double limit = comparison_none_pct(c);
	bool time = comparison_mode(c) == SIDE_TIME;

	text_add(command, "build/daxmark compare");
	if (limit != (time ? compare_limits.margin_pct : compare_limits.floor_pct))
		text_add(command, " --%s %g", time ? "margin" : "floor", limit);
	if (!of_one_plan(c))
		text_add(command, comparison_is_series(c) ? " FIRST.jsonl,... NEXT.jsonl,... ..."
							  : " BASE.jsonl,... NEW.jsonl,...");
	else if (comparison_is_series(c))
		add_results(command, c);
	else
		text_add(command, " results/latest/{%s,%s}.jsonl",
			 file_label(c->side[0]->label, "base"),
			 file_label(c->side[1]->label, "new"));
}

/* How often the plan was run. */
static const char *times(const struct comparison *c)
{
	if (of_one_plan(c))
		return "";
	return comparison_is_series(c) ? "once a run of each side, "
				       : "once a run under each of the two kernels, ";
}

static void add_reproduce(struct text *text, size_t width, const struct comparison *c)
{
	struct text words = { 0 }, command = { 0 };

	text_add(&words,
		 "To reproduce from the plan.ini kept with these results (sha256 %.*s, its "
		 "patches beside it), %sin a checkout of daxmark:",
		 FACTS_HASH, facts_hash(comparison_last(c)->boots[0].run.plan_sha256), times(c));
	text_add(text, "\n");
	text_wrap_built(text, width, "  ", 2, &words);
	text_add(text, "    make bench CONFIG=/path/to/plan.ini\n");
	if (c->n_sides == 1)
		text_add(&command, "build/daxmark show results/latest/%s.jsonl",
			 file_label(c->side[0]->label, "new"));
	else
		add_compare(&command, c);
	if (command.data)
		text_wrap_command(text, width, 4, command.data);
	text_take(text, &command);
}

void facts_commands(struct text *text, size_t width, const struct comparison *c)
{
	const struct side_run *run = &comparison_last(c)->boots[0].run;
	struct text words = { 0 };

	if (*run->command) {
		text_add(&words, "The command for \"%s\", seed %lld:",
			 c->n_sides == 2 && !comparison_is_series(c) ? label_sides(c).new
								     : comparison_last(c)->label,
			 (long long)run->seed);
		text_add(text, "\n");
		text_wrap_built(text, width, "  ", 2, &words);
		text_wrap_command(text, width, 4, run->command);
	}
	add_reproduce(text, width, c);
}
