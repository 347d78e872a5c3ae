// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "explain/median_operation.h"

/* One metric of one boot, and its operations: first, first + step, ... of the arm. */
struct picked {
	const struct side_boot *boot;
	const struct side_sample *sample;
	const struct counts_boot *counts;
	const struct counts_arm *arm;
	size_t first, step;
};

struct message {
	char *text;
	size_t size;
};

__attribute__((format(printf, 3, 4))) static int refuse(const struct message *m,
							const struct cost_name *s,
							const char *format, ...)
{
	int used = snprintf(m->text, m->size, "%s %s %s on %s %s: ", s->bench, s->arm, s->metric,
			    s->fs, s->access);
	va_list arguments;

	va_start(arguments, format);
	if (used > 0 && (size_t)used < m->size)
		vsnprintf(m->text + used, m->size - (size_t)used, format, arguments);
	va_end(arguments);
	return -EINVAL;
}

static uint64_t total(const struct picked *p, size_t operation)
{
	size_t at = p->arm->first_operation + p->first + operation * p->step;

	return p->counts->way[p->arm->first_way + p->counts->operation[at]].total;
}

static int by_value(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

/* What each operation executed, ascending; the caller frees it. NULL: no memory. */
static uint64_t *sorted_totals(const struct picked *p)
{
	size_t n = (size_t)p->sample->n;
	uint64_t *sorted = malloc(n * sizeof(*sorted));

	if (!sorted)
		return NULL;
	for (size_t i = 0; i < n; i++)
		sorted[i] = total(p, i);
	qsort(sorted, n, sizeof(*sorted), by_value);
	return sorted;
}

/* Quantiles as the records have them: rank ceil(n percent / 100). */
static size_t rank(size_t n, size_t percent)
{
	return (n * percent + 99) / 100 - 1;
}

/* Whether they are the operations that the record is of: it says the same of them. */
static int check_same(const struct picked *p, const struct message *message)
{
	size_t n = (size_t)p->sample->n;
	uint64_t *sorted = sorted_totals(p), median;

	if (!sorted)
		return -ENOMEM;
	median = sorted[rank(n, 50)];
	free(sorted);
	/* a maximum may have met another timer tick, or have waited */
	if ((double)median == p->sample->median)
		return 0;
	return refuse(message, &p->sample->name,
		      "the counts of seed %lld are not of this run: their median is %llu, that of "
		      "the record %.0f; count anew (make explain)",
		      (long long)p->boot->run.seed, (unsigned long long)median, p->sample->median);
}

/* Which of the arm's operations are the metric's. */
static int find_operations(struct picked *p, const struct message *message)
{
	const struct side_sample *s = p->sample;
	size_t n = (size_t)s->n, metrics = 0, index = 0;
	uint64_t line = 0;

	for (size_t i = 0; i < p->boot->n_samples; i++) {
		const struct side_sample *other = &p->boot->samples[i];

		if (!cost_same_group(&other->name, &s->name) ||
		    strcmp(other->name.arm, s->name.arm) != 0)
			continue;
		if (!metrics++)
			line = other->line - p->boot->line - 1;
		index += other->line < s->line;
	}
	p->arm = counts_arm(p->counts, line);
	if (!p->arm)
		return refuse(message, &s->name,
			      "seed %lld has no counts of it; count anew (make explain)",
			      (long long)p->boot->run.seed);
	p->step = n ? p->arm->n_operations / n : 0;
	p->first = index;
	if (!p->step || p->step * n != p->arm->n_operations || p->step > metrics)
		return refuse(message, &s->name,
			      "%zu operations were counted and %zu recorded; count anew (make "
			      "explain)",
			      p->arm->n_operations, n);
	if (index >= p->step)
		return refuse(message, &s->name,
			      "it ends in another thread, and no operation of its own is counted");
	return check_same(p, message);
}

static int by_median(const void *a, const void *b)
{
	double x = ((const struct picked *)a)->sample->median;
	double y = ((const struct picked *)b)->sample->median;

	return (x > y) - (x < y);
}

/*
 * The boots that have the metric, by its median; those in the middle, one or
 * two, are [*from, *to]. The caller frees *list.
 */
static int pick(const struct side *side, const struct counts *counts, const struct cost_name *like,
		struct picked **list, size_t *from, size_t *to, const struct message *message)
{
	size_t n = 0;
	int err = 0;

	*list = calloc(side->n_boots, sizeof(**list));
	if (!*list)
		return -ENOMEM;
	for (size_t i = 0; i < side->n_boots; i++) {
		struct picked *p = &(*list)[n];

		p->boot = &side->boots[i];
		p->sample = side_find_sample(p->boot, like);
		n += p->sample != NULL;
	}
	if (!n)
		return refuse(message, like, "\"%s\" has no such metric", side->label);
	qsort(*list, n, sizeof(**list), by_median);
	*from = (n - 1) / 2;
	*to = n / 2;
	for (size_t i = *from; i <= *to && !err; i++) {
		struct picked *p = &(*list)[i];

		p->counts = counts_find(counts, p->boot->run.seed);
		if (!p->counts)
			err = refuse(message, like,
				     "\"%s\" has no counts of seed %lld; count them "
				     "(make explain)",
				     side->label, (long long)p->boot->run.seed);
		else if (strcmp(p->counts->image_sha256, p->boot->run.image_sha256) != 0)
			err = refuse(message, like,
				     "the counts of \"%s\", seed %lld, are of another image "
				     "(%.12s, not %.12s); count anew (make explain)",
				     side->label, (long long)p->boot->run.seed,
				     p->counts->image_sha256, p->boot->run.image_sha256);
		else
			err = find_operations(p, message);
	}
	return err;
}

/* The mean of the operations whose count is value. */
static int add_mean(const struct picked *p, double value, struct tree *tree, enum tree_side side,
		    double weight)
{
	size_t n = (size_t)p->sample->n, equal = 0;
	size_t *times = calloc(p->arm->n_ways, sizeof(*times));
	int err = 0;

	if (!times)
		return -ENOMEM;
	for (size_t i = 0; i < n; i++) {
		if ((double)total(p, i) != value)
			continue;
		equal++;
		times[p->counts->operation[p->arm->first_operation + p->first + i * p->step]]++;
	}
	for (size_t i = 0; i < p->arm->n_ways && !err; i++)
		if (times[i])
			err = tree_add(tree, p->counts, &p->counts->way[p->arm->first_way + i],
				       side, weight * (double)times[i] / (double)equal);
	free(times);
	return err;
}

int median_operation(const struct side *side, const struct counts *counts,
		     const struct cost_name *like, struct tree *tree, enum tree_side tree_side,
		     int64_t *seed, double *clock, char *error, size_t error_size)
{
	const struct message message = { error, error_size };
	struct picked *list = NULL;
	size_t from = 0, to = 0;
	int err = pick(side, counts, like, &list, &from, &to, &message);

	for (size_t i = from; !err && i <= to; i++)
		err = add_mean(&list[i], list[i].sample->median, tree, tree_side,
			       1.0 / (double)(to - from + 1));
	if (!err) {
		*seed = list[from].boot->run.seed;
		*clock = (list[from].sample->median + list[to].sample->median) / 2;
	}
	free(list);
	return err;
}

int slow_operation(const struct side *side, const struct counts *counts,
		   const struct cost_name *like, enum slow_operation slow, struct tree *tree,
		   double clock[TREE_SIDES], int64_t *seed, char *error, size_t error_size)
{
	const struct message message = { error, error_size };
	struct picked *list = NULL;
	size_t from = 0, to = 0;
	int err = pick(side, counts, like, &list, &from, &to, &message);
	uint64_t *sorted = err ? NULL : sorted_totals(&list[from]);

	if (sorted) {
		const struct picked *p = &list[from];
		size_t n = (size_t)p->sample->n;

		*seed = p->boot->run.seed;
		clock[TREE_BASE] = p->sample->median;
		clock[TREE_NEW] = slow == SLOW_P99 ? p->sample->p99 : p->sample->max;
		err = add_mean(p, clock[TREE_BASE], tree, TREE_BASE, 1);
		if (!err)
			err = add_mean(p, (double)sorted[slow == SLOW_P99 ? rank(n, 99) : n - 1],
				       tree, TREE_NEW, 1);
	} else if (!err) {
		err = -ENOMEM;
	}
	free(sorted);
	free(list);
	return err;
}
