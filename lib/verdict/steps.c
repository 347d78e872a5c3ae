// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "verdict/join.h"
#include "verdict/steps.h"

void steps_free(struct steps *steps)
{
	for (size_t i = 1; i < steps->n_sides; i++) {
		comparison_free(&steps->before[i]);
		comparison_free(&steps->first[i]);
	}
	free(steps->before);
	free(steps->first);
	memset(steps, 0, sizeof(*steps));
}

const struct comparison *steps_before(const struct steps *steps, size_t i)
{
	return &steps->before[i];
}

const struct comparison *steps_first(const struct steps *steps, size_t i)
{
	/* the second has the first before it, and is not tested twice */
	return i == 1 ? &steps->before[1] : &steps->first[i];
}

/* Each comparison there is stands in the list once. */
static int judge_all(const struct steps *steps, enum side_mode mode)
{
	struct comparison **list = calloc(2 * steps->n_sides, sizeof(struct comparison *));
	size_t n = 0;
	int err;

	if (!list)
		return -ENOMEM;
	for (size_t i = 1; i < steps->n_sides; i++) {
		list[n++] = &steps->before[i];
		if (i > 1)
			list[n++] = &steps->first[i];
	}
	err = mode == SIDE_TIME ? judge_families(list, n) : 0;
	free(list);
	return err;
}

int steps_compare(const struct side *const *sides, size_t n, const struct limits *limits,
		  struct steps *steps, char *error, size_t error_size)
{
	int err = 0;

	*steps = (struct steps){
		.n_sides = n,
		.before = calloc(n, sizeof(*steps->before)),
		.first = calloc(n, sizeof(*steps->first)),
	};
	if (!steps->before || !steps->first) {
		free(steps->before);
		free(steps->first);
		*steps = (struct steps){ 0 };
		snprintf(error, error_size, "out of memory");
		return -ENOMEM;
	}
	for (size_t i = 1; i < n && !err; i++) {
		err = compare_apart(sides[i - 1], sides[i], limits, &steps->before[i], error,
				    error_size);
		if (!err && i > 1)
			err = compare_apart(sides[0], sides[i], limits, &steps->first[i], error,
					    error_size);
	}
	if (!err) {
		err = judge_all(steps, sides[0]->mode);
		if (err)
			snprintf(error, error_size, "out of memory");
	}
	if (err)
		steps_free(steps);
	return err;
}

static bool same_metric(const struct metric_change *a, const struct metric_change *b)
{
	return !strcmp(a->bench, b->bench) && !strcmp(a->arm, b->arm) &&
	       !strcmp(a->metric, b->metric) && !strcmp(a->fs, b->fs) &&
	       !strcmp(a->access, b->access);
}

static bool changed(const struct comparison *c, const struct metric_change *metric)
{
	for (size_t i = 0; i < c->n_metrics; i++) {
		enum verdict verdict = c->metrics[i].judgement.verdict;

		if (same_metric(&c->metrics[i], metric))
			return verdict == VERDICT_BETTER || verdict == VERDICT_WORSE;
	}
	return false;
}

size_t steps_that_changed(const struct steps *steps, const struct metric_change *metric,
			  size_t *list)
{
	size_t n = 0;

	for (size_t i = 1; i < steps->n_sides; i++)
		if (changed(&steps->before[i], metric))
			list[n++] = i;
	return n;
}
