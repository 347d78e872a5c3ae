// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compare/compare.h"
#include "compare/join.h"

const struct limits compare_limits = { .floor_pct = 0.2, .margin_pct = 2 };

const char *which_side_name(enum which_side side)
{
	static const char *const names[] = { "base", "new", "both" };

	return names[side];
}

size_t comparison_count(const struct comparison *comparison, enum verdict verdict)
{
	size_t n = 0;

	for (size_t i = 0; i < comparison->n_metrics; i++)
		n += comparison->metrics[i].judgement.verdict == verdict;
	return n;
}

bool tail_changed(const struct metric_change *metric)
{
	return metric->p99.pairs && is_change(&metric->p99);
}

size_t comparison_tails(const struct comparison *comparison, enum verdict verdict)
{
	size_t n = 0;

	for (size_t i = 0; i < comparison->n_metrics; i++)
		n += tail_changed(&comparison->metrics[i]) &&
		     comparison->metrics[i].p99.verdict == verdict;
	return n;
}

double comparison_none_pct(const struct comparison *comparison)
{
	return comparison->base->mode == SIDE_TIME ? comparison->limits.margin_pct
						   : comparison->limits.floor_pct;
}

void comparison_free(struct comparison *comparison)
{
	free(comparison->metrics);
	free(comparison->checks);
	free(comparison->left_out);
	memset(comparison, 0, sizeof(*comparison));
}

int compare_apart(const struct side *base, const struct side *new, const struct limits *limits,
		  const struct figures *figures, struct comparison *comparison, char *error,
		  size_t error_size)
{
	const struct side_boot **others;
	struct sample_key *keys = NULL;
	size_t n_keys = 0;
	int err;

	memset(comparison, 0, sizeof(*comparison));
	comparison->base = base;
	comparison->new = new;
	comparison->limits = *limits;
	err = join_boots(base, new, &others, error, error_size);
	if (!err)
		err = join_samples(base, new, &keys, &n_keys);
	if (!err)
		err = judge_metrics(comparison, others, figures, keys, n_keys, error, error_size);
	if (!err)
		err = join_checks(comparison);
	if (!err)
		err = join_left_out(comparison, keys, n_keys);
	if (err == -ENOMEM)
		snprintf(error, error_size, "out of memory");
	free(keys);
	free(others);
	if (err)
		comparison_free(comparison);
	return err;
}

int compare_sides(const struct side *base, const struct side *new, const struct limits *limits,
		  struct comparison *comparison, char *error, size_t error_size)
{
	const struct side *const sides[] = { base, new };
	struct figures figures;
	int err = figures_find(sides, 2, &figures);

	memset(comparison, 0, sizeof(*comparison));
	if (!err)
		err = compare_apart(base, new, limits, &figures, comparison, error, error_size);
	figures_free(&figures);
	if (!err && base->mode == SIDE_TIME)
		err = judge_families(&comparison, 1);
	if (err == -ENOMEM)
		snprintf(error, error_size, "out of memory");
	if (err)
		comparison_free(comparison);
	return err;
}
