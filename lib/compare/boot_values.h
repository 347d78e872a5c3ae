/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What judges take of a boot. */
#ifndef DAXMARK_COMPARE_BOOT_VALUES_H
#define DAXMARK_COMPARE_BOOT_VALUES_H

#include "compare/judge.h"
#include "record/side.h"

/* What is judged of a boot: the median of its operations, their mean, their p99. */
enum { OF_MEDIAN, OF_MEAN, OF_P99, KINDS };

struct boot_values {
	struct boot_median of[KINDS];
	double variance[KINDS]; /* of its logarithm, within the boot; of times alone */
};

/* Those of the cost that a sample is of. */
void boot_values_read(struct boot_values *values, const struct side_sample *sample,
		      enum side_mode mode);

#endif
