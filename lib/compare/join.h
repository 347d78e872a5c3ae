/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What stands beside what: the parts of compare_sides(). */
#ifndef DAXMARK_COMPARE_JOIN_H
#define DAXMARK_COMPARE_JOIN_H

#include "compare/compare.h"
#include "compare/steps.h"

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

/*
 * (*others)[i] becomes the boot of new that base's boot i is compared with: in
 * time mode that of the same pair and session, or the i-th where none were made
 * in pairs; else that of the same seed. The caller frees *others. 0, -ENOMEM,
 * or -EINVAL with one line in error when a boot stays alone.
 */
int join_boots(const struct side *base, const struct side *new, const struct side_boot ***others,
	       char *error, size_t size);

/*
 * Fills the comparison's metrics: those of the keys that both sides have, each
 * with its judgement; others are from join_boots(), figures are of all sides that are
 * compared, and times are left to judge_families(). 0, -ENOMEM, or -EINVAL with one
 * line in error.
 */
int judge_metrics(struct comparison *comparison, const struct side_boot **others,
		  const struct figures *figures, const struct sample_key *keys, size_t n,
		  char *error, size_t error_size);

/* compare_sides() but for figures_find(), and for judge_families(), which times still need. */
int compare_apart(const struct side *base, const struct side *new, const struct limits *limits,
		  const struct figures *figures, struct comparison *comparison, char *error,
		  size_t error_size);

/* Judges the times of n comparisons together. 0 or -ENOMEM. */
int judge_families(struct comparison *const *list, size_t n);

/* The evidence of a check that a side does not have. */
extern const char check_not_tried[];

/* Fills the comparison's checks. 0 or -ENOMEM. */
int join_checks(struct comparison *comparison);

/*
 * Fills what the comparison leaves out: targets and arms that a side skipped,
 * with its reason, and metrics that a side lacks. 0 or -ENOMEM.
 */
int join_left_out(struct comparison *comparison, const struct sample_key *keys, size_t n);

/* Fills steps->all and steps->cells, when all comparisons are made. 0 or -ENOMEM. */
int join_steps(struct steps *steps);

#endif
