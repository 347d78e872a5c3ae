// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What has no verdict, and why. A metric that only one side has is not
 * "inconclusive": nothing was compared, and a reader must be told so.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "compare/join.h"

/* The same from another boot says nothing new, from the other side: both. */
static void add(struct comparison *c, struct left_out entry)
{
	for (size_t i = 0; i < c->n_left_out; i++) {
		struct left_out *old = &c->left_out[i];

		if (!cost_same(&old->name, &entry.name) || strcmp(old->reason, entry.reason) != 0)
			continue;
		if (old->side != entry.side)
			old->side = SIDE_BOTH;
		return;
	}
	c->left_out[c->n_left_out++] = entry;
}

static void add_boot(struct comparison *c, const struct side_boot *boot, enum which_side side)
{
	for (size_t i = 0; i < boot->n_targets; i++) {
		const struct side_target *target = &boot->targets[i];

		if (*target->skip)
			add(c, (struct left_out){ .name = { "", "", "", target->fs, target->access,
							    "", "", 0 },
						  .side = side,
						  .reason = target->skip });
	}
	for (size_t i = 0; i < boot->n_skips; i++) {
		const struct side_skip *skip = &boot->skips[i];

		add(c, (struct left_out){ skip->name, side, skip->reason });
	}
}

static bool covers(const char *name, const char *of)
{
	return !*name || !strcmp(name, of);
}

/* Whether a skip or a target already says why that side lacks the metric. */
static bool explained(const struct comparison *c, const struct side_sample *sample,
		      enum which_side side)
{
	for (size_t i = 0; i < c->n_left_out; i++) {
		const struct left_out *entry = &c->left_out[i];

		if (entry->side != side && entry->side != SIDE_BOTH)
			continue;
		if (covers(entry->name.bench, sample->name.bench) &&
		    covers(entry->name.arm, sample->name.arm) &&
		    covers(entry->name.metric, sample->name.metric) &&
		    covers(entry->name.fs, sample->name.fs) &&
		    covers(entry->name.access, sample->name.access))
			return true;
	}
	return false;
}

static void add_lack(struct comparison *c, const struct sample_key *key, enum which_side side)
{
	const struct side_sample *sample = key->sample;

	if (!explained(c, sample, side))
		add(c, (struct left_out){ sample->name, side,
					  "not measured in every boot of this side" });
}

int join_left_out(struct comparison *c, const struct sample_key *keys, size_t n)
{
	const struct side *const sides[] = { c->base, c->new };
	size_t most = 2 * n;

	for (size_t s = 0; s < 2; s++)
		for (size_t b = 0; b < sides[s]->n_boots; b++)
			most += sides[s]->boots[b].n_targets + sides[s]->boots[b].n_skips;
	c->n_left_out = 0;
	c->left_out = calloc(most + 1, sizeof(*c->left_out));
	if (!c->left_out)
		return -ENOMEM;
	for (size_t s = 0; s < 2; s++)
		for (size_t b = 0; b < sides[s]->n_boots; b++)
			add_boot(c, &sides[s]->boots[b], s ? SIDE_NEW : SIDE_BASE);
	for (size_t i = 0; i < n; i++) {
		if (!keys[i].in_base)
			add_lack(c, &keys[i], SIDE_BASE);
		if (!keys[i].in_new)
			add_lack(c, &keys[i], SIDE_NEW);
	}
	return 0;
}
