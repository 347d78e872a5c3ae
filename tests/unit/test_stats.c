// SPDX-License-Identifier: GPL-2.0-or-later
/* Medians, changes and the verdict on counts of instructions. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "compare/judge.h"
#include "compare/stats.h"

static void assert_close(double is, double should)
{
	if (!(fabs(is - should) <= 1e-9 * fmax(1, fabs(should))))
		fail_msg("%.12g is not %.12g", is, should);
}

static void a_median_is_the_middle_of_any_order(void **state)
{
	double odd[] = { 9, 1, 5 }, even[] = { 4, 1, 10, 2 }, one[] = { 7 };
	double large[] = { 1e308, 1.5e308 };

	(void)state;
	assert_close(stats_median(odd, 3), 5);
	assert_close(stats_median(even, 4), 3);
	assert_close(stats_median(one, 1), 7);
	assert_close(stats_median(large, 2), 1.25e308);
}

static void a_change_is_relative_to_base(void **state)
{
	(void)state;
	assert_close(stats_change_pct(200, 300), 50);
	assert_close(stats_change_pct(200, 100), -50);
	assert_close(stats_change_pct(200, 0), -100);
}

static void nothing_is_a_percentage_of_zero(void **state)
{
	(void)state;
	assert_close(stats_change_pct(0, 0), 0);
	assert_true(isinf(stats_change_pct(0, 1)));
}

static void a_spread_is_the_range_over_the_median(void **state)
{
	double values[] = { 110, 100, 90 }, equal[] = { 4, 4, 4 }, zero[] = { 0, 0 };
	double around_zero[] = { 0, 0, 5 };

	(void)state;
	assert_close(stats_spread_pct(values, 3), 20);
	assert_close(stats_spread_pct(equal, 3), 0);
	assert_close(stats_spread_pct(zero, 2), 0);
	assert_true(isinf(stats_spread_pct(around_zero, 3)));
}

/* Three seeds, floor 0.1%, lower is better. */
/* A boot whose operations all cost the same. */
static struct boot_median flat(double value)
{
	return (struct boot_median){ value, value, value };
}

static struct judgement judge_boots(const struct boot_median *base, const struct boot_median *other,
				    size_t n)
{
	struct judgement j;

	assert_int_equal(judge_count(base, other, n, false, 0.1, &j), 0);
	/* a reason is given exactly where there is no verdict */
	assert_int_equal(j.verdict == VERDICT_INCONCLUSIVE, *j.why != '\0');
	return j;
}

static struct judgement judge3(double a1, double a2, double a3, double b1, double b2, double b3)
{
	const struct boot_median base[] = { flat(a1), flat(a2), flat(a3) };
	const struct boot_median other[] = { flat(b1), flat(b2), flat(b3) };

	return judge_boots(base, other, 3);
}

static void more_at_every_seed_is_worse(void **state)
{
	struct judgement j = judge3(908, 908, 908, 3833, 3833, 3833);

	(void)state;
	assert_int_equal(j.verdict, VERDICT_WORSE);
	assert_close(j.base, 908);
	assert_close(j.other, 3833);
	assert_close(j.change_pct, (3833.0 / 908 - 1) * 100);
	assert_close(j.low_pct, j.change_pct);
	assert_close(j.high_pct, j.change_pct);
}

static void less_at_every_seed_is_better(void **state)
{
	(void)state;
	assert_int_equal(judge3(100, 100, 100, 90, 90, 90).verdict, VERDICT_BETTER);
}

static void where_higher_is_better_more_is_better(void **state)
{
	const struct boot_median base[] = { flat(100), flat(101) };
	const struct boot_median more[] = { flat(150), flat(151) };
	const struct boot_median less[] = { flat(50), flat(51) };
	struct judgement j;

	(void)state;
	assert_int_equal(judge_count(base, more, 2, true, 0.1, &j), 0);
	assert_int_equal(j.verdict, VERDICT_BETTER);
	assert_int_equal(judge_count(base, less, 2, true, 0.1, &j), 0);
	assert_int_equal(j.verdict, VERDICT_WORSE);
}

static void equal_counts_are_the_same(void **state)
{
	(void)state;
	assert_int_equal(judge3(4, 4, 4, 4, 4, 4).verdict, VERDICT_SAME);
	/* also where seeds lie apart: each pair is equal */
	assert_int_equal(judge3(100, 200, 300, 100, 200, 300).verdict, VERDICT_SAME);
}

static void a_change_within_the_floor_is_the_same(void **state)
{
	(void)state;
	assert_int_equal(judge3(10000, 10000, 10000, 10010, 10010, 10010).verdict, VERDICT_SAME);
	assert_int_equal(judge3(10000, 10000, 10000, 10011, 10011, 10011).verdict, VERDICT_WORSE);
}

static void one_seed_beyond_the_floor_is_not_the_same(void **state)
{
	(void)state;
	assert_int_equal(judge3(10000, 10000, 10000, 10000, 10000, 10500).verdict,
			 VERDICT_INCONCLUSIVE);
}

static void seeds_that_disagree_are_inconclusive(void **state)
{
	struct judgement j = judge3(100, 100, 100, 120, 120, 99);

	(void)state;
	assert_int_equal(j.verdict, VERDICT_INCONCLUSIVE);
	assert_close(j.low_pct, -1);
	assert_close(j.high_pct, 20);
}

static void a_change_that_neither_sides_nor_pairs_show_is_inconclusive(void **state)
{
	(void)state;
	/* 8 more at most, with sides that lie 20 apart and changes that lie 3 apart */
	assert_int_equal(judge3(100, 110, 120, 105, 118, 125).verdict, VERDICT_INCONCLUSIVE);
	/* 7 more, with changes that lie 2 apart */
	assert_int_equal(judge3(100, 110, 120, 105, 117, 125).verdict, VERDICT_WORSE);
	/* 50% up stands out from the sides, however far the changes lie apart */
	assert_int_equal(judge3(100, 110, 120, 150, 165, 180).verdict, VERDICT_WORSE);
	/* only the new side is noisy */
	assert_int_equal(judge3(100, 100, 100, 105, 110, 140).verdict, VERDICT_INCONCLUSIVE);
}

static void a_cost_that_every_seed_pays_is_found_among_seeds_that_lie_apart(void **state)
{
	/* 23 instructions planted in each DAX fault, a first write on ext2: 0.6% of it, among
	 * seeds that lie 0.9% apart */
	const struct boot_median base[] = { { 3868, 3738, 3964 },
					    { 3901, 3738, 3964 },
					    { 3868, 3738, 3964 } };
	const struct boot_median planted[] = { { 3891, 3761, 3987 },
					       { 3924, 3761, 3987 },
					       { 3891, 3761, 3987 } };
	struct judgement j = judge_boots(base, planted, 3);

	(void)state;
	assert_true(j.base_spread_pct > j.change_pct);
	assert_close(j.other - j.base, 23);
	assert_int_equal(j.verdict, VERDICT_WORSE);
	assert_int_equal(judge_boots(planted, base, 3).verdict, VERDICT_BETTER);
}

static void a_pair_that_pays_some_more_hides_no_cost(void **state)
{
	const double change[] = { 23, 28, 23, 23, 23 };
	const double level[] = { 3868, 3901, 3868, 3885, 3868 };
	struct boot_median base[5], other[5];
	struct judgement j;

	(void)state;
	for (size_t i = 0; i < 5; i++) {
		base[i] = flat(level[i]);
		other[i] = flat(level[i] + change[i]);
	}
	j = judge_boots(base, other, 5);
	assert_close(j.other - j.base, 23);
	assert_int_equal(j.verdict, VERDICT_WORSE);
}

static void two_pairs_may_agree_by_chance(void **state)
{
	const struct boot_median base[] = { flat(3868), flat(4061) };
	const struct boot_median other[] = { flat(3891), flat(4085) };
	const struct boot_median far[] = { flat(4168), flat(4361) };

	(void)state;
	assert_int_equal(judge_boots(base, other, 2).verdict, VERDICT_INCONCLUSIVE);
	assert_int_equal(judge_boots(base, far, 2).verdict, VERDICT_WORSE);
}

static void a_runner_that_lies_elsewhere_is_no_change(void **state)
{
	/* one kernel, runners that are built to lie elsewhere: medians of three seeds */
	static const struct boot_median freeze[][3] = {
		{ { 30085, 30082, 30111 }, { 30069, 30064, 30085 }, { 30085, 30069, 30112 } },
		{ { 30168, 30164, 30170 }, { 30158, 30138, 30170 }, { 30105, 30085, 30112 } },
	};

	(void)state;
	assert_int_equal(judge_boots(freeze[0], freeze[1], 3).verdict, VERDICT_INCONCLUSIVE);
	assert_int_equal(judge3(3868, 3901, 3868, 3868, 3964, 3901).verdict, VERDICT_INCONCLUSIVE);
}

static void a_cost_that_appears_from_nothing_is_worse(void **state)
{
	struct judgement j = judge3(0, 0, 0, 5, 5, 5);

	(void)state;
	assert_int_equal(j.verdict, VERDICT_WORSE);
	assert_true(isinf(j.change_pct));
	assert_int_equal(judge3(0, 0, 0, 0, 0, 0).verdict, VERDICT_SAME);
	assert_int_equal(judge3(0, 0, 0, 0, 0, 9).verdict, VERDICT_INCONCLUSIVE);
}

static void one_boot_of_counts_is_enough(void **state)
{
	const struct boot_median base[] = { flat(100) }, other[] = { flat(101) };

	(void)state;
	assert_int_equal(judge_boots(base, other, 1).verdict, VERDICT_WORSE);
}

static void a_median_that_jumps_between_two_modes_is_inconclusive(void **state)
{
	/* what one kernel gave at three seeds, and the same kernel at three more */
	const struct boot_median low[] = { { 2644, 2644, 2650 }, { 2644, 2644, 2650 } };
	const struct boot_median high[] = { { 2650, 2644, 2650 }, { 2650, 2644, 2650 } };
	struct judgement j = judge_boots(low, high, 2);

	(void)state;
	assert_int_equal(j.verdict, VERDICT_INCONCLUSIVE);
	assert_non_null(strstr(j.why, "two modes"));
	assert_close(j.base_low, 2644);
	assert_close(j.other_high, 2650);
	j = judge_boots(high, low, 2);
	assert_int_equal(j.verdict, VERDICT_INCONCLUSIVE);
	assert_non_null(strstr(j.why, "two modes"));
}

static void one_seed_within_the_other_interval_is_enough_to_doubt(void **state)
{
	const struct boot_median base[] = { { 100, 100, 100 }, { 100, 100, 110 } };
	const struct boot_median other[] = { { 110, 110, 110 }, { 110, 110, 110 } };

	(void)state;
	/* other's median within base's interval, and base's within other's */
	assert_int_equal(judge_boots(base, other, 2).verdict, VERDICT_INCONCLUSIVE);
	assert_int_equal(judge_boots(other, base, 2).verdict, VERDICT_INCONCLUSIVE);
}

/* Every operation costs a little more: the interval moves with the median. */
static void a_constant_cost_is_found_from_half_a_percent(void **state)
{
	const struct boot_median base[] = { { 4151, 4148, 4155 }, { 4151, 4151, 4151 } };
	const struct boot_median other[] = { { 4172, 4169, 4176 }, { 4172, 4172, 4172 } };
	const struct boot_median modes[] = { { 2644, 2644, 2650 }, { 2650, 2644, 2650 } };
	const struct boot_median more[] = { { 2657, 2657, 2663 }, { 2663, 2657, 2663 } };

	(void)state;
	assert_int_equal(judge_boots(base, other, 2).verdict, VERDICT_WORSE);
	assert_int_equal(judge_boots(other, base, 2).verdict, VERDICT_BETTER);
	/* also where there are two modes and the seeds prefer different ones */
	assert_int_equal(judge_boots(modes, more, 2).verdict, VERDICT_WORSE);
	assert_int_equal(judge_boots(more, modes, 2).verdict, VERDICT_BETTER);
}

/* Operations far apart, at other places in each boot, and a median that is noisy. */
static void a_cost_that_all_operations_pay_is_found_in_a_wide_distribution(void **state)
{
	const struct boot_median base[] = { { 4151, 3900, 4400 },
					    { 4160, 3910, 4410 },
					    { 4155, 3890, 4395 } };
	const struct boot_median other[] = { { 4172, 3920, 4422 },
					     { 4181, 3931, 4432 },
					     { 4177, 3911, 4417 } };
	struct boot_median jumped[3];
	struct judgement j = judge_boots(base, other, 3);

	(void)state;
	assert_int_equal(j.verdict, VERDICT_WORSE);
	assert_int_equal(judge_boots(other, base, 3).verdict, VERDICT_BETTER);
	/* one end of one boot that stays where it was is enough to doubt */
	for (int end = 0; end < 2; end++) {
		memcpy(jumped, other, sizeof(jumped));
		if (end)
			jumped[1].high = base[1].high;
		else
			jumped[2].low = base[2].low;
		j = judge_boots(base, jumped, 3);
		assert_int_equal(j.verdict, VERDICT_INCONCLUSIVE);
		assert_non_null(strstr(j.why, "two modes"));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_median_is_the_middle_of_any_order),
		cmocka_unit_test(a_change_is_relative_to_base),
		cmocka_unit_test(nothing_is_a_percentage_of_zero),
		cmocka_unit_test(a_spread_is_the_range_over_the_median),
		cmocka_unit_test(more_at_every_seed_is_worse),
		cmocka_unit_test(less_at_every_seed_is_better),
		cmocka_unit_test(where_higher_is_better_more_is_better),
		cmocka_unit_test(equal_counts_are_the_same),
		cmocka_unit_test(a_change_within_the_floor_is_the_same),
		cmocka_unit_test(one_seed_beyond_the_floor_is_not_the_same),
		cmocka_unit_test(seeds_that_disagree_are_inconclusive),
		cmocka_unit_test(a_change_that_neither_sides_nor_pairs_show_is_inconclusive),
		cmocka_unit_test(a_cost_that_every_seed_pays_is_found_among_seeds_that_lie_apart),
		cmocka_unit_test(a_pair_that_pays_some_more_hides_no_cost),
		cmocka_unit_test(two_pairs_may_agree_by_chance),
		cmocka_unit_test(a_runner_that_lies_elsewhere_is_no_change),
		cmocka_unit_test(a_cost_that_appears_from_nothing_is_worse),
		cmocka_unit_test(one_boot_of_counts_is_enough),
		cmocka_unit_test(a_median_that_jumps_between_two_modes_is_inconclusive),
		cmocka_unit_test(one_seed_within_the_other_interval_is_enough_to_doubt),
		cmocka_unit_test(a_constant_cost_is_found_from_half_a_percent),
		cmocka_unit_test(a_cost_that_all_operations_pay_is_found_in_a_wide_distribution),
		/* EOL */
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
