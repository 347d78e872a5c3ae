// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "record/cost_name.h"

bool cost_same_group(const struct cost_name *a, const struct cost_name *b)
{
	return !strcmp(a->access, b->access) && !strcmp(a->fs, b->fs) &&
	       !strcmp(a->bench, b->bench);
}

bool cost_same_arm(const struct cost_name *a, const struct cost_name *b)
{
	return !strcmp(a->arm, b->arm) && !strcmp(a->metric, b->metric) &&
	       !strcmp(a->bench, b->bench);
}

bool cost_same(const struct cost_name *a, const struct cost_name *b)
{
	return cost_same_arm(a, b) && cost_same_group(a, b);
}
