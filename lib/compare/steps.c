// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compare/join.h"
#include "compare/steps.h"

void steps_free(struct steps *steps)
{
	for (size_t i = 1; i < steps->n_sides; i++) {
		comparison_free(&steps->before[i]);
		comparison_free(&steps->first[i]);
	}
	comparison_free(&steps->all);
	free(steps->cells);
	free(steps->before);
	free(steps->first);
	memset(steps, 0, sizeof(*steps));
}

const struct side *steps_side(const struct steps *steps, size_t i)
{
	return i ? steps->before[i].new : steps->before[1].base;
}

size_t steps_place(const struct steps *steps, size_t i)
{
	size_t place = i;

	for (size_t k = 0; k < steps->n_failures; k++)
		place += steps->failures[k].before <= i;
	return place;
}

size_t steps_failure_place(const struct steps *steps, size_t k)
{
	return steps->failures[k].before + k;
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
	struct figures figures = { 0 };
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
	err = figures_find(sides, n, &figures);
	for (size_t i = 1; i < n && !err; i++) {
		err = compare_apart(sides[i - 1], sides[i], limits, &figures, &steps->before[i],
				    error, error_size);
		if (!err && i > 1)
			err = compare_apart(sides[0], sides[i], limits, &figures, &steps->first[i],
					    error, error_size);
	}
	figures_free(&figures);
	if (!err)
		err = judge_all(steps, sides[0]->mode);
	if (!err)
		err = join_steps(steps);
	if (err == -ENOMEM)
		snprintf(error, error_size, "out of memory");
	if (err)
		steps_free(steps);
	return err;
}

/* A comparison that has the metric on side i, whether as new; NULL where none has. */
static const struct metric_change *on_side(const struct steps *steps, size_t metric, size_t i,
					   bool *is_new)
{
	const struct metric_change *m = NULL;

	*is_new = i > 0;
	if (i)
		m = steps_metric_before(steps, metric, i);
	if (i && !m)
		m = steps_metric_first(steps, metric, i);
	for (size_t k = 1; !i && !m && k < steps->n_sides; k++)
		m = steps_metric_first(steps, metric, k);
	if (m)
		return m;
	/* of a side before one that has it */
	*is_new = false;
	return i + 1 < steps->n_sides ? steps_metric_before(steps, metric, i + 1) : NULL;
}

double steps_figure(const struct steps *steps, size_t metric, size_t i)
{
	bool is_new;
	const struct metric_change *m = on_side(steps, metric, i, &is_new);

	return !m ? NAN : is_new ? m->judgement.other : m->judgement.base;
}

double steps_median(const struct steps *steps, size_t metric, size_t i)
{
	bool is_new;
	const struct metric_change *m = on_side(steps, metric, i, &is_new);

	return !m ? NAN : is_new ? m->median.other : m->median.base;
}

double steps_p99(const struct steps *steps, size_t metric, size_t i)
{
	bool is_new;
	const struct metric_change *m = on_side(steps, metric, i, &is_new);

	return !m || !m->p99.pairs ? NAN : is_new ? m->p99.other : m->p99.base;
}

double steps_faults(const struct steps *steps, size_t metric, size_t i)
{
	bool is_new;
	const struct metric_change *m = on_side(steps, metric, i, &is_new);

	return !m ? NAN : is_new ? m->new_faults : m->base_faults;
}

static bool changed_by(const struct steps *steps, size_t metric, size_t i)
{
	const struct metric_change *m = steps_metric_before(steps, metric, i);

	return m && is_change(&m->judgement);
}

size_t steps_of_metric(const struct steps *steps, size_t metric, size_t last, size_t *list)
{
	size_t n = 0;

	for (size_t i = 1; i <= last; i++)
		if (changed_by(steps, metric, i))
			list[n++] = i;
	return n;
}

size_t steps_of_check(const struct steps *steps, size_t check, size_t last, size_t *list)
{
	size_t n = 0;

	for (size_t i = 1; i <= last; i++)
		if (steps_check(steps, check, i).verdict !=
		    steps_check(steps, check, i - 1).verdict)
			list[n++] = i;
	return n;
}

bool steps_regress(const struct steps *steps, size_t i)
{
	const struct comparison *c = &steps->before[i];

	for (size_t k = 0; k < c->n_checks; k++)
		if (c->checks[k].base != CHECK_FAIL && c->checks[k].new == CHECK_FAIL)
			return true;
	return comparison_count(c, VERDICT_WORSE) || comparison_tails(c, VERDICT_WORSE);
}
