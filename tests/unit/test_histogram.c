// SPDX-License-Identifier: GPL-2.0-or-later
/* The buckets of a histogram: fixed, narrow, and the same when merged. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "record/histogram.h"

static struct histogram a, b, both;

static void a_value_below_256_is_its_own_bucket(void **state)
{
	(void)state;
	for (uint64_t v = 0; v < 256; v++) {
		assert_int_equal(histogram_bucket(v), v);
		assert_int_equal(histogram_lowest(v), v);
	}
}

static void the_lowest_value_of_a_bucket_falls_into_it_and_the_one_below_does_not(void **state)
{
	(void)state;
	for (size_t i = 1; i < HISTOGRAM_BUCKETS; i++) {
		assert_int_equal(histogram_bucket(histogram_lowest(i)), i);
		assert_int_equal(histogram_bucket(histogram_lowest(i) - 1), i - 1);
	}
}

static void no_bucket_is_wider_than_a_128th_of_its_lowest_value(void **state)
{
	(void)state;
	for (size_t i = 256; i + 1 < HISTOGRAM_BUCKETS; i++) {
		uint64_t low = histogram_lowest(i), width = histogram_lowest(i + 1) - low;

		assert_true(width <= low / 128);
	}
}

static void the_largest_value_has_the_last_bucket(void **state)
{
	(void)state;
	assert_int_equal(histogram_bucket(UINT64_MAX), HISTOGRAM_BUCKETS - 1);
}

static void merging_adds_what_each_would_have_counted(void **state)
{
	uint64_t value = 1;

	(void)state;
	histogram_clear(&a);
	histogram_clear(&b);
	histogram_clear(&both);
	for (int i = 0; i < 4000; i++) {
		value = value * 6364136223846793005u + 1442695040888963407u;
		uint64_t v = value >> (value & 63);

		histogram_add(i % 3 ? &a : &b, v);
		histogram_add(&both, v);
	}
	histogram_merge(&a, &b);
	assert_memory_equal(&a, &both, sizeof(a));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_value_below_256_is_its_own_bucket),
		cmocka_unit_test(
			the_lowest_value_of_a_bucket_falls_into_it_and_the_one_below_does_not),
		cmocka_unit_test(no_bucket_is_wider_than_a_128th_of_its_lowest_value),
		cmocka_unit_test(the_largest_value_has_the_last_bucket),
		cmocka_unit_test(merging_adds_what_each_would_have_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
