/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Two sides into verdicts: every metric and every check of base beside the
 * same one of the other side. Knows nothing of files; what may be compared at
 * all is the matter of side_match().
 */
#ifndef DAXMARK_VERDICT_COMPARE_H
#define DAXMARK_VERDICT_COMPARE_H

#include "record/side.h"
#include "verdict/judge.h"

/*
 * A change of at most this many percent is none, if not told otherwise. In count
 * mode, metrics on paths that were the same on both sides were up to 0.14% apart
 * (three seeds a side, 6.1.192 with and without a patch elsewhere).
 */
#define COMPARE_FLOOR_PCT 0.2

struct metric_change {
	const char *bench;
	const char *arm;
	const char *metric;
	const char *unit;
	const char *fs;
	const char *access;
	bool higher_is_better;
	int64_t n; /* operations over all boots, of the side that has fewer */
	/* page faults an operation; NAN when not recorded with this metric */
	double base_faults;
	double new_faults;
	struct judgement judgement; /* base, and new as other */
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

/* What has no verdict; a name that is "" means all of them. */
struct left_out {
	const char *bench;
	const char *arm;
	const char *metric;
	const char *fs;
	const char *access;
	enum which_side side; /* that does not have it */
	const char *reason;
};

/* Strings belong to the sides, which must outlive the comparison. */
struct comparison {
	const struct side *base;
	const struct side *new;
	double floor_pct;
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
int compare_sides(const struct side *base, const struct side *new, double floor_pct,
		  struct comparison *comparison, char *error, size_t error_size);

/* How many metrics have that verdict. */
size_t comparison_count(const struct comparison *comparison, enum verdict verdict);

void comparison_free(struct comparison *comparison);

#endif
