// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/facts.h"
#include "report/groups.h"
#include "report/labels.h"

/* "7.2.22 (...)" of "QEMU emulator version 7.2.22 (...)", as it is else. */
static const char *qemu_version(const char *qemu)
{
	static const char words[] = "QEMU emulator version ";

	return strncmp(qemu, words, strlen(words)) != 0 ? qemu : qemu + strlen(words);
}

static void add_machine(struct text *text, size_t width, const struct side_boot *boot)
{
	const struct side_machine *m = &boot->machine;
	struct text value = { 0 };

	text_add(&value, "%s", *m->cpu ? m->cpu : "CPU not known");
	if (m->cpus)
		text_add(&value, ", %lld CPU%s", (long long)m->cpus, m->cpus == 1 ? "" : "s");
	if (m->memory_bytes)
		text_add(&value, ", %lld MiB", (long long)(m->memory_bytes / 1048576));
	if (*boot->run.qemu)
		text_add(&value, ", guest of QEMU %s", qemu_version(boot->run.qemu));
	facts_add(text, width, "Machine", &value);
	text_add(&value, "%s", m->clock_source);
	if (!isnan(m->clock_overhead))
		text_add(&value, "; its own cost, %.6g %s, is in every figure", m->clock_overhead,
			 m->clock_unit);
	facts_add(text, width, "Clock", &value);
	text_add(&value, "build %.*s", FACTS_HASH, m->runner);
	if (*m->pmem)
		text_add(&value, ", %s", m->pmem);
	facts_add(text, width, "Runner", &value);
}

static void add_meaning(struct text *text, size_t width, const struct comparison *c)
{
	const char *what =
		c->n_sides == 1 ? "Median, p99 and mean are of" : "Figures are medians of";
	struct text words = { 0 };

	if (comparison_mode(c) == SIDE_COUNT)
		text_add(&words,
			 "%s single operations in guest instructions: the length of the path, "
			 "counted exactly by QEMU. They know nothing of caches, TLBs or the "
			 "latency of memory, and are not time.",
			 what);
	else if (comparison_mode(c) == SIDE_TIME)
		text_add(&words, "%s single operations in %s.%s", what,
			 c->n_sides == 1 ? "time" : "nanoseconds",
			 c->n_sides == 1 ? " Bytes a second are the bytes of an operation over "
					   "its mean, in decimal units."
					 : " The boot is the unit of sampling: below 5 pairs of "
					   "boots there is no verdict.");
	else
		text_add(&words, "The guest was emulated without counting instructions: only the "
				 "checks are results.");
	if (c->n_sides > 1 && group_has_mean(c, 0, c->n_costs))
		text_add(&words,
			 " Where a cost says mean, its figures are means over all operations, on "
			 "every side: one page fault brings in the pages of several operations, "
			 "or operations are of two kinds, so that a median is of one kind alone.");
	text_wrap_built(text, width, "  ", 2, &words);
}

static void add_conditions(struct text *text, size_t width, const struct comparison *c)
{
	add_machine(text, width, &comparison_last(c)->boots[0]);
	/* two sides are mostly guests of one node, where there is nothing to say */
	if (c->n_sides == 1 || comparison_last(c)->boots[0].machine.nodes > 1)
		facts_places(text, width, &comparison_last(c)->boots[0]);
	facts_runs(text, width, c);
	facts_targets(text, width, c);
}

void report_facts(struct text *text, size_t width, const struct comparison *c)
{
	text_add(text, "How it was measured\n");
	facts_kernels(text, width, c);
	add_conditions(text, width, c);
	add_meaning(text, width, c);
	facts_commands(text, width, c);
}
