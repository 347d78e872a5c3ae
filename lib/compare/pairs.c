// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Which boot of one side stands beside which of the other. In time mode that
 * is the one of the same pair, booted right before or after it, so that what
 * drifts on the host falls on both; without pairs, the first beside the first.
 * In the other modes it is the one of the same seed.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compare/pairs.h"

typedef bool same_fn(const struct side_run *a, const struct side_run *b);

static bool same_seed(const struct side_run *a, const struct side_run *b)
{
	return a->seed == b->seed;
}

static bool same_session(const struct side_run *a, const struct side_run *b)
{
	return a->pair && b->pair && !strcmp(a->session, b->session);
}

static bool same_pair(const struct side_run *a, const struct side_run *b)
{
	return a->pair == b->pair && same_session(a, b);
}

static const struct side_boot *find(const struct side *side, const struct side_run *run,
				    same_fn *same)
{
	for (size_t i = 0; i < side->n_boots; i++)
		if (same(&side->boots[i].run, run))
			return &side->boots[i];
	return NULL;
}

/* Every boot of a has one in b, and no two have the same. */
static int has_all(const struct side *a, const struct side *b, same_fn *same, char *error,
		   size_t size)
{
	for (size_t i = 0; i < a->n_boots; i++) {
		const struct side_boot *boot = &a->boots[i];
		const struct side_boot *twin = find(a, &boot->run, same);

		if (twin != boot) {
			snprintf(error, size,
				 "%s:%zu and %s:%zu are both of seed %lld, pair %lld: a side has "
				 "one",
				 twin->path, twin->line, boot->path, boot->line,
				 (long long)boot->run.seed, (long long)boot->run.pair);
			return -EINVAL;
		}
		if (find(b, &boot->run, same))
			continue;
		if (same == same_pair)
			snprintf(error, size,
				 "%s has a boot of pair %lld (line %zu, session %.40s), %s has "
				 "none: "
				 "timed boots are compared pair by pair",
				 boot->path, (long long)boot->run.pair, boot->line,
				 boot->run.session, b->boots[0].path);
		else
			snprintf(error, size,
				 "%s has a boot with seed %lld (line %zu), %s has none: boots are "
				 "compared seed by seed",
				 boot->path, (long long)boot->run.seed, boot->line,
				 b->boots[0].path);
		return -EINVAL;
	}
	return 0;
}

/* Whether any two boots were made as a pair. */
static bool made_in_pairs(const struct side *base, const struct side *new)
{
	for (size_t i = 0; i < base->n_boots; i++)
		if (find(new, &base->boots[i].run, same_session))
			return true;
	return false;
}

static int same_number(const struct side *base, const struct side *new, char *error, size_t size)
{
	if (base->n_boots == new->n_boots)
		return 0;
	snprintf(error, size,
		 "%s has %zu runs and %s has %zu: the first is compared with the first and so on, "
		 "so both sides need as many",
		 base->boots[0].path, base->n_boots, new->boots[0].path, new->n_boots);
	return -EINVAL;
}

int pair_boots(const struct side *base, const struct side *new, const struct side_boot ***others,
	       char *error, size_t size)
{
	bool paired = base->mode == SIDE_TIME && made_in_pairs(base, new);
	same_fn *same = paired ? same_pair : base->mode == SIDE_TIME ? NULL : same_seed;
	const struct side_boot **list;
	int err;

	*others = NULL;
	err = same ? has_all(base, new, same, error, size) : same_number(base, new, error, size);
	if (!err && same)
		err = has_all(new, base, same, error, size);
	if (err)
		return err;
	list = calloc(base->n_boots, sizeof(const struct side_boot *));
	if (!list)
		return -ENOMEM;
	for (size_t i = 0; i < base->n_boots; i++)
		list[i] = same ? find(new, &base->boots[i].run, same) : &new->boots[i];
	*others = list;
	return 0;
}
