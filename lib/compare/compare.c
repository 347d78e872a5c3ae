// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compare/join.h"

const struct limits compare_limits = { .floor_pct = 0.2, .margin_pct = 2 };

double comparison_none_pct(const struct comparison *c)
{
	return comparison_mode(c) == SIDE_TIME ? c->limits.margin_pct : c->limits.floor_pct;
}

uint64_t comparison_all_sides(const struct comparison *c)
{
	return UINT64_MAX >> (SIDES_MAX - c->n_sides);
}

bool comparison_is_series(const struct comparison *c)
{
	return c->n_sides + c->n_failed > 2;
}

int64_t cost_operations(const struct comparison *c, const struct cost *cost)
{
	int64_t least = INT64_MAX;

	for (size_t i = 0; i < c->n_sides; i++)
		if (cost->on[i].measured && cost->on[i].n < least)
			least = cost->on[i].n;
	return least;
}

void comparison_free(struct comparison *c)
{
	free(c->costs);
	free(c->checks);
	free(c->missing);
	free(c->cost_on);
	free(c->change);
	free(c->change_of);
	free(c->check_seen);
	memset(c, 0, sizeof(*c));
}

int compare(const struct side *const *sides, size_t n, const struct limits *limits,
	    struct comparison *c, char *error, size_t error_size)
{
	struct cost_key *keys = NULL;
	size_t n_keys = 0;
	int err;

	*c = (struct comparison){ .n_sides = n, .limits = *limits };
	for (size_t i = 0; i < n; i++)
		c->side[i] = sides[i];
	err = join_costs(c, &keys, &n_keys);
	if (!err)
		err = judge_costs(c, keys, n_keys, error, error_size);
	if (!err)
		err = join_checks(c);
	if (!err)
		err = join_missing(c, keys, n_keys);
	if (err == -ENOMEM)
		snprintf(error, error_size, "out of memory");
	free(keys);
	if (err)
		comparison_free(c);
	return err;
}
