/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The arithmetic of changepoint_find() that it repeats with every permutation. */
#ifndef DAXMARK_COMPARE_CHANGEPOINT_PARTS_H
#define DAXMARK_COMPARE_CHANGEPOINT_PARTS_H

#include <stdbool.h>
#include <stddef.h>

/* No |t| below this is one in a thousand over all splits of 17 nights or more. */
#define STATISTIC_MIN 3

/*
 * Nights whose earlier steps are taken out: all lie around 0 but for the step that is
 * looked for, which begins after night from. Of the nights that are kept, those from
 * begin on are of the current level, and [start, end) is the other level in them.
 */
struct scan {
	size_t nights;
	size_t from;	      /* the first night of the current level */
	size_t n;	      /* of the nights that are kept, no outliers */
	size_t begin;	      /* the first kept one of the current level */
	size_t *index;	      /* which nights are kept */
	size_t splits;	      /* one more than the last split that is looked at */
	double smallest;      /* change that is one */
	double least;	      /* deviation of a night: that of rounding to such a change */
	double deviation;     /* of a night, from neighbours */
	double *x;	      /* the nights kept, clipped at NEAR deviations from their level */
	double *sum;	      /* sum[k] = x[0] + ... + x[k - 1] */
	double *work;	      /* room for as many as x */
	size_t start, end;    /* end is n where the other level stays */
	double before, after; /* the levels outside and inside of [start, end) */
	double gain;	      /* what these two take off the sum of squares of one level */
	double worth;	      /* the same, less what a level that returns must be better by */
};

/*
 * Makes room for n nights of which the current level begins at from, and takes their
 * deviation, which is never taken to be below that of rounding to smallest. 0 or -ENOMEM;
 * scan_end() it.
 */
int scan_begin(struct scan *scan, const double *values, size_t n, size_t from, double smallest);
void scan_end(struct scan *scan);

/* Finds the best other level in values; false where too few nights are kept. */
bool scan_split(struct scan *scan, const double *values);

/*
 * After scan_split(): moves start to where it fits best, also to nights that are too few
 * to look for a step in, but not to say where it is.
 */
void scan_place(struct scan *scan);

/* The same where the other level is [start, end) of the nights kept, after scan_split(). */
double scan_gain(const struct scan *scan, size_t start, size_t end);

#endif
