/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What several threads at once reached. The cost of such an arm is the time
 * of a pass over the operations of all threads in it, so that
 *   total      = 1 / time              operations a second
 *   a thread   = total / threads
 *   efficiency = total / (threads * total of one thread)
 */
#ifndef DAXMARK_REPORT_SCALING_TABLE_H
#define DAXMARK_REPORT_SCALING_TABLE_H

#include "base/text.h"
#include "compare/comparison.h"

struct scaled {
	int64_t threads;   /* 0: the cost is not about them, and the rest is not set */
	const char *files; /* "one", "each", or "" where that makes no difference */
	double total;	   /* operations a second */
	double efficiency; /* 1 is perfect; NAN where one thread was not measured */
};

/* What cost m of a comparison of one side says of it. */
void scaled_of(const struct comparison *c, const struct cost *m, struct scaled *scaled);

/* Whether two costs are of one arm, filled in one way, by whatever number of threads. */
bool scaled_same_arm(const struct cost *a, const struct cost *b);

/* The table of the group's arms by threads; nothing where there are none. */
void report_scaling(struct text *text, size_t width, const struct comparison *c, size_t start,
		    size_t end);

#endif
