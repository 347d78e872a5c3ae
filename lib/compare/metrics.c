// SPDX-License-Identifier: GPL-2.0-or-later
/* From the samples of paired boots to a verdict on each metric. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compare/join.h"
#include "compare/quantile.h"

/* One median a boot and side, and what is summed over them. */
struct series {
	const struct side_boot **others; /* beside each boot of base */
	struct boot_median *base, *new;
	struct boot_median *base_mean, *new_mean;
	struct boot_median *base_p99, *new_p99;
	/* within the two boots of a pair, summed */
	double variance, mean_variance, p99_variance;
	int64_t base_n, new_n;
	double base_faults, new_faults;
};

static int same_meaning(const struct side_boot *a_boot, const struct side_sample *a,
			const struct side_boot *b_boot, const struct side_sample *b, char *error,
			size_t size)
{
	if (!strcmp(a->unit, b->unit) && a->higher_is_better == b->higher_is_better)
		return 0;
	snprintf(error, size,
		 "%s:%zu and %s:%zu differ in what %s %s is: %s, %s better; %s, %s better",
		 a_boot->path, a->line, b_boot->path, b->line, a->name.bench, a->name.metric,
		 a->unit, a->higher_is_better ? "higher" : "lower", b->unit,
		 b->higher_is_better ? "higher" : "lower");
	return -EINVAL;
}

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

/* With the interval that its operations give it; adds its variance. */
static struct boot_median p99_of(const struct side_sample *sample, double *variance)
{
	struct quantile_interval interval;

	quantile_interval(sample, 0.99, &interval);
	*variance += interval.error * interval.error;
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

static int64_t add(int64_t a, int64_t b)
{
	return a > INT64_MAX - b ? INT64_MAX : a + b;
}

static int collect(const struct comparison *c, const struct sample_key *key, struct series *series,
		   char *error, size_t size)
{
	/* both sides have it, so this is the one of the first boot */
	const struct side_sample *first = key->sample;
	const struct side_boot *first_boot = &c->base->boots[0];

	series->base_n = series->new_n = 0;
	series->base_faults = series->new_faults = 0;
	series->variance = series->mean_variance = series->p99_variance = 0;
	for (size_t i = 0; i < c->base->n_boots; i++) {
		const struct side_boot *base = &c->base->boots[i];
		const struct side_boot *new = series->others[i];
		const struct side_sample *a = side_find_sample(base, &first->name);
		const struct side_sample *b = side_find_sample(new, &first->name);
		int err = same_meaning(first_boot, first, base, a, error, size);

		if (!err)
			err = same_meaning(first_boot, first, new, b, error, size);
		if (err)
			return err;
		series->base[i] = median_of(a);
		series->new[i] = median_of(b);
		series->base_mean[i] = mean_of(a);
		series->new_mean[i] = mean_of(b);
		if (c->base->mode == SIDE_TIME) {
			series->base_p99[i] = p99_of(a, &series->p99_variance);
			series->new_p99[i] = p99_of(b, &series->p99_variance);
			series->variance += median_variance(a) + median_variance(b);
			series->mean_variance += mean_variance(a) + mean_variance(b);
		}
		series->base_n = add(series->base_n, a->n);
		series->new_n = add(series->new_n, b->n);
		series->base_faults += a->faults;
		series->new_faults += b->faults;
	}
	return 0;
}

static struct pair_spread spread_of(const struct judgement *j, double variance)
{
	return (struct pair_spread){
		.total = log1p(j->pair_sd_pct / 100),
		.within = sqrt(variance / (double)j->pairs),
	};
}

static int judge_times(const struct comparison *c, const struct series *series,
		       struct metric_change *change)
{
	size_t n = c->base->n_boots;
	double margin = c->limits.margin_pct;
	int err = judge_time(series->base, series->new, n, margin, &change->median);

	change->judgement = change->median;
	if (!err && change->figure == FIGURE_MEAN)
		err = judge_time(series->base_mean, series->new_mean, n, margin,
				 &change->judgement);
	if (!err)
		err = judge_time(series->base_p99, series->new_p99, n, margin, &change->p99);
	if (err)
		return err;
	change->spread =
		spread_of(&change->judgement,
			  change->figure == FIGURE_MEAN ? series->mean_variance : series->variance);
	change->p99_spread = spread_of(&change->p99, series->p99_variance);
	return 0;
}

static int judge_counts(const struct comparison *c, const struct series *series,
			struct metric_change *change)
{
	size_t n = c->base->n_boots;
	double floor = c->limits.floor_pct;
	bool higher = change->higher_is_better;
	int err = judge_count(series->base, series->new, n, higher, floor, &change->median);

	change->judgement = change->median;
	if (!err && change->figure == FIGURE_MEAN)
		err = judge_count_mean(series->base_mean, series->new_mean, n, higher, floor,
				       &change->judgement);
	return err;
}

static int judge(const struct comparison *c, const struct side_sample *sample,
		 const struct figures *figures, const struct series *series,
		 struct metric_change *change)
{
	*change = (struct metric_change){
		.name = sample->name,
		.unit = sample->unit,
		.higher_is_better = sample->higher_is_better,
		.n = series->base_n < series->new_n ? series->base_n : series->new_n,
		.base_faults = series->base_faults / (double)series->base_n,
		.new_faults = series->new_faults / (double)series->new_n,
	};
	change->figure = figures_of(figures, &sample->name, &change->figure_why);
	if (c->base->mode == SIDE_TIME)
		return judge_times(c, series, change);
	return judge_counts(c, series, change);
}

/* The figures that lead are one family of tests, the p99s another. */
int judge_families(struct comparison *const *list, size_t n)
{
	size_t metrics = 0, at = 0;
	struct judged *medians, *p99s;
	int err;

	for (size_t i = 0; i < n; i++)
		metrics += list[i]->n_metrics;
	medians = calloc(2 * (metrics + 1), sizeof(*medians));
	if (!medians)
		return -ENOMEM;
	p99s = medians + metrics;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < list[i]->n_metrics; k++, at++) {
			struct metric_change *m = &list[i]->metrics[k];

			medians[at] = (struct judged){ &m->judgement, m->higher_is_better };
			p99s[at] = (struct judged){ &m->p99, m->higher_is_better };
		}
	err = judge_together(medians, metrics);
	if (!err)
		err = judge_together(p99s, metrics);
	for (size_t i = 0; i < n && !err; i++)
		for (size_t k = 0; k < list[i]->n_metrics; k++)
			if (list[i]->metrics[k].figure == FIGURE_MEDIAN)
				list[i]->metrics[k].median = list[i]->metrics[k].judgement;
	free(medians);
	return err;
}

int judge_metrics(struct comparison *c, const struct side_boot **others,
		  const struct figures *figures, const struct sample_key *keys, size_t n,
		  char *error, size_t size)
{
	size_t boots = c->base->n_boots;
	struct series series = { .others = others,
				 .base = calloc(6 * boots, sizeof(*series.base)) };
	int err = 0;

	c->metrics = calloc(n + 1, sizeof(*c->metrics));
	if (!c->metrics || !series.base) {
		free(series.base);
		return -ENOMEM;
	}
	series.new = series.base + boots;
	series.base_mean = series.new + boots;
	series.new_mean = series.base_mean + boots;
	series.base_p99 = series.new_mean + boots;
	series.new_p99 = series.base_p99 + boots;
	for (size_t i = 0; i < n && !err; i++) {
		if (!keys[i].in_base || !keys[i].in_new)
			continue;
		if (c->base->mode == SIDE_EMULATED) {
			c->n_refused++;
			continue;
		}
		err = collect(c, &keys[i], &series, error, size);
		if (!err)
			err = judge(c, keys[i].sample, figures, &series,
				    &c->metrics[c->n_metrics++]);
	}
	free(series.base);
	return err;
}
