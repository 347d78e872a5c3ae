// SPDX-License-Identifier: GPL-2.0-or-later
/* Samples and their summary: quantiles are values that occurred, nothing is lost unseen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "measure/samples.h"

static struct histogram histogram;

static void quantiles_of_1_to_100_are_the_ranks_themselves(void **state)
{
	struct samples s;
	struct summary sum;

	(void)state;
	assert_int_equal(samples_init(&s, 100), 0);
	for (uint64_t i = 0; i < 100; i++)
		samples_add(&s, 0, (i * 37) % 100 + 1);
	samples_summary(&s, 0, 1.0, &sum, &histogram);
	assert_int_equal(sum.n, 100);
	assert_true(sum.min == 1 && sum.median == 50 && sum.p90 == 90 && sum.p99 == 99);
	assert_true(sum.max == 100 && sum.mean == 50.5);
	assert_true(sum.median_low == 40 && sum.median_high == 60);
	samples_free(&s);
}

static void one_operation_is_all_its_quantiles(void **state)
{
	struct samples s;
	struct summary sum;

	(void)state;
	assert_int_equal(samples_init(&s, 1), 0);
	samples_add(&s, 2, 7);
	samples_summary(&s, 2, 1.0, &sum, &histogram);
	assert_true(sum.min == 7 && sum.median == 7 && sum.p99 == 7 && sum.max == 7);
	assert_int_equal(histogram.count[7], 1);
	samples_free(&s);
}

static void the_median_of_an_even_number_is_the_lower_middle_value(void **state)
{
	struct samples s;
	struct summary sum;

	(void)state;
	assert_int_equal(samples_init(&s, 2), 0);
	samples_add(&s, 0, 10);
	samples_add(&s, 0, 20);
	samples_summary(&s, 0, 1.0, &sum, &histogram);
	assert_true(sum.median == 10 && sum.p90 == 20);
	samples_free(&s);
}

static void ticks_are_turned_into_units(void **state)
{
	struct samples s;
	struct summary sum;

	(void)state;
	assert_int_equal(samples_init(&s, 1), 0);
	samples_add(&s, 0, 30);
	samples_summary(&s, 0, 3.0, &sum, &histogram);
	assert_true(sum.median == 10);
	assert_int_equal(histogram.count[10], 1);
	samples_free(&s);
}

static void what_does_not_fit_is_counted_and_not_written(void **state)
{
	struct samples s;

	(void)state;
	assert_int_equal(samples_init(&s, 2), 0);
	for (uint64_t i = 0; i < 5; i++)
		samples_add(&s, 1, i);
	assert_int_equal(s.n[1], 2);
	assert_int_equal(s.dropped, 3);
	samples_clear(&s);
	assert_int_equal(s.n[1] + s.dropped, 0);
	samples_free(&s);
}

static void the_clock_never_runs_backwards_and_says_what_it_costs(void **state)
{
	struct clock_facts facts;

	(void)state;
	assert_int_equal(clock_setup(false, &facts), 0);
	assert_string_equal(facts.unit, "ns");
	assert_true(facts.ticks_per_unit > 0 && facts.overhead >= 0);
	for (int i = 0; i < 1000; i++) {
		uint64_t start = clock_start();

		assert_true(clock_stop() >= start);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(quantiles_of_1_to_100_are_the_ranks_themselves),
		cmocka_unit_test(one_operation_is_all_its_quantiles),
		cmocka_unit_test(the_median_of_an_even_number_is_the_lower_middle_value),
		cmocka_unit_test(ticks_are_turned_into_units),
		cmocka_unit_test(what_does_not_fit_is_counted_and_not_written),
		cmocka_unit_test(the_clock_never_runs_backwards_and_says_what_it_costs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
