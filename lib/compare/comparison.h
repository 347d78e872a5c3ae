/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sides beside each other: what each cost is on every side, how it changed from side to
 * side, and whether each side keeps the promises that checks are about. One side is shown,
 * two are base and new, more are a series in order, such as each patch in turn.
 *
 * Judging is of two sides at a time: each side against the one before it and against the
 * first. Knows nothing of files; side_match() decides which sides may be compared.
 */
#ifndef DAXMARK_COMPARE_COMPARISON_H
#define DAXMARK_COMPARE_COMPARISON_H

#include "compare/figure.h"
#include "compare/judge.h"
#include "compare/precision.h"
#include "record/side.h"

/* The most sides: a set of them is a bit each of 64. */
#define SIDES_MAX 64

/* What counts as no change, in percent. */
struct limits {
	double floor_pct;  /* in count mode: a change of at most this */
	double margin_pct; /* in time mode: a change whose interval is within this */
};

/*
 * The limits if not told otherwise, 0.2% and 2%. In count mode, metrics on paths
 * that were the same on both sides were up to 0.14% apart (three seeds a side,
 * 6.1.192 with and without a patch elsewhere). In time mode boots differ by more
 * than 1% (1.5% on a quiet machine), so that a smaller margin would take dozens
 * of pairs to call anything the same.
 */
extern const struct limits compare_limits;

/* What a cost is on one side, in its unit. */
struct cost_on {
	bool measured; /* in every boot of the side; else the numbers are NAN */
	int64_t n;     /* operations over all boots */
	/* of the figure that leads: the median over the boots, and how far these lie apart */
	double value;
	double low, high; /* the lowest low and the highest high of the boots */
	double spread_pct;
	/* the same of the medians and of the p99s of the operations of a boot */
	double median;
	double median_spread_pct;
	double p99;
	double faults; /* page faults an operation; NAN when not recorded with this metric */
};

/* How a cost changed from one side to another. */
struct change {
	struct judgement judgement; /* of the figure that leads */
	/*
	 * Of the medians, whichever leads: the same where that is the median. No verdict
	 * on times is made of it where the mean leads.
	 */
	struct judgement median;
	/*
	 * Of times alone. The p99 of the operations in place of the median, one a
	 * boot; a family of its own for Holm's adjustment.
	 */
	struct judgement p99;
	/* why the log ratio of a pair varies; all NAN where it is not known */
	struct pair_spread spread;
	struct pair_spread p99_spread;
};

/* A kernel function and what more is executed in it, or in it and what it calls. */
struct made_of {
	const char *name;
	double change;
};

#define MADE_OF 3

/* One cost on every side. */
struct cost {
	struct cost_name name;
	const char *unit;
	bool higher_is_better;
	enum figure figure;	/* which leads, the same on all sides */
	const char *figure_why; /* why it is the mean; "" for the median */
	struct cost_on *on;	/* a side each */
	/*
	 * A side each, from 1 on: side i against side i - 1, and against side 0; first[1] is
	 * before[1]. NULL where one of the two lacks the cost.
	 */
	struct change **before;
	struct change **first;
	/*
	 * Of two sides: the calls that make most of the change, the largest first, where
	 * somebody found them (explain/cause.h); compare() does not.
	 */
	struct made_of made_of[MADE_OF];
	size_t n_made_of;
};

/* True if the mean leads, see compare/figure.h. */
static inline bool cost_by_mean(const struct cost *cost)
{
	return cost->figure == FIGURE_MEAN;
}

struct check_seen {
	/* fail if any boot failed, else pass if any passed, else skip */
	enum check_verdict verdict;
	const char *evidence;
};

/* What a check saw on every side. */
struct promise {
	const char *name;
	const char *label, *promise; /* its words, as in struct side_check */
	const char *fs;
	const char *access;
	struct check_seen *on; /* a side each; skipped where it was not tried */
};

/* The evidence of a check that a side does not have. */
extern const char check_not_tried[];

/* What some sides do not have; a part of the name that is "" means all of them. */
struct missing {
	struct cost_name name;
	const char *reason;
	uint64_t sides; /* bit i: side i does not have it */
};

/* A side that gave no results and is not among those compared. */
struct failed_side {
	const char *label;
	const char *subject; /* "" when not said */
	const char *reason;
	/* the side that comes next, which then is a step over both; n_sides when none does */
	size_t before;
};

/* Strings belong to the sides, which must outlive the comparison. */
struct comparison {
	const struct side *side[SIDES_MAX];
	size_t n_sides;
	struct limits limits;
	/*
	 * Those that two sides have which are judged against each other; of one side all. Those of
	 * one benchmark and target stand together, in the order of the records.
	 */
	struct cost *costs;
	size_t n_costs;
	struct promise *checks;
	size_t n_checks;
	struct missing *missing;
	size_t n_missing;
	/* costs that were measured on the first and the last side but are no results (emulated
	 * mode) */
	size_t n_refused;
	/* For reports, in their order; the caller's own, nothing here looks at them. */
	const struct failed_side *failed;
	size_t n_failed;
	/* what costs and checks point into */
	struct cost_on *cost_on;
	struct change *change;
	struct change **change_of;
	struct check_seen *check_seen;
};

/*
 * Compares 1 to SIDES_MAX sides; comparison_free() it after a success. Boots are paired as
 * pair_boots() says. In time mode Holm's adjustment is over the costs of all pairs of sides
 * that are judged, as they are one report. 0, -ENOMEM, or -EINVAL with one line in error: a
 * boot has none beside it, or the sides give a metric in different units.
 */
int compare(const struct side *const *sides, size_t n, const struct limits *limits,
	    struct comparison *comparison, char *error, size_t error_size);

void comparison_free(struct comparison *comparison);

/* The limit of the comparison's mode, in percent: a change within it is none. */
double comparison_none_pct(const struct comparison *comparison);

/* A bit for each side. */
uint64_t comparison_all_sides(const struct comparison *comparison);

/* Whether more than two sides were asked for, with results or without. */
bool comparison_is_series(const struct comparison *comparison);

static inline enum side_mode comparison_mode(const struct comparison *c)
{
	return c->side[0]->mode;
}

static inline const struct side *comparison_last(const struct comparison *c)
{
	return c->side[c->n_sides - 1];
}

/* Operations of the side that has fewest, of those that have the cost. */
int64_t cost_operations(const struct comparison *comparison, const struct cost *cost);

/* Of two sides: how the cost changed from base to new. */
static inline const struct change *cost_change(const struct cost *cost)
{
	return cost->first[1];
}

#endif
