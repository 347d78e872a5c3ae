// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "compare/join.h"

static bool in_every_boot(const struct side *side, const struct side_sample *sample)
{
	for (size_t i = 0; i < side->n_boots; i++)
		if (!side_find_sample(&side->boots[i], &sample->name))
			return false;
	return true;
}

/* Where a sample belongs: behind the last of its group, n when it is known. */
static size_t place_of(const struct cost_key *keys, size_t n, const struct side_sample *sample,
		       bool *known)
{
	size_t place = n;

	*known = false;
	for (size_t i = 0; i < n; i++) {
		if (!cost_same_group(&keys[i].sample->name, &sample->name))
			continue;
		place = i + 1;
		if (cost_same(&keys[i].sample->name, &sample->name))
			*known = true;
	}
	return place;
}

static size_t count_samples(const struct side *side)
{
	size_t n = 0;

	for (size_t i = 0; i < side->n_boots; i++)
		n += side->boots[i].n_samples;
	return n;
}

static void add_boot(struct cost_key *keys, size_t *n, const struct side_boot *boot)
{
	for (size_t i = 0; i < boot->n_samples; i++) {
		bool known;
		size_t place = place_of(keys, *n, &boot->samples[i], &known);

		if (known)
			continue;
		memmove(&keys[place + 1], &keys[place], (*n - place) * sizeof(*keys));
		keys[place] = (struct cost_key){ .boot = boot, .sample = &boot->samples[i] };
		(*n)++;
	}
}

int join_costs(const struct comparison *c, struct cost_key **keys, size_t *n)
{
	struct cost_key *list;
	size_t most = 1;

	for (size_t s = 0; s < c->n_sides; s++)
		most += count_samples(c->side[s]);
	list = calloc(most, sizeof(*list));
	*n = 0;
	*keys = list;
	if (!list)
		return -ENOMEM;
	for (size_t s = 0; s < c->n_sides; s++)
		for (size_t b = 0; b < c->side[s]->n_boots; b++)
			add_boot(list, n, &c->side[s]->boots[b]);
	for (size_t i = 0; i < *n; i++)
		for (size_t s = 0; s < c->n_sides; s++)
			if (in_every_boot(c->side[s], list[i].sample))
				list[i].sides |= 1ull << s;
	return 0;
}

static struct promise *find_check(struct comparison *c, const struct side_check *check)
{
	for (size_t i = 0; i < c->n_checks; i++) {
		struct promise *promise = &c->checks[i];

		if (!strcmp(promise->name, check->name) && !strcmp(promise->fs, check->fs) &&
		    !strcmp(promise->access, check->access))
			return promise;
	}
	return NULL;
}

/* One boot that saw a promise broken outweighs all that did not. */
static bool outweighs(enum check_verdict verdict, enum check_verdict other)
{
	static const int weight[] = { [CHECK_SKIP] = 0, [CHECK_PASS] = 1, [CHECK_FAIL] = 2 };

	return weight[verdict] > weight[other];
}

const char check_not_tried[] = "not tried on this side";

static void weigh_check(struct comparison *c, const struct side_check *check, size_t side)
{
	struct promise *promise = find_check(c, check);
	struct check_seen *seen;

	if (!promise) {
		promise = &c->checks[c->n_checks];
		*promise = (struct promise){
			.name = check->name,
			.label = check->label,
			.promise = check->promise,
			.fs = check->fs,
			.access = check->access,
			.on = &c->check_seen[c->n_checks++ * c->n_sides],
		};
		for (size_t i = 0; i < c->n_sides; i++)
			promise->on[i] = (struct check_seen){ CHECK_SKIP, check_not_tried };
	}
	seen = &promise->on[side];
	if (seen->evidence == check_not_tried || outweighs(check->verdict, seen->verdict))
		*seen = (struct check_seen){ check->verdict, check->evidence };
}

int join_checks(struct comparison *c)
{
	size_t most = 1;

	for (size_t s = 0; s < c->n_sides; s++)
		for (size_t b = 0; b < c->side[s]->n_boots; b++)
			most += c->side[s]->boots[b].n_checks;
	c->n_checks = 0;
	c->checks = calloc(most, sizeof(*c->checks));
	c->check_seen = calloc(most * c->n_sides + 1, sizeof(*c->check_seen));
	if (!c->checks || !c->check_seen)
		return -ENOMEM;
	for (size_t s = 0; s < c->n_sides; s++)
		for (size_t b = 0; b < c->side[s]->n_boots; b++)
			for (size_t i = 0; i < c->side[s]->boots[b].n_checks; i++)
				weigh_check(c, &c->side[s]->boots[b].checks[i], s);
	return 0;
}
