// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>
#include <string.h>

#include "report/cost_selection.h"
#include "report/groups.h"

/*
 * A group of at most this many metrics is shown whole: what did not change is
 * the control of what did. A larger one shows what changed.
 */
#define GROUP_WHOLE 6

/* Of more changes than this a group shows the largest, the others in words. */
#define CHANGES_SHOWN 4

/* In percent; the words below say 1% too. */
#define SMALL_PCT 1

bool change_is_large(const struct metric_change *m)
{
	return metric_changed(m) && fabs(m->judgement.change_pct) >= SMALL_PCT;
}

size_t selection_count(const struct comparison *c, size_t start, size_t end)
{
	size_t n = 0;

	for (size_t i = start; i < end; i++)
		n += change_is_large(&c->metrics[i]);
	return n;
}

static bool changed_alike(const struct metric_change *a, const struct metric_change *b)
{
	return change_is_large(a) && change_is_large(b) &&
	       a->judgement.verdict == b->judgement.verdict && cost_same_arm(&a->name, &b->name) &&
	       !strcmp(a->name.access, b->name.access);
}

/* Whether fewer than half of CHANGES_SHOWN changed more in its direction. */
static bool among_largest(const struct comparison *c, size_t start, size_t end, size_t row)
{
	const struct judgement *j = &c->metrics[row].judgement;
	size_t larger = 0;

	for (size_t i = start; i < end; i++) {
		const struct judgement *other = &c->metrics[i].judgement;

		if (i == row || other->verdict != j->verdict)
			continue;
		if (fabs(other->change_pct) > fabs(j->change_pct) ||
		    (other->change_pct == j->change_pct && i < row))
			larger++;
	}
	return larger < CHANGES_SHOWN / 2;
}

const char *selection_like(const struct comparison *c, size_t start, size_t end)
{
	size_t wanted = selection_count(c, start, end), before_end;

	for (size_t before = 0; before < start && wanted > CHANGES_SHOWN; before = before_end) {
		const struct metric_change *first = &c->metrics[before];
		size_t found = 0;

		before_end = group_end(c, before);
		if (selection_count(c, before, before_end) != wanted)
			continue;
		for (size_t i = start; i < end; i++)
			for (size_t k = before; k < before_end; k++)
				found += changed_alike(&c->metrics[i], &c->metrics[k]);
		if (found == wanted)
			return first->name.fs;
	}
	return NULL;
}

bool selection_has(const struct comparison *c, size_t start, size_t end, size_t row)
{
	if (end - start <= GROUP_WHOLE)
		return true;
	return change_is_large(&c->metrics[row]) && !selection_like(c, start, end) &&
	       (selection_count(c, start, end) <= CHANGES_SHOWN ||
		among_largest(c, start, end, row));
}
