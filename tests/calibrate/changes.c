// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * How often a change of a series of nights is found, and how often one is that
 * is not there, over nights that are simulated.
 *
 * As in a history, changepoint_find() is asked night after night: a false alarm
 * in any of 90 nights counts, and a step has been found when it was by the last
 * of the nights after it. Nights have a deviation of 1 in every shape. Prints a
 * table and exits 1 where a bound is missed; the same table every time.
 */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/calibrate/nights.h"
#include "verdict/changepoint.h"

#define SEED	    20261124u
#define NIGHTS	    90
#define RUNS_SAME   2000 /* a share of 2% is known to 0.3% */
#define RUNS_CHANGE 1000 /* one of 95% to 0.7% */

struct question {
	const struct nights *nights;
	double step;  /* of the level */
	size_t after; /* measured nights from the step on */
	double least_pct, most_pct;
};

/* What one simulated series came to. */
struct outcome {
	bool found;
	bool in_range; /* the range of nights that was named holds the step */
};

static int run(const struct question *q, uint64_t *random, struct outcome *outcome)
{
	double values[NIGHTS];
	size_t start = q->after ? NIGHTS - q->after : 0;
	struct changepoint cp = { 0 };
	int err = 0;

	nights_draw(q->nights, NIGHTS, random, values);
	for (size_t i = NIGHTS - q->after; q->after && i < NIGHTS; i++)
		values[i] += q->step;
	for (size_t n = start + 1; n <= NIGHTS && !cp.found && !err; n++)
		err = changepoint_find(values, n, n, &cp);
	outcome->found = cp.found && (cp.after > cp.before || !q->after);
	outcome->in_range = cp.found && cp.first <= start && start <= cp.last;
	return err;
}

static bool ask(const struct question *q, bool range)
{
	size_t runs = q->after ? RUNS_CHANGE : RUNS_SAME, yes = 0, of = 0;
	uint64_t random = SEED;
	double share;
	bool good;

	for (size_t i = 0; i < runs; i++) {
		struct outcome outcome;
		int err = run(q, &random, &outcome);

		if (err) {
			fprintf(stderr, "out of memory\n");
			exit(4);
		}
		of += !range || outcome.found;
		yes += range ? outcome.found && outcome.in_range : outcome.found;
	}
	share = of ? 100.0 * (double)yes / (double)of : 0;
	good = share >= q->least_pct && share <= q->most_pct;
	printf("  %-26s%6g%7zu%8zu%9.2f%%  %5g to %-5g%s\n", q->nights->name, q->step, q->after, of,
	       share, q->least_pct, q->most_pct, good ? "" : "  MISSED");
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

static bool ask_all(double step, size_t after, double least, double most, bool range)
{
	bool good = true;

	for (size_t i = 0; independent[i]; i++)
		good &= ask(&(struct question){ independent[i], step, after, least, most }, range);
	return good;
}

/* Two shapes that are a little beyond what is promised. */
static bool ask_limits(void)
{
	bool good = true;

	title("The same of nights that are worse: known limits");
	good &= ask(&(struct question){ &nights_heavier, 0, 0, 0, 3 }, false);
	good &= ask(&(struct question){ &nights_more_outliers, 2, 12, 95, 100 }, false);
	return ask(&(struct question){ &nights_more_outliers, 3, 5, 92, 100 }, false) && good;
}

static bool ask_dependent(void)
{
	bool good = true;

	title("A change is named where nights follow the one before: widened or withheld");
	good &= ask(&(struct question){ &nights_follow_3, 0, 0, 0, 10 }, false);
	good &= ask(&(struct question){ &nights_follow_5, 0, 0, 0, 12 }, false);
	good &= ask(&(struct question){ &nights_follow_8, 0, 0, 0, 12 }, false);
	title("A step is named in a series that drifts by 4 over its 90 nights");
	return ask(&(struct question){ &nights_drift, 0, 0, 0, 10 }, false) && good;
}

int main(void)
{
	bool good;

	printf("  %-26s%6s%7s%8s%10s  must be, in %%\n", "nights", "step", "after", "series",
	       "share");
	title("A change is named in 90 nights without one");
	good = ask_all(0, 0, 0, 2, false);
	title("A step of 2 deviations is found in 12 nights");
	good &= ask_all(2, 12, 95, 100, false);
	title("A step of 3 deviations is found in 5 nights");
	good &= ask_all(3, 5, 95, 100, false);
	title("The nights that are named hold the step, where one was found");
	good &= ask_all(2, 12, 90, 100, true);
	good &= ask_limits();
	good &= ask_dependent();
	return good ? 0 : 1;
}
