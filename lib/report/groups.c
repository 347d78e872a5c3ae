// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "report/groups.h"

enum mapping cost_mapping(const struct cost_name *name)
{
	if (strcmp(name->bench, "first-write") != 0)
		return MAPPING_PLAIN;
	if (!strncmp(name->arm, "huge-", 5))
		return MAPPING_HUGE;
	if (!strncmp(name->arm, "sync-", 5))
		return MAPPING_SYNC;
	return strncmp(name->arm, "private-", 8) ? MAPPING_PLAIN : MAPPING_PRIVATE;
}

size_t target_end(const struct comparison *c, size_t start)
{
	size_t end = start + 1;

	while (end < c->n_metrics &&
	       cost_same_group(&c->metrics[start].name, &c->metrics[end].name))
		end++;
	return end;
}

size_t group_end(const struct comparison *c, size_t start)
{
	size_t end = start + 1, limit = target_end(c, start);

	while (end < limit &&
	       cost_mapping(&c->metrics[start].name) == cost_mapping(&c->metrics[end].name))
		end++;
	return end;
}

bool group_has_one_metric(const struct comparison *c, size_t start, size_t end)
{
	for (size_t i = start; i < end; i++)
		if (strcmp(c->metrics[i].name.metric, c->metrics[start].name.metric) != 0)
			return false;
	return true;
}

bool metric_begins_bench(const struct comparison *c, size_t metric)
{
	size_t first = 0;

	while (strcmp(c->metrics[first].name.bench, c->metrics[metric].name.bench) != 0)
		first++;
	return first == metric;
}

bool metric_changed(const struct metric_change *m)
{
	return is_change(&m->judgement);
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

bool cost_is_write_fault(const struct cost_name *name)
{
	return !strcmp(name->bench, "first-write") && !strcmp(name->arm, "read-then-write");
}

const struct metric_change *metric_with_other_access(const struct comparison *c,
						     const struct metric_change *m)
{
	for (size_t i = 0; i < c->n_metrics; i++) {
		const struct metric_change *other = &c->metrics[i];

		if (cost_same_arm(&other->name, &m->name) && !strcmp(other->name.fs, m->name.fs) &&
		    strcmp(other->name.access, m->name.access) != 0)
			return other;
	}
	return NULL;
}
