/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Ours against fio's: the same operation by two independent tools.
 *
 * Either tool's figure of an operation holds its own empty operation (two
 * readings of a clock and what it does beside them): ours is noop, fio's its
 * null engine. Both are kept as they were measured; what is judged is the ratio
 * of the figures less their empties, for the empties are no work of the kernel.
 *
 * A figure is the mean of the middle half of the operations (interquartile
 * mean: Huber and Ronchetti, Robust Statistics, 2009, 3.3), which waiting
 * does not move and which is finer than one tick of a coarse counter; of
 * several rounds again the mean of the middle half.
 */
#ifndef DAXMARK_CROSSCHECK_CROSSCHECK_H
#define DAXMARK_CROSSCHECK_CROSSCHECK_H

#include <stdbool.h>

#include "crosscheck/fio.h"
#include "record/side.h"

/* Rows that are judged may differ by this many percent. */
#define CROSSCHECK_BOUND_PCT 15

enum crosscheck_verdict {
	CROSSCHECK_AGREES,
	CROSSCHECK_DIFFERS,
	CROSSCHECK_SHOWN,   /* not the same work, for a known reason */
	CROSSCHECK_SKIPPED, /* the kernel or fio cannot do it here */
};

struct crosscheck_row {
	const char *fs, *access;
	const char *bench, *arm;
	const char *job;	      /* fio's; "" where it can have none */
	double ours, fio;	      /* of one operation in the side's unit; NAN: none */
	double ours_empty, fio_empty; /* of the tools themselves */
	double ratio;		      /* ours / fio, each less its empty; NAN: none */
	size_t ours_rounds, fio_rounds;
	enum crosscheck_verdict verdict;
	const char *known; /* reason why it differs, NULL where none is known */
};

struct crosscheck {
	const struct side *side;
	const char *unit; /* "ns" or "instructions" */
	struct crosscheck_row *rows;
	size_t n_rows;
};

const char *crosscheck_verdict_name(enum crosscheck_verdict verdict);

/*
 * The mean of the operations between the first and the third quarter of n bins
 * (values ascending, counts), a bin cut where a quarter ends; NAN when there are
 * none.
 */
double crosscheck_middle_mean(const struct fio_bin *bins, size_t n);

/*
 * Joins the rows there should be on each target of side with fio's jobs. 0; or
 * -EINVAL with one line in error that names what one of the two lacks; or
 * -ENOMEM. crosscheck_free() after either; the rows point into side.
 */
int crosscheck_judge(const struct side *side, const struct fio_jobs *jobs,
		     struct crosscheck *crosscheck, char *error, size_t error_size);
void crosscheck_free(struct crosscheck *crosscheck);

/* How many rows have that verdict. */
size_t crosscheck_count(const struct crosscheck *crosscheck, enum crosscheck_verdict verdict);

#endif
