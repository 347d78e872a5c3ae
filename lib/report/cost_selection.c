// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>
#include <string.h>

#include "report/cost_selection.h"
#include "report/groups.h"
#include "report/steps.h"

/*
 * Of two sides a group of at most this many costs is shown whole: what did not change is
 * the control of what did. A larger one shows what changed.
 */
#define GROUP_WHOLE 6

/* Of more changes than this a group shows the largest, the others in words. */
#define CHANGES_SHOWN 4

/* In percent; reports say 1%, too. */
#define SMALL_PCT 1

double change_size(const struct comparison *c, size_t cost)
{
	const struct change *largest = steps_largest(c, cost);

	return largest ? fabs(largest->judgement.change_pct) : 0;
}

bool change_is_large(const struct comparison *c, size_t cost)
{
	return change_size(c, cost) >= SMALL_PCT;
}

size_t selection_count(const struct comparison *c, size_t start, size_t end)
{
	size_t n = 0;

	for (size_t i = start; i < end; i++)
		n += change_is_large(c, i);
	return n;
}

static enum verdict verdict_of(const struct comparison *c, size_t cost)
{
	return steps_largest(c, cost)->judgement.verdict;
}

static bool changed_alike(const struct comparison *c, size_t a, size_t b)
{
	const struct cost_name *one = &c->costs[a].name, *other = &c->costs[b].name;

	return change_is_large(c, a) && change_is_large(c, b) &&
	       verdict_of(c, a) == verdict_of(c, b) && cost_same_arm(one, other) &&
	       !strcmp(one->access, other->access);
}

/* Whether fewer than half of CHANGES_SHOWN changed more in its direction. */
static bool among_largest(const struct comparison *c, size_t start, size_t end, size_t cost)
{
	double size = change_size(c, cost);
	size_t larger = 0;

	for (size_t i = start; i < end; i++) {
		double other = change_size(c, i);

		if (i == cost || !change_is_large(c, i) || verdict_of(c, i) != verdict_of(c, cost))
			continue;
		larger += other > size || (other == size && i < cost);
	}
	return larger < CHANGES_SHOWN / 2;
}

const char *selection_like(const struct comparison *c, size_t start, size_t end)
{
	size_t wanted = selection_count(c, start, end), before_end;

	/* steps may change the same arms each in another way */
	if (comparison_is_series(c))
		return NULL;
	for (size_t before = 0; before < start && wanted > CHANGES_SHOWN; before = before_end) {
		size_t found = 0;

		before_end = group_end(c, before);
		if (selection_count(c, before, before_end) != wanted)
			continue;
		for (size_t i = start; i < end; i++)
			for (size_t k = before; k < before_end; k++)
				found += changed_alike(c, i, k);
		if (found == wanted)
			return c->costs[before].name.fs;
	}
	return NULL;
}

bool selection_has(const struct comparison *c, size_t start, size_t end, size_t cost)
{
	if (!comparison_is_series(c) && end - start <= GROUP_WHOLE)
		return true;
	return change_is_large(c, cost) && !selection_like(c, start, end) &&
	       (selection_count(c, start, end) <= CHANGES_SHOWN ||
		among_largest(c, start, end, cost));
}
