/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The arithmetic of changepoint_find() that it repeats with every permutation. */
#ifndef DAXMARK_VERDICT_CHANGEPOINT_PARTS_H
#define DAXMARK_VERDICT_CHANGEPOINT_PARTS_H

#include <stddef.h>

/* No |t| below this is one in a thousand over all splits of 17 nights or more. */
#define STATISTIC_MIN 3

struct scan {
	size_t nights;
	size_t n;	      /* of them that are kept, no outliers */
	size_t *index;	      /* which these are */
	size_t splits;	      /* one more than the last that is looked at */
	double deviation;     /* of a night, from neighbours */
	double *x;	      /* the nights kept, clipped at NEAR deviations from their level */
	double *sum;	      /* sum[k] = x[0] + ... + x[k - 1] */
	double *work;	      /* room for as many as x */
	size_t split;	      /* the first of the nights kept that is after the step */
	double before, after; /* the levels */
};

/* Makes room for n values and takes their deviation. 0 or -ENOMEM; scan_end() it. */
int scan_begin(struct scan *scan, const double *values, size_t n);
void scan_end(struct scan *scan);

/*
 * Finds the best split of values around middle and returns by how much two levels
 * at it make the sum of squares of scan->x smaller than one does; below 0 where
 * too few nights are kept.
 */
double scan_split(struct scan *scan, const double *values, double middle);

/* The same of split k, after scan_split(). */
double scan_gain(const struct scan *scan, size_t k);

#endif
