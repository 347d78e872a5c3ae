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

/* Whether the sides are the two kernels of one plan, and not what one plan gave twice. */
static bool of_one_plan(const struct comparison *c)
{
	return has_one_side(c) || (strcmp(c->base->label, c->new->label) != 0 &&
				   c->base->n_files == 1 && c->new->n_files == 1);
}

const char *facts_file_label(const char *label, const char *otherwise)
{
	return plain(label) ? label : otherwise;
}

void facts_compare(struct text *command, const struct comparison *c)
{
	double limit = comparison_none_pct(c);
	bool time = c->base->mode == SIDE_TIME;

	text_add(command, "build/daxmark compare");
	if (limit != (time ? compare_limits.margin_pct : compare_limits.floor_pct))
		text_add(command, " --%s %g", time ? "margin" : "floor", limit);
}

static void add_compare(struct text *line, const struct comparison *c)
{
	facts_compare(line, c);
	if (of_one_plan(c))
		text_add(line, " results/latest/{%s,%s}.jsonl",
			 facts_file_label(c->base->label, "base"),
			 facts_file_label(c->new->label, "new"));
	else
		text_add(line, " BASE.jsonl,... NEW.jsonl,...");
}

void facts_reproduce(struct text *text, size_t width, const struct side_run *run, const char *times,
		     struct text *command)
{
	struct text words = { 0 };

	text_add(&words,
		 "To reproduce from the plan.ini kept with these results (sha256 %.*s, its "
		 "patches beside it), %sin a checkout of daxmark:",
		 FACTS_HASH, facts_hash(run->plan_sha256), times);
	text_add(text, "\n");
	text_wrap_built(text, width, "  ", 2, &words);
	text_add(text, "    make bench CONFIG=/path/to/plan.ini\n");
	if (command->data)
		text_wrap_command(text, width, 4, command->data);
	if (text_error(command))
		text->err = text_error(command);
	text_free(command);
}

void facts_command(struct text *text, size_t width, const struct side_run *run, const char *name)
{
	struct text words = { 0 };

	if (!*run->command)
		return;
	text_add(&words, "The command for \"%s\", seed %lld:", name, (long long)run->seed);
	text_add(text, "\n");
	text_wrap_built(text, width, "  ", 2, &words);
	text_wrap_command(text, width, 4, run->command);
}

void facts_commands(struct text *text, size_t width, const struct comparison *c)
{
	const struct side_run *run = &c->new->boots[0].run;
	struct text line = { 0 };

	facts_command(text, width, run, has_one_side(c) ? c->new->label : label_sides(c).new);
	if (has_one_side(c))
		text_add(&line, "build/daxmark show results/latest/%s.jsonl",
			 facts_file_label(c->new->label, "new"));
	else
		add_compare(&line, c);
	facts_reproduce(text, width, run,
			of_one_plan(c) ? "" : "once a run under each of the two kernels, ", &line);
}
