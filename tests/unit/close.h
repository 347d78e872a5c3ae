/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Equal as far as numbers computed in two ways can be. */
#ifndef DAXMARK_TESTS_CLOSE_H
#define DAXMARK_TESTS_CLOSE_H

#include <math.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/*
 * To 1e-9 of its size, so that small probabilities are to have their digits too;
 * below 1e-15 of anything the oracles lose theirs.
 */
#define assert_close(is, should)                                                              \
	do {                                                                                  \
		double is_ = (is), should_ = (should);                                        \
		if (!(is_ == should_ || fabs(is_ - should_) <= 1e-9 * fabs(should_) + 1e-24)) \
			fail_msg("%s is %.15g, not %.15g", #is, is_, should_);                \
	} while (0)

#endif
