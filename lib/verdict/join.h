/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What stands beside what: the parts of compare_sides() that judge nothing. */
#ifndef DAXMARK_VERDICT_JOIN_H
#define DAXMARK_VERDICT_JOIN_H

#include "verdict/compare.h"

/* A metric that some boot has, and whether every boot of a side has it. */
struct sample_key {
	const struct side_sample *sample; /* the first that was seen */
	bool in_base;
	bool in_new;
};

/*
 * All metrics of both sides, grouped by benchmark and target in the order in
 * which these first appear. The caller frees *keys. 0 or -ENOMEM.
 */
int join_samples(const struct side *base, const struct side *new, struct sample_key **keys,
		 size_t *n);

/* Fills the comparison's checks. 0 or -ENOMEM. */
int join_checks(struct comparison *comparison);

/*
 * Fills what the comparison leaves out: targets and arms that a side skipped,
 * with its reason, and metrics that a side lacks. 0 or -ENOMEM.
 */
int join_left_out(struct comparison *comparison, const struct sample_key *keys, size_t n);

#endif
