// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * How often the verdict on times is right, over boots that are simulated: the
 * coverage of its 95% interval, changes that are not there, changes that are.
 *
 * Everything goes through judge_time() and judge_together(), as it does in a
 * comparison. Prints a table and exits 1 where a bound is missed. The numbers
 * are drawn from one seed: it is the same table every time.
 */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/calibrate/boots.h"

#define SEED	    20261123u
#define MARGIN_PCT  2
#define METRICS_MAX 40

/* A share of 5% is known to 0.2%; of the fewer to 0.7%. */
#define RUNS	      10000
#define RUNS_TOGETHER 1000

/* One line of the table: a share of simulated comparisons. */
struct question {
	const struct boots *boots;
	size_t pairs;
	size_t metrics; /* judged together */
	double change;	/* of the first of them; of the others none */
	size_t runs;
	double least_pct, most_pct; /* that the share must be between */
};

/* Whether a run counts; the metric asked about is the first. */
typedef bool counts_fn(const struct question *question, const struct judgement *judgements);

static bool covered(const struct question *q, const struct judgement *j)
{
	return j->low_pct <= q->change * 100 && q->change * 100 <= j->high_pct;
}

static bool any_change(const struct question *q, const struct judgement *j)
{
	for (size_t i = 0; i < q->metrics; i++)
		if (is_change(&j[i]))
			return true;
	return false;
}

static bool found(const struct question *q, const struct judgement *j)
{
	(void)q;
	return j->verdict == VERDICT_WORSE;
}

static bool called_same(const struct question *q, const struct judgement *j)
{
	(void)q;
	return j->verdict == VERDICT_SAME;
}

static void compare(const struct question *q, uint64_t *random, struct judgement *j)
{
	struct boot_median base[PAIRS_SIMULATED_MAX], other[PAIRS_SIMULATED_MAX];
	struct judged judged[METRICS_MAX];
	int err = 0;

	for (size_t i = 0; i < q->metrics && !err; i++) {
		boots_draw(q->boots, i ? 0 : log1p(q->change), q->pairs, random, base, other);
		err = judge_time(base, other, q->pairs, MARGIN_PCT, &j[i]);
		judged[i] = (struct judged){ &j[i], false };
	}
	if (!err)
		err = judge_together(judged, q->metrics);
	if (err) {
		fputs("calibrate: out of memory\n", stderr);
		exit(4);
	}
}

/* Whether the share is where it must be. */
static bool ask(const struct question *q, counts_fn *counts)
{
	static uint64_t seed = SEED;
	uint64_t random = boots_random(&seed);
	struct judgement j[METRICS_MAX];
	size_t n = 0;
	double share;
	bool good;

	for (size_t i = 0; i < q->runs; i++) {
		compare(q, &random, j);
		n += counts(q, j);
	}
	share = 100.0 * (double)n / (double)q->runs;
	good = share >= q->least_pct && share <= q->most_pct;
	printf("  %-18s%6zu%9zu%7zu%8.2f%%  %4.1f to %5.1f  %s\n", q->boots->name, q->pairs,
	       q->metrics, q->runs, share, q->least_pct, q->most_pct, good ? "ok" : "MISSED");
	return good;
}

static void title(const char *words)
{
	printf("%s\n", words);
}

static const size_t numbers[] = { 5, 8, 12, 20 };

static bool coverage(void)
{
	static const struct boots *const shapes[] = { &boots_normal, &boots_skewed, &boots_bimodal,
						      &boots_drifting, &boots_skewed_in_new };
	static const size_t few[] = { 5, 8, 16 }, many[] = { 24, 32 };
	bool good = true;

	title("The 95% interval holds the true change (here 3%)");
	for (size_t s = 0; s < 5; s++)
		for (size_t n = 0; n < 4; n++)
			good &= ask(&(struct question){ shapes[s], numbers[n], 1, 0.03, RUNS, 93.5,
							96.5 },
				    covered);
	/* five pairs may all be of one mode, which is then the only one they know of */
	for (size_t n = 1; n < 4; n++)
		good &= ask(&(struct question){ &boots_sharply_bimodal, numbers[n], 1, 0.03, RUNS,
						93.5, 96.5 },
			    covered);
	/*
	 * The differences of such boots have long tails on both sides, and the
	 * interval of few pairs is wider than it need be: an error on the safe side.
	 */
	for (size_t n = 0; n < 3; n++)
		good &= ask(&(struct question){ &boots_strongly_skewed, few[n], 1, 0.03, RUNS, 93.5,
						99 },
			    covered);
	for (size_t n = 0; n < 2; n++)
		good &= ask(&(struct question){ &boots_strongly_skewed, many[n], 1, 0.03, RUNS,
						93.5, 96.5 },
			    covered);
	return good;
}

static bool false_alarms(void)
{
	static const struct boots *const shapes[] = { &boots_normal, &boots_skewed, &boots_bimodal,
						      &boots_drifting, &boots_strongly_skewed };
	bool good = true;

	title("Better or worse is said where nothing changed, of any metric");
	for (size_t s = 0; s < 5; s++)
		for (size_t n = 0; n < 3; n += 2) {
			good &= ask(&(struct question){ shapes[s], numbers[n], 1, 0, RUNS, 0, 6.5 },
				    any_change);
			good &= ask(&(struct question){ shapes[s], numbers[n], METRICS_MAX, 0,
							RUNS_TOGETHER, 0, 6.5 },
				    any_change);
		}
	for (size_t n = 1; n < 3; n++)
		good &= ask(&(struct question){ &boots_sharply_bimodal, numbers[n], METRICS_MAX, 0,
						RUNS_TOGETHER, 0, 6.5 },
			    any_change);
	title("The same of five pairs that may all be of one mode: a known limit");
	good &= ask(&(struct question){ &boots_sharply_bimodal, 5, METRICS_MAX, 0, RUNS_TOGETHER, 0,
					10 },
		    any_change);
	return good;
}

static bool equivalence(void)
{
	bool good = true;

	title("Same is said of a change as large as the margin (2%)");
	for (size_t n = 0; n < 4; n++)
		good &= ask(&(struct question){ &boots_normal, numbers[n], 1, MARGIN_PCT / 100.0,
						RUNS, 0, 4 },
			    called_same);
	title("Same is said where nothing changed");
	good &= ask(&(struct question){ &boots_normal, 20, 1, 0, RUNS, 90, 100 }, called_same);
	return good;
}

static bool sensitivity(void)
{
	bool good = true;

	title("Worse is said of a change of 3%");
	good &= ask(&(struct question){ &boots_normal, 12, 1, 0.03, RUNS, 90, 100 }, found);
	good &= ask(&(struct question){ &boots_drifting, 12, 1, 0.03, RUNS, 90, 100 }, found);
	good &= ask(
		&(struct question){ &boots_normal, 20, METRICS_MAX, 0.03, RUNS_TOGETHER, 90, 100 },
		found);
	return good;
}

int main(void)
{
	bool good;

	printf("  %-18s%6s%9s%7s%9s  %13s\n", "boots", "pairs", "metrics", "runs", "share",
	       "must be, in %");
	good = coverage();
	good &= false_alarms();
	good &= equivalence();
	good &= sensitivity();
	return good ? 0 : 1;
}
