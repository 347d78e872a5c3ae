// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What all comparisons of a row have, in one list. Mostly that is what the last
 * side and the first have; a side between them may have more, or lack some.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "compare/join.h"
#include "compare/steps.h"

static const struct metric_change *find_metric(const struct comparison *c,
					       const struct metric_change *like)
{
	for (size_t i = 0; i < c->n_metrics; i++)
		if (cost_same(&c->metrics[i].name, &like->name))
			return &c->metrics[i];
	return NULL;
}

static const struct check_change *find_check(const struct comparison *c,
					     const struct check_change *like)
{
	for (size_t i = 0; i < c->n_checks; i++)
		if (!strcmp(c->checks[i].name, like->name) && !strcmp(c->checks[i].fs, like->fs) &&
		    !strcmp(c->checks[i].access, like->access))
			return &c->checks[i];
	return NULL;
}

/* Behind the last of its group; not compared from end to end, or it would be there. */
static void add_metric(struct comparison *all, const struct metric_change *metric)
{
	size_t place = all->n_metrics;

	for (size_t i = 0; i < all->n_metrics; i++)
		if (cost_same_group(&all->metrics[i].name, &metric->name))
			place = i + 1;
	memmove(&all->metrics[place + 1], &all->metrics[place],
		(all->n_metrics - place) * sizeof(*all->metrics));
	all->metrics[place] = *metric;
	all->metrics[place].judgement.verdict = VERDICT_INCONCLUSIVE;
	all->metrics[place].judgement.why = "not measured on all sides";
	all->n_metrics++;
}

static void add_check(struct comparison *all, const struct check_change *check)
{
	struct check_change *added = &all->checks[all->n_checks++];

	*added = *check;
	added->base = added->new = CHECK_SKIP;
	added->base_evidence = added->new_evidence = check_not_tried;
}

static void add_missing(struct comparison *all, const struct comparison *c)
{
	for (size_t i = 0; i < c->n_metrics; i++)
		if (!find_metric(all, &c->metrics[i]))
			add_metric(all, &c->metrics[i]);
	for (size_t i = 0; i < c->n_checks; i++)
		if (!find_check(all, &c->checks[i]))
			add_check(all, &c->checks[i]);
}

static int join_all(struct steps *steps)
{
	const struct comparison *ends = steps_first(steps, steps->n_sides - 1);
	struct comparison *all = &steps->all;
	size_t metrics = ends->n_metrics, checks = ends->n_checks;

	for (size_t i = 1; i < steps->n_sides; i++) {
		metrics += steps_before(steps, i)->n_metrics + steps_first(steps, i)->n_metrics;
		checks += steps_before(steps, i)->n_checks;
	}
	*all = (struct comparison){
		.base = ends->base,
		.new = ends->new,
		.limits = ends->limits,
		.metrics = calloc(metrics + 1, sizeof(*all->metrics)),
		.checks = calloc(checks + 1, sizeof(*all->checks)),
		.n_refused = ends->n_refused,
	};
	if (!all->metrics || !all->checks)
		return -ENOMEM;
	for (size_t i = 0; i < ends->n_metrics; i++)
		all->metrics[all->n_metrics++] = ends->metrics[i];
	for (size_t i = 0; i < ends->n_checks; i++)
		all->checks[all->n_checks++] = ends->checks[i];
	for (size_t i = 1; i < steps->n_sides; i++) {
		add_missing(all, steps_before(steps, i));
		add_missing(all, steps_first(steps, i));
	}
	return 0;
}

/* The place of a metric's row of cells, n_sides for those before, then for the first. */
static const struct metric_change **row(const struct steps *steps, size_t metric)
{
	return &steps->cells[2 * steps->n_sides * metric];
}

int join_steps(struct steps *steps)
{
	int err = join_all(steps);

	if (err)
		return err;
	steps->cells = calloc(2 * steps->n_sides * (steps->all.n_metrics + 1),
			      sizeof(const struct metric_change *));
	if (!steps->cells)
		return -ENOMEM;
	for (size_t m = 0; m < steps->all.n_metrics; m++)
		for (size_t i = 1; i < steps->n_sides; i++) {
			const struct metric_change *like = &steps->all.metrics[m];

			row(steps, m)[i] = find_metric(steps_before(steps, i), like);
			row(steps, m)[steps->n_sides + i] =
				find_metric(steps_first(steps, i), like);
		}
	return 0;
}

const struct metric_change *steps_metric_before(const struct steps *steps, size_t metric, size_t i)
{
	return row(steps, metric)[i];
}

const struct metric_change *steps_metric_first(const struct steps *steps, size_t metric, size_t i)
{
	return row(steps, metric)[steps->n_sides + i];
}

struct check_seen steps_check(const struct steps *steps, size_t check, size_t i)
{
	const struct check_change *like = &steps->all.checks[check];
	const struct check_change *seen = find_check(steps_before(steps, i ? i : 1), like);

	if (!seen)
		return (struct check_seen){ CHECK_SKIP, check_not_tried };
	return i ? (struct check_seen){ seen->new, seen->new_evidence }
		 : (struct check_seen){ seen->base, seen->base_evidence };
}
