// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "report/labels.h"
#include "report/outcomes.h"

static bool same_outcome(const struct check_change *a, const struct check_change *b)
{
	return !strcmp(a->name, b->name) && a->base == b->base && a->new == b->new;
}

bool outcome_is_first(const struct comparison *c, size_t check)
{
	for (size_t i = 0; i < check; i++)
		if (same_outcome(&c->checks[i], &c->checks[check]))
			return false;
	return true;
}

void outcome_targets(struct text *text, const struct comparison *c,
		     const struct check_change *check)
{
	const char *separator = "";
	char target[LABEL_SIZE];

	for (size_t i = 0; i < c->n_checks; i++) {
		const struct check_change *other = &c->checks[i];

		if (!same_outcome(other, check))
			continue;
		text_add(text, "%s%s", separator, label_target(other->fs, other->access, target));
		separator = ", ";
	}
}
