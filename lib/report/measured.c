// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>
#include <string.h>

#include "compare/stats.h"
#include "record/reader.h"
#include "report/groups.h"
#include "report/measured.h"

static double mean_of(const struct side_sample *sample)
{
	return sample->mean;
}

static double batch_mean_of(const struct side_sample *sample)
{
	return sample->batch_mean;
}

/* The median over the runs; NAN if one of them has no such figure. */
static double over_runs(const struct side *side, const struct cost_name *name,
			double (*figure)(const struct side_sample *))
{
	double values[READER_BOOTS_MAX];

	for (size_t i = 0; i < side->n_boots; i++) {
		const struct side_sample *sample = side_find_sample(&side->boots[i], name);

		values[i] = sample ? figure(sample) : NAN;
		if (isnan(values[i]))
			return NAN;
	}
	return stats_median(values, side->n_boots);
}

/* Adds operations to those of earlier runs, where a run says how many. */
static int64_t add_part(int64_t sum, int64_t part)
{
	if (part < 0)
		return sum;
	if (sum < 0)
		return part;
	return sum > INT64_MAX - part ? INT64_MAX : sum + part;
}

static double rate(const struct cost *m, int64_t bytes, double mean)
{
	if (strcmp(m->unit, "ns") != 0 || !m->name.words || !m->name.words->rate || mean <= 0)
		return NAN;
	return (double)bytes / mean * 1e9;
}

void measured_over_runs(const struct comparison *c, const struct cost *m, struct measured *measured)
{
	const struct side *side = c->side[0];
	const struct side_sample *first = side_find_sample(&side->boots[0], &m->name);

	*measured = (struct measured){
		.mean = over_runs(side, &m->name, mean_of),
		.batch_mean = over_runs(side, &m->name, batch_mean_of),
		.moved = -1,
		.interrupted = -1,
	};
	measured->bytes_per_second = rate(m, first ? first->bytes : 0, measured->mean);
	for (size_t i = 0; i < side->n_boots; i++) {
		const struct side_sample *sample = side_find_sample(&side->boots[i], &m->name);

		measured->moved = add_part(measured->moved, sample ? sample->moved : -1);
		measured->interrupted =
			add_part(measured->interrupted, sample ? sample->interrupted : -1);
	}
}

static double figure_in(const struct side_sample *sample, const struct cost *m, bool tail)
{
	if (!sample)
		return NAN;
	if (tail)
		return sample->p99;
	return cost_by_mean(m) ? sample->mean : sample->median;
}

double measured_stddev_pct(const struct side *side, const struct cost *m, bool tail)
{
	double values[READER_BOOTS_MAX], deviation, mean;

	for (size_t i = 0; i < side->n_boots; i++) {
		const struct side_sample *sample = side_find_sample(&side->boots[i], &m->name);

		values[i] = figure_in(sample, m, tail);
	}
	mean = stats_mean(values, side->n_boots, &deviation);
	return side->n_boots > 1 ? deviation / mean * 100 : NAN;
}
