// SPDX-License-Identifier: GPL-2.0-or-later
/* Where a median or a p99 lies, and how many boots and operations it takes. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <gsl/gsl_cdf.h>

#include "compare/precision.h"
#include "compare/quantile.h"
#include "tests/unit/close.h"

static void ranks_are_those_of_r(void **state)
{
	/* n, q, qbinom(0.025, n, q), qbinom(0.975, n, q) + 1 */
	static const struct {
		int64_t n;
		double q;
		int64_t low, high;
	} known[] = {
		{ 6, 0.5, 1, 6 },
		{ 100, 0.5, 40, 61 },
		{ 1000, 0.5, 469, 532 },
		{ 6144, 0.5, 2995, 3150 },
		{ 6, 0.99, 5, 7 },
		{ 100, 0.99, 97, 101 },
		{ 1000, 0.99, 983, 997 },
		{ 6144, 0.99, 6067, 6098 },
		/* by GSL: R 4.2.2 itself says 4585 in place of 4526 */
		{ 4585, 0.99, 4526, 4553 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(known); i++) {
		int64_t low, high;

		quantile_ranks(known[i].n, known[i].q, &low, &high);
		assert_int_equal(low, known[i].low);
		assert_int_equal(high, known[i].high);
	}
}

static void between_the_ranks_lie_95_percent_and_no_rank_too_many(void **state)
{
	(void)state;
	for (unsigned int n = 1; n < 3000; n += 7) {
		int64_t low, high;

		quantile_ranks(n, 0.99, &low, &high);
		if (low >= 1)
			assert_true(gsl_cdf_binomial_P((unsigned int)low - 1, 0.99, n) <= 0.025 ||
				    low == 1);
		assert_true(gsl_cdf_binomial_P((unsigned int)low, 0.99, n) >= 0.025);
		assert_true(gsl_cdf_binomial_Q((unsigned int)high - 1, 0.99, n) <= 0.025);
		assert_true(high - 1 <= low ||
			    gsl_cdf_binomial_Q((unsigned int)high - 2, 0.99, n) > 0.025);
	}
}

static void an_interval_ends_where_buckets_do(void **state)
{
	/* 100 operations: ranks 40 and 61 of the median */
	struct side_bucket buckets[] = { { 100, 39 }, { 120, 11 }, { 256, 11 }, { 4096, 39 } };
	const struct side_sample sample = { .n = 100, .buckets = buckets, .n_buckets = 4 };
	struct quantile_interval interval;

	(void)state;
	quantile_interval(&sample, 0.5, &interval);
	assert_close(interval.low, 120);
	assert_close(interval.high, 257);
	/* rank 40 is the first of eleven in [119.5, 120.5), rank 61 the last in [255.5, 257.5) */
	assert_close(interval.error,
		     log((255.5 + 2 * 10.5 / 11) / (119.5 + 0.5 / 11)) / (2 * 1.959963984540054));
	quantile_interval(&sample, 0.99, &interval);
	assert_close(interval.low, 4096);
	assert_true(isinf(interval.high));
	assert_true(isnan(interval.error));
}

static void one_operation_bounds_nothing(void **state)
{
	struct side_bucket bucket = { 7, 1 };
	const struct side_sample sample = { .n = 1, .buckets = &bucket, .n_buckets = 1 };
	struct quantile_interval interval;

	(void)state;
	quantile_interval(&sample, 0.5, &interval);
	assert_true(interval.low == 0 && isinf(interval.high) && isnan(interval.error));
}

static void pairs_are_as_many_as_the_width_needs(void **state)
{
	(void)state;
	/* n <- 5; while (qt(0.975, n - 1) * s / sqrt(n) > w) n <- n + 1 */
	assert_int_equal(pairs_needed(0.02, 0.01), 18);
	assert_int_equal(pairs_needed(0.02, 0.005), 64);
	assert_int_equal(pairs_needed(0.05, 0.01), 99);
	assert_int_equal(pairs_needed(0.001, 0.01), PAIRS_MIN);
	assert_int_equal(pairs_needed(0, 0.01), PAIRS_MIN);
	assert_int_equal(pairs_needed(10, 1e-6), 0);
	for (size_t n = 2; n < 60; n++)
		assert_close(interval_half(0.3, n),
			     gsl_cdf_tdist_Pinv(0.975, (double)n - 1) * 0.3 / sqrt((double)n));
}

static void operations_make_only_their_own_part_smaller(void **state)
{
	const struct pair_spread spread = { .total = 5, .within = 3 };
	const struct pair_spread noisy = { .total = 1, .within = 2 };
	const struct pair_spread unknown = { .total = 1, .within = NAN };

	(void)state;
	assert_close(spread_between(&spread), 4);
	assert_close(spread_with(&spread, 1), 5);
	assert_close(spread_with(&spread, 9), sqrt(17));
	/* 9 / 5.625 is a tenth of 16 */
	assert_close(operations_worth(&spread), 5.625);
	/* boots that differ by less than their operations should make them */
	assert_close(spread_between(&noisy), 0);
	assert_close(spread_with(&noisy, 1), 1);
	assert_true(isinf(operations_worth(&noisy)));
	assert_true(isnan(spread_between(&unknown)));
	assert_true(isnan(spread_with(&unknown, 2)));
	assert_true(isnan(operations_worth(&unknown)));
	assert_close(operations_worth(&(struct pair_spread){ .total = 5, .within = 1 }), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ranks_are_those_of_r),
		cmocka_unit_test(between_the_ranks_lie_95_percent_and_no_rank_too_many),
		cmocka_unit_test(an_interval_ends_where_buckets_do),
		cmocka_unit_test(one_operation_bounds_nothing),
		cmocka_unit_test(pairs_are_as_many_as_the_width_needs),
		cmocka_unit_test(operations_make_only_their_own_part_smaller),
		/* EOL */
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
