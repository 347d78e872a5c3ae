/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parts of compare(): matches the costs, boots and checks of the sides. */
#ifndef DAXMARK_COMPARE_JOIN_H
#define DAXMARK_COMPARE_JOIN_H

#include "compare/comparison.h"

/* A cost that some boot has. */
struct cost_key {
	const struct side_boot *boot; /* the first that has it */
	const struct side_sample *sample;
	uint64_t sides; /* bit i: every boot of side i has it */
};

/*
 * All costs of the comparison's sides, grouped by benchmark and target in the order in
 * which these first appear. The caller frees *keys. 0 or -ENOMEM.
 */
int join_costs(const struct comparison *comparison, struct cost_key **keys, size_t *n);

/*
 * Fills the comparison's costs from the keys, each with what it is on every side and its
 * judgements. 0, -ENOMEM, or -EINVAL with one line in error.
 */
int judge_costs(struct comparison *comparison, const struct cost_key *keys, size_t n, char *error,
		size_t error_size);

/* Fills the comparison's checks. 0 or -ENOMEM. */
int join_checks(struct comparison *comparison);

/*
 * Fills what is missing: targets and arms that a side skipped, with its reason, and costs
 * that a side lacks. 0 or -ENOMEM.
 */
int join_missing(struct comparison *comparison, const struct cost_key *keys, size_t n);

#endif
