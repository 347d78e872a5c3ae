// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>

#include "compare/boot_values.h"
#include "compare/quantile.h"

static struct boot_median median_of(const struct side_sample *sample)
{
	return (struct boot_median){
		.median = sample->median,
		.low = sample->median_low,
		.high = sample->median_high,
	};
}

/* The mean, and by how much its slowest operation raises it. */
static struct boot_median mean_of(const struct side_sample *sample)
{
	double one = sample->max / (double)sample->n;

	return (struct boot_median){
		.median = sample->mean,
		.low = fmax(sample->mean - one, 0),
		.high = sample->mean + one,
	};
}

/* Of the logarithm of the mean, by the spread of its operations in the histogram. */
static double mean_variance(const struct side_sample *sample)
{
	double squares = 0, n = (double)sample->n;

	for (size_t i = 0; i < sample->n_buckets; i++) {
		double off = (double)sample->buckets[i].lowest - sample->mean;

		squares += (double)sample->buckets[i].count * off * off;
	}
	return squares / (n * n * sample->mean * sample->mean);
}

/* With the interval that its operations give it. */
static struct boot_median p99_of(const struct side_sample *sample, double *variance)
{
	struct quantile_interval interval;

	quantile_interval(sample, 0.99, &interval);
	*variance = interval.error * interval.error;
	return (struct boot_median){
		.median = sample->p99,
		.low = fmin(interval.low, sample->p99),
		.high = fmax(interval.high, sample->p99),
	};
}

static double median_variance(const struct side_sample *sample)
{
	struct quantile_interval interval;

	quantile_interval(sample, 0.5, &interval);
	return interval.error * interval.error;
}

void boot_values_read(struct boot_values *values, const struct side_sample *sample,
		      enum side_mode mode)
{
	*values = (struct boot_values){ .of = { median_of(sample), mean_of(sample) } };
	values->of[OF_P99].median = sample->p99;
	if (mode != SIDE_TIME)
		return;
	values->variance[OF_MEDIAN] = median_variance(sample);
	values->variance[OF_MEAN] = mean_variance(sample);
	values->of[OF_P99] = p99_of(sample, &values->variance[OF_P99]);
}
