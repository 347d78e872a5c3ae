/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Boots that never were: what a kernel's median could be, boot after boot. */
#ifndef DAXMARK_TESTS_BOOTS_H
#define DAXMARK_TESTS_BOOTS_H

#include <stddef.h>
#include <stdint.h>

#include "compare/judge.h"

#define PAIRS_SIMULATED_MAX 64

/* How boots of one kernel differ. */
struct boots {
	const char *name;
	double (*deviation)(uint64_t *random);	   /* of a boot, as the logarithm of a factor */
	double drift;				   /* a boot, in the same direction all the time */
	double walk;				   /* a boot, in any direction */
	double (*deviation_new)(uint64_t *random); /* of the other side; NULL: the same */
	double shift_new;			   /* the mean of that less the mean of this */
};

extern const struct boots boots_normal, boots_skewed, boots_bimodal, boots_drifting,
	boots_strongly_skewed, boots_skewed_in_new, boots_sharply_bimodal;

/* The next number of a sequence that is the same on every machine. */
uint64_t boots_random(uint64_t *state);

/* One number of the standard normal distribution. */
double boots_standard(uint64_t *random);

/*
 * n <= PAIRS_SIMULATED_MAX pairs, whose order is drawn for each. log_change is
 * what the other side is slower by; what its boots add in the mean comes on top.
 */
void boots_draw(const struct boots *boots, double log_change, size_t n, uint64_t *random,
		struct boot_median *base, struct boot_median *other);

#endif
