// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <math.h>
#include <stdlib.h>

#include "compare/holm.h"
#include "compare/judge_parts.h"
#include "compare/precision.h"
#include "compare/rmath.h"
#include "compare/signed_rank.h"
#include "compare/stats.h"

#define ALPHA 0.05

static const char *const too_few[PAIRS_MIN] = {
	"5 pairs of boots are needed for a verdict",
	"4 more pairs of boots are needed for a verdict",
	"3 more pairs of boots are needed for a verdict",
	"2 more pairs of boots are needed for a verdict",
	"1 more pair of boots is needed for a verdict",
};

static double percent(double log_ratio)
{
	return expm1(log_ratio) * 100;
}

/* Student's t for the mean of the log ratios. */
static void estimate(const double *ratio, size_t n, struct judgement *j)
{
	double deviation, half, mean = stats_mean(ratio, n, &deviation);

	j->change_pct = percent(mean);
	j->low_pct = j->high_pct = NAN;
	if (n < 2)
		return;
	half = interval_half(deviation, n);
	j->low_pct = percent(mean - half);
	j->high_pct = percent(mean + half);
	j->pair_sd_pct = percent(deviation);
	if (deviation > 0)
		j->p = 2 * pt(fabs(mean) * sqrt((double)n) / deviation, (double)n - 1, UPPER_TAIL,
			      NOT_LOG);
	else
		j->p = j->signed_rank_p;
}

int judge_time(const struct boot_median *base, const struct boot_median *other, size_t n,
	       double margin_pct, struct judgement *j)
{
	double *ratio;
	int err = judge_summarise(base, other, n, j);

	if (err)
		return err;
	ratio = malloc(n * sizeof(*ratio));
	if (!ratio)
		return -ENOMEM;
	for (size_t i = 0; i < n && !*j->why; i++) {
		ratio[i] = log(other[i].median / base[i].median);
		if (!isfinite(ratio[i]))
			j->why = "a time of 0 has no percentage";
	}
	if (*j->why) {
		j->low_pct = j->high_pct = NAN;
		free(ratio);
		return 0;
	}
	err = signed_rank_test(ratio, n, &j->signed_rank_p);
	estimate(ratio, n, j);
	free(ratio);
	if (n < PAIRS_MIN)
		j->why = too_few[n];
	/* as percentages are not symmetric, nor is a margin of them below 0 */
	else if (j->low_pct >= -margin_pct && j->high_pct <= margin_pct)
		j->verdict = VERDICT_SAME;
	return err;
}

/* Whether the signed-rank test is as sure as it can be, or as it need be. */
static bool ranks_agree(const struct judgement *j)
{
	return j->signed_rank_p <= fmax(ALPHA, ldexp(2, -(int)j->pairs));
}

static void decide(struct judgement *j, bool higher_is_better)
{
	if (j->holm_p <= ALPHA && ranks_agree(j))
		j->verdict =
			(j->change_pct > 0) == higher_is_better ? VERDICT_BETTER : VERDICT_WORSE;
	else if (j->holm_p <= ALPHA)
		j->why = "the signed-rank test does not agree with the t test";
	else if (!(j->pair_sd_pct > 0))
		j->why = "pairs that are equal to the digit are judged by their ranks alone: more "
			 "of them are needed";
	else if (j->p <= ALPHA)
		j->why = "among so many metrics one changes that much by chance";
	else
		j->why = "the interval has room for no change and for one beyond the margin";
}

int judge_together(const struct judged *metrics, size_t n)
{
	double *p = calloc(2 * (n + 1), sizeof(*p)), *adjusted;
	int err;

	if (!p)
		return -ENOMEM;
	adjusted = p + n;
	/* what gets no verdict is no test that could go wrong */
	for (size_t i = 0; i < n; i++)
		p[i] = metrics[i].judgement->pairs < PAIRS_MIN ? NAN : metrics[i].judgement->p;
	err = holm_adjust(p, n, adjusted);
	for (size_t i = 0; i < n && !err; i++) {
		struct judgement *j = metrics[i].judgement;

		j->holm_p = adjusted[i];
		if (j->verdict == VERDICT_INCONCLUSIVE && !*j->why)
			decide(j, metrics[i].higher_is_better);
	}
	free(p);
	return err;
}
