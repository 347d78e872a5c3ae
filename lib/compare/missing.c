// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What has no verdict, and why. A metric that only one side has is not
 * "inconclusive": nothing was compared, and reports say so.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "compare/join.h"

/* The same from another boot says nothing new, from another side that it lacks it, too. */
static void add(struct comparison *c, struct missing entry)
{
	for (size_t i = 0; i < c->n_missing; i++) {
		struct missing *old = &c->missing[i];

		if (!cost_same(&old->name, &entry.name) || strcmp(old->reason, entry.reason) != 0)
			continue;
		old->sides |= entry.sides;
		return;
	}
	c->missing[c->n_missing++] = entry;
}

static void add_boot(struct comparison *c, const struct side_boot *boot, uint64_t side)
{
	for (size_t i = 0; i < boot->n_targets; i++) {
		const struct side_target *t = &boot->targets[i];

		if (*t->skip)
			add(c, (struct missing){ .name = { .bench = "",
							   .arm = "",
							   .metric = "",
							   .fs = t->fs,
							   .access = t->access,
							   .fill = "",
							   .files = "",
							   .base_arm = "" },
						 .reason = t->skip,
						 .sides = side });
	}
	for (size_t i = 0; i < boot->n_skips; i++)
		add(c, (struct missing){ boot->skips[i].name, boot->skips[i].reason, side });
}

static bool covers(const char *name, const char *of)
{
	return !*name || !strcmp(name, of);
}

/* Whether a skip or a target already says why that side lacks the cost. */
static bool has_reason(const struct comparison *c, const struct cost_name *name, uint64_t side)
{
	for (size_t i = 0; i < c->n_missing; i++) {
		const struct cost_name *known = &c->missing[i].name;

		if ((c->missing[i].sides & side) && covers(known->bench, name->bench) &&
		    covers(known->arm, name->arm) && covers(known->metric, name->metric) &&
		    covers(known->fs, name->fs) && covers(known->access, name->access))
			return true;
	}
	return false;
}

int join_missing(struct comparison *c, const struct cost_key *keys, size_t n)
{
	size_t most = n;

	for (size_t s = 0; s < c->n_sides; s++)
		for (size_t b = 0; b < c->side[s]->n_boots; b++)
			most += c->side[s]->boots[b].n_targets + c->side[s]->boots[b].n_skips;
	c->n_missing = 0;
	c->missing = calloc(most + 1, sizeof(*c->missing));
	if (!c->missing)
		return -ENOMEM;
	for (size_t s = 0; s < c->n_sides; s++)
		for (size_t b = 0; b < c->side[s]->n_boots; b++)
			add_boot(c, &c->side[s]->boots[b], 1ull << s);
	for (size_t i = 0; i < n; i++)
		for (size_t s = 0; s < c->n_sides; s++) {
			const struct cost_name *name = &keys[i].sample->name;
			uint64_t side = 1ull << s;

			if (!(keys[i].sides & side) && !has_reason(c, name, side))
				add(c, (struct missing){ *name,
							 "not measured in every boot of this side",
							 side });
		}
	return 0;
}
