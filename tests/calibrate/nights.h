/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Nights that never were: how values of a series could lie around its level. */
#ifndef DAXMARK_TESTS_NIGHTS_H
#define DAXMARK_TESTS_NIGHTS_H

#include <stddef.h>
#include <stdint.h>

struct nights {
	const char *name;
	double (*draw)(uint64_t *random); /* one night, with a deviation of 1 */
	double follows;			  /* the autocorrelation of neighbours */
	double drift;			  /* a night */
};

extern const struct nights nights_normal, nights_outliers, nights_more_outliers, nights_heavy,
	nights_heavier, nights_delayed, nights_coarse, nights_follow_3, nights_follow_5,
	nights_follow_8, nights_drift;

void nights_draw(const struct nights *nights, size_t n, uint64_t *random, double *values);

#endif
