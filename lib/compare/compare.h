/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Two sides into verdicts: every metric and every check of base beside the
 * same one of the other side. Knows nothing of files; what may be compared at
 * all is the matter of side_match().
 */
#ifndef DAXMARK_COMPARE_COMPARE_H
#define DAXMARK_COMPARE_COMPARE_H

#include "compare/figure.h"
#include "compare/judge.h"
#include "compare/precision.h"
#include "record/side.h"

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

/* A kernel function and what more is executed in it, or in it and what it calls. */
struct made_of {
	const char *name;
	double change;
};

#define MADE_OF 3

struct metric_change {
	struct cost_name name;
	const char *unit;
	bool higher_is_better;
	int64_t n; /* operations over all boots, of the side that has fewer */
	/* page faults an operation; NAN when not recorded with this metric */
	double base_faults;
	double new_faults;
	enum figure figure;	    /* which leads, the same on all sides that are compared */
	const char *figure_why;	    /* why it is the mean; "" for the median */
	struct judgement judgement; /* of that figure: base, and new as other */
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
	/*
	 * The calls that make most of a change, the largest first, where somebody
	 * found them (explain/cause.h); compare_sides() does not.
	 */
	struct made_of made_of[MADE_OF];
	size_t n_made_of;
};

struct check_change {
	const char *name;
	const char *fs;
	const char *access;
	/* fail if any boot failed, else pass if any passed, else skip */
	enum check_verdict base;
	enum check_verdict new;
	const char *base_evidence;
	const char *new_evidence;
};

enum which_side {
	SIDE_BASE,
	SIDE_NEW,
	SIDE_BOTH,
};

/* What has no verdict; a part of the name that is "" means all of them. */
struct left_out {
	struct cost_name name;
	enum which_side side; /* that does not have it */
	const char *reason;
};

/* Strings belong to the sides, which must outlive the comparison. */
struct comparison {
	const struct side *base;
	const struct side *new;
	struct limits limits;
	struct metric_change *metrics; /* grouped by bench, fs and access */
	size_t n_metrics;
	struct check_change *checks;
	size_t n_checks;
	struct left_out *left_out;
	size_t n_left_out;
	/* metrics that were measured but are no results (emulated mode) */
	size_t n_refused;
};

/* "base", "new" or "both". */
const char *which_side_name(enum which_side side);

/*
 * Fills *comparison; comparison_free() it after a success. Boots are paired as
 * join_boots() says. 0, -ENOMEM, or -EINVAL with one line in error: a boot has
 * none beside it, or the sides give a metric in different units.
 */
int compare_sides(const struct side *base, const struct side *new, const struct limits *limits,
		  struct comparison *comparison, char *error, size_t error_size);

/* The limit of the comparison's mode, in percent: a change within it is none. */
double comparison_none_pct(const struct comparison *comparison);

/* How many metrics have that verdict. */
size_t comparison_count(const struct comparison *comparison, enum verdict verdict);

/* Whether the p99 of a cost is proved to have changed: of times alone. */
bool tail_changed(const struct metric_change *metric);

/* How many costs have a p99 that is proved better or worse. */
size_t comparison_tails(const struct comparison *comparison, enum verdict verdict);

void comparison_free(struct comparison *comparison);

#endif
