/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Nights that never were: how values of a series could lie around its level. */
#ifndef DAXMARK_TESTS_NIGHTS_H
#define DAXMARK_TESTS_NIGHTS_H

#include <stddef.h>
#include <stdint.h>

struct nights {
	const char *name;
	double (*draw)(uint64_t *random); /* one night, with a deviation of 1 unless said */
	double least;			  /* change that is one, where its clock is coarse */
	double follows;			  /* the autocorrelation of neighbours */
	double drift;			  /* a night */
};

extern const struct nights nights_normal, nights_outliers, nights_more_outliers, nights_heavy,
	nights_heavier, nights_delayed, nights_coarse, nights_follow_3, nights_follow_5,
	nights_follow_8, nights_drift;

/*
 * A clock that tells whole ns, and 24 of them: log ratios of times, to which a step adds
 * whole ticks. One tick more in no night, in 1 of 50, in 1 of 3; of both sides in 1 of 5.
 */
#define NIGHTS_TICK 0.0408219945202552 /* log(25 / 24) */
extern const struct nights nights_equal, nights_tick_50, nights_tick_3, nights_tick_both;

void nights_draw(const struct nights *nights, size_t n, uint64_t *random, double *values);

#endif
