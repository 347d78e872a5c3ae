// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "report/groups.h"

static bool same_target(const struct metric_change *a, const struct metric_change *b)
{
	return !strcmp(a->bench, b->bench) && !strcmp(a->fs, b->fs) &&
	       !strcmp(a->access, b->access);
}

enum mapping metric_mapping(const struct metric_change *m)
{
	if (strcmp(m->bench, "first-write") != 0)
		return MAPPING_PLAIN;
	if (!strncmp(m->arm, "huge-", 5))
		return MAPPING_HUGE;
	if (!strncmp(m->arm, "sync-", 5))
		return MAPPING_SYNC;
	return strncmp(m->arm, "private-", 8) ? MAPPING_PLAIN : MAPPING_PRIVATE;
}

size_t target_end(const struct comparison *c, size_t start)
{
	size_t end = start + 1;

	while (end < c->n_metrics && same_target(&c->metrics[start], &c->metrics[end]))
		end++;
	return end;
}

size_t group_end(const struct comparison *c, size_t start)
{
	size_t end = start + 1, limit = target_end(c, start);

	while (end < limit &&
	       metric_mapping(&c->metrics[start]) == metric_mapping(&c->metrics[end]))
		end++;
	return end;
}

bool group_has_one_metric(const struct comparison *c, size_t start, size_t end)
{
	for (size_t i = start; i < end; i++)
		if (strcmp(c->metrics[i].metric, c->metrics[start].metric) != 0)
			return false;
	return true;
}

bool metric_begins_bench(const struct comparison *c, size_t metric)
{
	size_t first = 0;

	while (strcmp(c->metrics[first].bench, c->metrics[metric].bench) != 0)
		first++;
	return first == metric;
}

bool metric_changed(const struct metric_change *m)
{
	return m->judgement.verdict == VERDICT_BETTER || m->judgement.verdict == VERDICT_WORSE;
}

bool metric_by_mean(const struct metric_change *m)
{
	return m->figure == FIGURE_MEAN;
}

bool group_has_mean(const struct comparison *c, size_t start, size_t end)
{
	for (size_t i = start; i < end; i++)
		if (metric_by_mean(&c->metrics[i]))
			return true;
	return false;
}

bool metric_is_write_fault(const struct metric_change *m)
{
	return !strcmp(m->bench, "first-write") && !strcmp(m->arm, "read-then-write");
}

struct side_sample metric_sample(const struct metric_change *m)
{
	return (struct side_sample){
		.bench = m->bench,
		.arm = m->arm,
		.metric = m->metric,
		.fs = m->fs,
		.access = m->access,
	};
}

const struct metric_change *metric_with_other_access(const struct comparison *c,
						     const struct metric_change *m)
{
	for (size_t i = 0; i < c->n_metrics; i++) {
		const struct metric_change *other = &c->metrics[i];

		if (!strcmp(other->bench, m->bench) && !strcmp(other->arm, m->arm) &&
		    !strcmp(other->metric, m->metric) && !strcmp(other->fs, m->fs) &&
		    strcmp(other->access, m->access) != 0)
			return other;
	}
	return NULL;
}
