// SPDX-License-Identifier: GPL-2.0-or-later
#include <ctype.h>
#include <string.h>

#include "report/groups.h"
#include "report/labels.h"
#include "report/tails.h"
#include "report/tally.h"

/* Metrics of one access, or those there with one label_group(); "" stands for all. */
struct part {
	const char *group;
	const char *access;
};

static bool belongs(const struct metric_change *m, struct part part)
{
	return (!*part.group || !strcmp(part.group, label_group(&m->name))) &&
	       !strcmp(part.access, m->name.access);
}

static bool part_changed(const struct comparison *c, struct part part)
{
	for (size_t i = 0; i < c->n_metrics; i++)
		if (belongs(&c->metrics[i], part) && metric_changed(&c->metrics[i]))
			return true;
	return false;
}

static bool begins_part(const struct comparison *c, size_t metric, struct part part)
{
	for (size_t i = 0; i < metric; i++)
		if (belongs(&c->metrics[i], part))
			return false;
	return true;
}

/* "; store to a mapped file, DAX (24 the same)" */
static void add_part(struct text *line, const struct comparison *c, struct part part)
{
	size_t count[4] = { 0 };
	bool nowhere = !strcmp(part.access, "none");

	for (size_t i = 0; i < c->n_metrics; i++)
		if (belongs(&c->metrics[i], part))
			count[c->metrics[i].judgement.verdict]++;
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
	for (size_t i = 0; i < c->n_metrics; i++) {
		const struct metric_change *m = &c->metrics[i];
		struct part part = { "", m->name.access };

		if (!strcmp(m->name.access, "none") || part_changed(c, part))
			part.group = label_group(&m->name);
		if (begins_part(c, i, part) && !part_changed(c, part))
			add_part(line, c, part);
	}
}

static bool same_reason(const struct metric_change *a, const struct metric_change *b)
{
	return a->judgement.verdict == b->judgement.verdict &&
	       !strcmp(a->judgement.why, b->judgement.why);
}

/* "the seeds disagree about the direction (2)": why verdicts are open, and how many. */
static void add_reasons(struct text *line, const struct comparison *c)
{
	for (size_t i = 0; i < c->n_metrics; i++) {
		const struct metric_change *m = &c->metrics[i];
		bool said = !*m->judgement.why;
		size_t n = 0;

		for (size_t k = 0; k < i && !said; k++)
			said = same_reason(&c->metrics[k], m);
		for (size_t k = i; k < c->n_metrics && !said; k++)
			n += same_reason(&c->metrics[k], m);
		if (n)
			text_add(line, "%s%s (%zu)", line->length ? "; " : "", m->judgement.why, n);
	}
}

void report_counts(struct text *text, size_t width, const struct comparison *c)
{
	static const enum verdict order[] = { VERDICT_WORSE, VERDICT_BETTER, VERDICT_SAME,
					      VERDICT_INCONCLUSIVE };
	struct text first = { 0 }, unchanged = { 0 }, reasons = { 0 };
	bool tails = comparison_tails(c, VERDICT_WORSE) || comparison_tails(c, VERDICT_BETTER);
	const char *separator = "";

	text_add(&first, c->n_metrics == 1 ? "%zu cost:" : "All %zu costs:", c->n_metrics);
	for (size_t i = 0; i < 4; i++) {
		size_t n = comparison_count(c, order[i]);

		if (n)
			text_add(&first, "%s %zu %s%s", separator, n,
				 order[i] == VERDICT_SAME ? "the " : "", verdict_name(order[i]));
		if (n)
			separator = ",";
	}
	if (tails)
		text_add(&first, "; ");
	tails_counts(&first, c);
	text_wrap_built(text, width, "", 2, &first);
	add_unchanged(&unchanged, c);
	text_wrap_built(text, width,
			tails ? "  No change of a median proved: " : "  No change proved: ", 4,
			&unchanged);
	add_reasons(&reasons, c);
	text_wrap_built(text, width, "  Inconclusive: ", 4, &reasons);
	text_add(text, "\n");
}
