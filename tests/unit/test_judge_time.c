// SPDX-License-Identifier: GPL-2.0-or-later
/* The verdict on times: pairs of boots, an interval, and several metrics together. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "compare/judge.h"
#include "compare/precision.h"
#include "tests/unit/close.h"

#define BOOTS_MAX 12

static struct judgement judge(const double *base, const double *other, size_t n)
{
	struct boot_median a[BOOTS_MAX], b[BOOTS_MAX];
	struct judgement j;

	for (size_t i = 0; i < n; i++) {
		a[i] = (struct boot_median){ base[i], base[i], base[i] };
		b[i] = (struct boot_median){ other[i], other[i], other[i] };
	}
	assert_int_equal(judge_time(a, b, n, 2, &j), 0);
	return j;
}

/* As the only metric of a report; lower is better. */
static struct judgement judge_alone(const double *base, const double *other, size_t n)
{
	struct judgement j = judge(base, other, n);
	const struct judged judged = { &j, false };

	assert_int_equal(judge_together(&judged, 1), 0);
	assert_int_equal(j.verdict == VERDICT_INCONCLUSIVE, *j.why != '\0');
	return j;
}

static const double base[] = { 100, 102, 99, 101, 103 };

static void figures_are_those_of_r(void **state)
{
	const double new[] = { 103, 104, 103, 105, 104 };
	struct judgement j = judge(base, new, 5);

	(void)state;
	/*
	 * b <- c(100, 102, 99, 101, 103); n <- c(103, 104, 103, 105, 104)
	 * t <- t.test(log(n), log(b), paired = TRUE); t$p.value
	 * expm1(t$estimate) * 100; expm1(t$conf.int) * 100; expm1(sd(log(n) - log(b))) * 100
	 * wilcox.test(log(n) - log(b), exact = TRUE)$p.value
	 */
	assert_close(j.p, 0.008890953144523759);
	assert_close(j.change_pct, 2.779687395963216);
	assert_close(j.low_pct, 1.149817863785268);
	assert_close(j.high_pct, 4.435819701006452);
	assert_close(j.pair_sd_pct, 1.295705930629153);
	assert_close(j.signed_rank_p, 0.0625);
	assert_int_equal(j.pairs, 5);
}

static void fewer_than_five_pairs_say_how_many_are_lacking(void **state)
{
	const double twice[] = { 200, 204, 198, 202 };

	(void)state;
	assert_string_equal(judge_alone(base, twice, 4).why,
			    "1 more pair of boots is needed for a verdict");
	assert_string_equal(judge_alone(base, twice, 2).why,
			    "3 more pairs of boots are needed for a verdict");
	assert_close(judge_alone(base, twice, 4).change_pct, 100);
	assert_true(isnan(judge_alone(base, twice, 1).low_pct));
	/* no margin is wide enough for what is not known */
	assert_int_equal(judge_alone(base, base, 4).verdict, VERDICT_INCONCLUSIVE);
}

static void five_pairs_that_agree_are_enough(void **state)
{
	const double more[] = { 110, 111, 110, 112, 113 };

	(void)state;
	assert_int_equal(judge_alone(base, more, 5).verdict, VERDICT_WORSE);
	assert_int_equal(judge_alone(more, base, 5).verdict, VERDICT_BETTER);
}

static void where_higher_is_better_more_is_better(void **state)
{
	const double more[] = { 110, 111, 110, 112, 113 };
	struct judgement j = judge(base, more, 5);
	const struct judged judged = { &j, true };

	(void)state;
	assert_int_equal(judge_together(&judged, 1), 0);
	assert_int_equal(j.verdict, VERDICT_BETTER);
}

static void an_interval_within_the_margin_is_the_same(void **state)
{
	const double near[] = { 100.5, 102, 99.5, 101.2, 103.4 };
	const double noisy[] = { 104, 99, 103, 97, 105 };

	(void)state;
	/* although a change is proved: 0.3% */
	assert_true(judge_alone(base, near, 5).p <= 0.05);
	assert_int_equal(judge_alone(base, near, 5).verdict, VERDICT_SAME);
	assert_int_equal(judge_alone(base, base, 5).verdict, VERDICT_SAME);
	assert_string_equal(judge_alone(base, noisy, 5).why,
			    "the interval has room for no change and for one beyond the margin");
}

/* What all boots of a machine have in common is no noise. */
static void a_drift_that_both_of_a_pair_have_is_cancelled(void **state)
{
	const double drifting[] = { 100, 110, 121, 133, 146 };
	const double more[] = { 105, 115.6, 127, 139.8, 153.2 };

	(void)state;
	assert_int_equal(judge_alone(drifting, more, 5).verdict, VERDICT_WORSE);
}

static void among_many_metrics_one_must_stand_out_more(void **state)
{
	const double new[] = { 103, 104, 103, 105, 104 };
	const double noisy[] = { 104, 99, 103, 97, 105 };
	struct judgement j[40];
	struct judged judged[40];

	(void)state;
	assert_int_equal(judge_alone(base, new, 5).verdict, VERDICT_WORSE);
	for (size_t i = 0; i < 40; i++) {
		j[i] = judge(base, i ? noisy : new, 5);
		judged[i] = (struct judged){ &j[i], false };
	}
	assert_int_equal(judge_together(judged, 40), 0);
	assert_close(j[0].holm_p, 40 * j[0].p);
	assert_int_equal(j[0].verdict, VERDICT_INCONCLUSIVE);
	assert_string_equal(j[0].why, "among so many metrics one changes that much by chance");
}

static void a_clock_too_coarse_for_a_deviation_is_judged_by_ranks(void **state)
{
	double coarse[10], more[10];
	struct judgement j;

	(void)state;
	for (size_t i = 0; i < 10; i++) {
		coarse[i] = 20;
		more[i] = 21;
	}
	j = judge_alone(coarse, more, 5);
	assert_close(j.p, 0.0625);
	assert_int_equal(j.verdict, VERDICT_INCONCLUSIVE);
	assert_non_null(strstr(j.why, "judged by their ranks alone"));
	j = judge_alone(coarse, more, 10);
	assert_close(j.p, 0.001953125);
	assert_int_equal(j.verdict, VERDICT_WORSE);
}

/* Four ticks more and one the other way: the t test would believe it. */
static void ranks_that_disagree_forbid_a_verdict(void **state)
{
	const double five[] = { 100, 100, 100, 100, 100, 100 };
	const double more[] = { 108, 107.9, 108.1, 108, 108.2, 99.9 };
	struct judgement j = judge(five, more, 6);
	const struct judged judged = { &j, false };

	(void)state;
	assert_true(j.p < 0.05);
	assert_true(j.signed_rank_p > 0.05);
	assert_int_equal(judge_together(&judged, 1), 0);
	assert_int_equal(j.verdict, VERDICT_INCONCLUSIVE);
	assert_string_equal(j.why, "the signed-rank test does not agree with the t test");
}

static void a_time_of_zero_is_no_base_of_a_percentage(void **state)
{
	const double zero[] = { 0, 1, 1, 1, 1 };

	(void)state;
	assert_string_equal(judge_alone(zero, base, 5).why, "a time of 0 has no percentage");
	assert_string_equal(judge_alone(base, zero, 5).why, "a time of 0 has no percentage");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(figures_are_those_of_r),
		cmocka_unit_test(fewer_than_five_pairs_say_how_many_are_lacking),
		cmocka_unit_test(five_pairs_that_agree_are_enough),
		cmocka_unit_test(where_higher_is_better_more_is_better),
		cmocka_unit_test(an_interval_within_the_margin_is_the_same),
		cmocka_unit_test(a_drift_that_both_of_a_pair_have_is_cancelled),
		cmocka_unit_test(among_many_metrics_one_must_stand_out_more),
		cmocka_unit_test(a_clock_too_coarse_for_a_deviation_is_judged_by_ranks),
		cmocka_unit_test(ranks_that_disagree_forbid_a_verdict),
		cmocka_unit_test(a_time_of_zero_is_no_base_of_a_percentage),
		/* EOL */
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
