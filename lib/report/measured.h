/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What one side gave for a cost, beside the median that is compared. */
#ifndef DAXMARK_REPORT_MEASURED_H
#define DAXMARK_REPORT_MEASURED_H

#include "compare/comparison.h"

/*
 * Over all runs of the base side. Means and quantiles are the median of those
 * of the runs, so that a run that was disturbed does not move them; they are
 * of one operation and in the cost's unit.
 */
struct measured {
	double mean;
	/* NAN unless every run has one, see struct side_sample */
	double batch_mean;
	/*
	 * The bytes of an operation over its mean. NAN where that is no rate: the
	 * unit is no time, or the benchmark does not say that it is one.
	 */
	double bytes_per_second;
	/* operations of all runs; -1 where no run says */
	int64_t moved;
	int64_t interrupted;
};

void measured_over_runs(const struct comparison *c, const struct cost *cost,
			struct measured *measured);

/*
 * Standard deviation of the figures of a side's boots, medians or means as the cost
 * has it, or with tail their p99s, in percent of their mean; NAN where there are fewer than two.
 */
double measured_stddev_pct(const struct side *side, const struct cost *cost, bool tail);

#endif
