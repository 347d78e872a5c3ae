// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * How often a change of a series of nights is found, and how often one is that
 * is not there, over nights that are simulated.
 *
 * As in a history, changepoint_find() is asked night after night, with the steps that it
 * found before, until it finds no more: a false alarm in any of 90 nights counts, and a
 * step has been found when it was by the last of the nights after it. Nights have a
 * deviation of 1 in every shape but those of whole ns. Prints a table and exits 1 where
 * a bound is missed; the same table every time.
 */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "compare/changepoint.h"
#include "tests/calibrate/nights.h"

#define SEED	    20261124u
#define NIGHTS	    90
#define NIGHTS_MAX  128
#define RUNS_SAME   2000 /* a share of 2% is known to 0.3% */
#define RUNS_CHANGE 1000 /* one of 95% to 0.7% */

/* What is counted of series that have a step. */
enum counted {
	STEP_FOUND,
	STEP_IN_RANGE, /* of the series where it is found: the range that is named holds it */
	SECOND_FOUND,  /* nearer to it than to the first */
	SECOND_RETURN, /* the same, and said to return to the level before the first */
	ANOTHER,       /* a change that is none of those there are */
};

struct question {
	const struct nights *nights;
	double step;	/* of the level */
	double second;	/* and the next one, */
	size_t between; /* so many nights later */
	size_t after;	/* measured nights from the last step on */
	double least_pct, most_pct;
	enum counted counted;
};

struct found {
	size_t split, first, last;
	double size;
	bool returns;
};

/* All that is found in a series from night first on. */
struct history {
	struct found found[NIGHTS_MAX];
	size_t steps[NIGHTS_MAX];
	size_t n;
};

static void keep(struct history *h, const struct changepoint *cp, size_t split, double size,
		 bool returns)
{
	h->found[h->n] = (struct found){
		.split = split,
		.first = split == cp->split ? cp->first : split,
		.last = split == cp->split ? cp->last : split,
		.size = size,
		.returns = returns,
	};
	h->steps[h->n++] = split;
}

static void look(const double *values, size_t n, double least, struct history *h)
{
	struct changepoint cp = { .found = true };

	while (cp.found && h->n + 2 <= NIGHTS_MAX) {
		const struct changepoint_series series = {
			.values = values,
			.n = n,
			.steps = h->steps,
			.n_steps = h->n,
			.least = least,
			.seed = n,
		};

		if (changepoint_find(&series, &cp)) {
			fprintf(stderr, "out of memory\n");
			exit(4);
		}
		if (!cp.found)
			return;
		keep(h, &cp, cp.split, cp.after - cp.before, cp.returns);
		if (cp.back)
			keep(h, &cp, cp.back, cp.before - cp.after, true);
	}
}

static size_t apart(size_t a, size_t b)
{
	return a > b ? a - b : b - a;
}

/* The change that is the first step, and the one that is the second; h->n where none is. */
static void tell_apart(const struct question *q, const struct history *h, size_t start,
		       size_t *first, size_t *second)
{
	size_t next = start + q->between;

	*first = *second = h->n;
	for (size_t i = h->n; i > 0; i--) {
		const struct found *f = &h->found[i - 1];
		bool late = q->between && apart(f->split, next) <= apart(f->split, start);

		if (late && f->size * q->second > 0)
			*second = i - 1;
		else if (!late && f->size * q->step > 0)
			*first = i - 1;
	}
}

/* Whether this series counts, and whether it is one of those that are looked at. */
static bool run(const struct question *q, uint64_t *random, bool *counts)
{
	size_t n = NIGHTS > q->between + q->after + 30 ? NIGHTS : q->between + q->after + 30;
	size_t start = n - q->after - q->between, first, second;
	struct history h = { .n = 0 };
	double values[NIGHTS_MAX];

	nights_draw(q->nights, n, random, values);
	for (size_t i = start; i < n; i++)
		values[i] += q->step + (q->between && i >= start + q->between ? q->second : 0);
	for (size_t k = q->after ? start + 1 : 1; k <= n; k++)
		look(values, k, q->nights->least, &h);
	tell_apart(q, &h, start, &first, &second);
	*counts = q->counted != STEP_IN_RANGE || first < h.n;
	switch (q->counted) {
	case STEP_IN_RANGE:
		return first < h.n && h.found[first].first <= start && start <= h.found[first].last;
	case SECOND_FOUND:
		return second < h.n;
	case SECOND_RETURN:
		return second < h.n && h.found[second].returns;
	case ANOTHER:
		return h.n > (size_t)(first < h.n) + (second < h.n);
	default:
		return q->after ? first < h.n : h.n > 0;
	}
}

static bool ask(const struct question *q)
{
	size_t runs = q->after ? RUNS_CHANGE : RUNS_SAME, yes = 0, of = 0;
	uint64_t random = SEED;
	char step[32];
	double share;
	bool good;

	for (size_t i = 0; i < runs; i++) {
		bool counts, is = run(q, &random, &counts);

		of += counts;
		yes += is;
	}
	share = of ? 100.0 * (double)yes / (double)of : 0;
	good = share >= q->least_pct && share <= q->most_pct;
	snprintf(step, sizeof(step), q->between ? "%g, %g" : "%g", q->step, q->second);
	printf("  %-24s%8s%8zu%6zu%7zu%8.2f%%  %5g to %-5g%s\n", q->nights->name, step, q->between,
	       q->after, of, share, q->least_pct, q->most_pct, good ? "" : "  MISSED");
	fflush(stdout);
	return good;
}

static void title(const char *words)
{
	printf("\n%s\n", words);
}

static const struct nights *const independent[] = {
	&nights_normal, &nights_outliers, &nights_heavy, &nights_delayed, &nights_coarse, NULL,
};

/* Of each shape: q with it. */
static bool ask_all(const struct nights *const *shapes, struct question q)
{
	bool good = true;

	for (size_t i = 0; shapes[i]; i++) {
		q.nights = shapes[i];
		good &= ask(&q);
	}
	return good;
}

static bool ask_single(void)
{
	bool good;

	title("A change is named in 90 nights without one");
	good = ask_all(independent, (struct question){ .most_pct = 2 });
	title("A step of 2 deviations is found in 12 nights");
	good &= ask_all(independent, (struct question){ NULL, 2, 0, 0, 12, 95, 100, STEP_FOUND });
	title("A step of 3 deviations is found in 5 nights");
	good &= ask_all(independent, (struct question){ NULL, 3, 0, 0, 5, 95, 100, STEP_FOUND });
	title("The nights that are named hold the step, where one was found");
	good &= ask_all(independent,
			(struct question){ NULL, 2, 0, 0, 12, 90, 100, STEP_IN_RANGE });
	title("Another change is named in the 60 nights from a step on that stays");
	return ask_all(independent, (struct question){ NULL, 3, 0, 0, 60, 0, 3, ANOTHER }) && good;
}

/* Two steps, in the same direction and in opposite ones. */
static bool ask_pairs(void)
{
	static const struct nights *const two[] = { &nights_normal, &nights_outliers, NULL };
	static const struct nights *const one[] = { &nights_normal, NULL };
	static const size_t between[] = { 7, 10, 25 };
	static const double sizes[] = { 4, 6, 20 };
	bool good;

	title("Of two steps the second is found in 12 nights");
	good = ask_all(independent, (struct question){ NULL, 3, 3, 5, 12, 95, 100, SECOND_FOUND });
	good &= ask_all(independent,
			(struct question){ NULL, 3, -3, 5, 12, 95, 100, SECOND_FOUND });
	for (size_t i = 0; i < 3; i++) {
		struct question q = { NULL, 3, 3, between[i], 12, 95, 100, SECOND_FOUND };

		good &= ask_all(two, q);
		q.second = -3;
		good &= ask_all(two, q);
	}
	for (size_t i = 0; i < 3; i++) {
		struct question q = { NULL, sizes[i], sizes[i], 5, 12, 95, 100, SECOND_FOUND };

		good &= ask_all(one, q);
		q.second = -sizes[i];
		good &= ask_all(one, q);
		q.second = 3;
		good &= ask_all(one, q);
	}
	title("A level that is back after few nights is said to be back, in 12 nights");
	for (size_t nights = 5; nights <= 7; nights++)
		good &= ask_all(two, (struct question){ NULL, 3, -3, nights, 12,
							nights < 7 ? 93 : 95, 100, SECOND_RETURN });
	for (size_t i = 0; i < 3; i++)
		good &= ask_all(one, (struct question){ NULL, sizes[i], -sizes[i], 5, 12, 95, 100,
							SECOND_RETURN });
	title("A step half as large back is said to bring the level back");
	return ask_all(one, (struct question){ NULL, 6, -3, 5, 12, 0, 5, SECOND_RETURN }) && good;
}

/* Times as a clock of whole ns tells them. */
static bool ask_whole(void)
{
	static const struct nights *const whole[] = {
		&nights_equal, &nights_tick_50, &nights_tick_3, &nights_tick_both, NULL,
	};
	static const struct nights *const quiet[] = { &nights_equal, &nights_tick_50, NULL };
	bool good;

	title("A change is named in 90 nights without one, by a clock of whole ns");
	good = ask_all(whole, (struct question){ .most_pct = 2 });
	title("A step of one ns is found in 5 nights, one of two is");
	good &= ask_all(quiet,
			(struct question){ NULL, NIGHTS_TICK, 0, 0, 5, 95, 100, STEP_FOUND });
	return ask_all(whole,
		       (struct question){ NULL, 2 * NIGHTS_TICK, 0, 0, 5, 95, 100, STEP_FOUND }) &&
	       good;
}

/* Two shapes that are a little beyond what is promised. */
static bool ask_limits(void)
{
	bool good = true;

	title("The same of nights that are worse: known limits");
	good &= ask(&(struct question){ &nights_heavier, 0, 0, 0, 0, 0, 3, STEP_FOUND });
	good &= ask(&(struct question){ &nights_more_outliers, 2, 0, 0, 12, 95, 100, STEP_FOUND });
	return ask(&(struct question){ &nights_more_outliers, 3, 0, 0, 5, 92, 100, STEP_FOUND }) &&
	       good;
}

static bool ask_dependent(void)
{
	bool good = true;

	title("A change is named where nights follow the one before: widened or withheld");
	good &= ask(&(struct question){ &nights_follow_3, 0, 0, 0, 0, 0, 10, STEP_FOUND });
	good &= ask(&(struct question){ &nights_follow_5, 0, 0, 0, 0, 0, 12, STEP_FOUND });
	good &= ask(&(struct question){ &nights_follow_8, 0, 0, 0, 0, 0, 12, STEP_FOUND });
	title("A step is named in a series that drifts by 4 over its 90 nights");
	return ask(&(struct question){ &nights_drift, 0, 0, 0, 0, 0, 10, STEP_FOUND }) && good;
}

int main(void)
{
	bool good;

	printf("  %-24s%8s%8s%6s%7s%9s  must be, in %%\n", "nights", "steps", "between", "after",
	       "series", "share");
	good = ask_single();
	good &= ask_pairs();
	good &= ask_whole();
	good &= ask_limits();
	good &= ask_dependent();
	return good ? 0 : 1;
}
