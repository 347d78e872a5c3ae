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
static size_t place_of(const struct sample_key *keys, size_t n, const struct side_sample *sample,
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

int join_samples(const struct side *base, const struct side *new, struct sample_key **keys,
		 size_t *n)
{
	const struct side *const sides[] = { base, new };
	struct sample_key *list =
		calloc(count_samples(base) + count_samples(new) + 1, sizeof(*list));

	*n = 0;
	*keys = list;
	if (!list)
		return -ENOMEM;
	for (size_t s = 0; s < 2; s++) {
		for (size_t b = 0; b < sides[s]->n_boots; b++) {
			const struct side_boot *boot = &sides[s]->boots[b];

			for (size_t i = 0; i < boot->n_samples; i++) {
				const struct side_sample *sample = &boot->samples[i];
				bool known;
				size_t place = place_of(list, *n, sample, &known);

				if (known)
					continue;
				memmove(&list[place + 1], &list[place],
					(*n - place) * sizeof(*list));
				list[place].sample = sample;
				(*n)++;
			}
		}
	}
	for (size_t i = 0; i < *n; i++) {
		list[i].in_base = in_every_boot(base, list[i].sample);
		list[i].in_new = in_every_boot(new, list[i].sample);
	}
	return 0;
}

static struct check_change *find_check(struct comparison *c, const struct side_check *check)
{
	for (size_t i = 0; i < c->n_checks; i++) {
		struct check_change *change = &c->checks[i];

		if (!strcmp(change->name, check->name) && !strcmp(change->fs, check->fs) &&
		    !strcmp(change->access, check->access))
			return change;
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

static void weigh_check(struct comparison *c, const struct side_check *check, bool is_new)
{
	struct check_change *change = find_check(c, check);
	enum check_verdict *verdict;
	const char **evidence;

	if (!change) {
		change = &c->checks[c->n_checks++];
		*change = (struct check_change){
			.name = check->name,
			.fs = check->fs,
			.access = check->access,
			.base = CHECK_SKIP,
			.new = CHECK_SKIP,
			.base_evidence = check_not_tried,
			.new_evidence = check_not_tried,
		};
	}
	verdict = is_new ? &change->new : &change->base;
	evidence = is_new ? &change->new_evidence : &change->base_evidence;
	if (*evidence == check_not_tried || outweighs(check->verdict, *verdict)) {
		*verdict = check->verdict;
		*evidence = check->evidence;
	}
}

int join_checks(struct comparison *c)
{
	const struct side *const sides[] = { c->base, c->new };
	size_t n = 0;

	for (size_t s = 0; s < 2; s++)
		for (size_t b = 0; b < sides[s]->n_boots; b++)
			n += sides[s]->boots[b].n_checks;
	c->n_checks = 0;
	c->checks = calloc(n + 1, sizeof(*c->checks));
	if (!c->checks)
		return -ENOMEM;
	for (size_t s = 0; s < 2; s++)
		for (size_t b = 0; b < sides[s]->n_boots; b++)
			for (size_t i = 0; i < sides[s]->boots[b].n_checks; i++)
				weigh_check(c, &sides[s]->boots[b].checks[i], s == 1);
	return 0;
}
