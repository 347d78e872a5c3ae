// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "report/groups.h"
#include "report/labels.h"

size_t target_end(const struct comparison *c, size_t start)
{
	size_t end = start + 1;

	while (end < c->n_costs && cost_same_group(&c->costs[start].name, &c->costs[end].name))
		end++;
	return end;
}

size_t group_end(const struct comparison *c, size_t start)
{
	size_t end = start + 1, limit = target_end(c, start);

	while (end < limit &&
	       !strcmp(label_group(&c->costs[start].name), label_group(&c->costs[end].name)))
		end++;
	return end;
}

bool group_has_one_metric(const struct comparison *c, size_t start, size_t end)
{
	for (size_t i = start; i < end; i++)
		if (strcmp(c->costs[i].name.metric, c->costs[start].name.metric) != 0)
			return false;
	return true;
}

bool cost_begins_bench(const struct comparison *c, size_t cost)
{
	size_t first = 0;

	while (strcmp(c->costs[first].name.bench, c->costs[cost].name.bench) != 0)
		first++;
	return first == cost;
}

bool group_has_mean(const struct comparison *c, size_t start, size_t end)
{
	for (size_t i = start; i < end; i++)
		if (cost_by_mean(&c->costs[i]))
			return true;
	return false;
}

bool cost_comes_first(const struct cost_name *name)
{
	return name->words && name->words->first;
}

bool cost_is_write_fault(const struct cost_name *name)
{
	return name->words && name->words->leads && !strcmp(name->arm, name->base_arm);
}

const struct cost *cost_with_other_access(const struct comparison *c, const struct cost *m)
{
	for (size_t i = 0; i < c->n_costs; i++) {
		const struct cost *other = &c->costs[i];

		if (cost_same_arm(&other->name, &m->name) && !strcmp(other->name.fs, m->name.fs) &&
		    strcmp(other->name.access, m->name.access) != 0)
			return other;
	}
	return NULL;
}
