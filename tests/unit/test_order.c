// SPDX-License-Identifier: GPL-2.0-or-later
/* The order of timed boots: random, balanced, and the same for the same seed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "plan/order.h"

#define PAIRS_MAX ((size_t)101)

static size_t base_first(const struct order_boot *boots, size_t pairs)
{
	size_t n = 0;

	for (size_t i = 0; i < pairs; i++)
		n += boots[2 * i].side == 0;
	return n;
}

static void the_same_seed_gives_the_same_order(void **state)
{
	struct order_boot one[2 * PAIRS_MAX], two[2 * PAIRS_MAX];
	size_t same = 0;

	(void)state;
	memset(one, 0, sizeof(one));
	memset(two, 0xff, sizeof(two));
	order_draw(7, 2, PAIRS_MAX, one);
	order_draw(7, 2, PAIRS_MAX, two);
	for (size_t i = 0; i < 2 * PAIRS_MAX; i++) {
		assert_int_equal(one[i].side, two[i].side);
		assert_int_equal(one[i].pair, two[i].pair);
		assert_int_equal(one[i].seed, two[i].seed);
	}
	order_draw(8, 2, PAIRS_MAX, two);
	for (size_t i = 0; i < 2 * PAIRS_MAX; i++)
		same += one[i].side == two[i].side;
	assert_in_range(same, 1, 2 * PAIRS_MAX - 1);
}

/* An order that was recorded can be drawn again by any later version. */
static void the_order_of_a_seed_is_fixed_for_good(void **state)
{
	/* as another program computed them from what order.h says */
	static const size_t first[] = { 1, 0, 0, 1 };
	static const uint32_t seeds[] = { 1119685267, 1398935169, 3083872531, 2551136389 };
	struct order_boot boots[8];

	(void)state;
	order_draw(1, 2, 4, boots);
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(boots[2 * i].side, first[i]);
		assert_int_equal(boots[2 * i].seed, seeds[i]);
	}
}

static void a_pair_has_both_sides_one_after_the_other(void **state)
{
	struct order_boot boots[2 * PAIRS_MAX];

	(void)state;
	for (uint64_t seed = 1; seed <= 50; seed++) {
		order_draw(seed, 2, PAIRS_MAX, boots);
		for (size_t i = 0; i < PAIRS_MAX; i++) {
			assert_int_equal(boots[2 * i].pair, i + 1);
			assert_int_equal(boots[2 * i + 1].pair, i + 1);
			assert_int_equal(boots[2 * i].side + boots[2 * i + 1].side, 1);
		}
	}
}

static void each_side_is_first_in_half_of_the_pairs(void **state)
{
	struct order_boot boots[2 * PAIRS_MAX];
	size_t more = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= 100; seed++) {
		order_draw(seed, 2, 10, boots);
		assert_int_equal(base_first(boots, 10), 5);
		order_draw(seed, 2, PAIRS_MAX, boots);
		assert_in_range(base_first(boots, PAIRS_MAX), PAIRS_MAX / 2, PAIRS_MAX / 2 + 1);
		more += base_first(boots, PAIRS_MAX) > PAIRS_MAX / 2;
	}
	/* the odd pair falls to either: outside of this once in 10^9 such tests */
	assert_in_range(more, 20, 80);
}

static void no_place_belongs_to_a_side(void **state)
{
	struct order_boot boots[20];
	size_t first[10] = { 0 };

	(void)state;
	for (uint64_t seed = 1; seed <= 1000; seed++) {
		order_draw(seed, 2, 10, boots);
		for (size_t i = 0; i < 10; i++)
			first[i] += boots[2 * i].side == 0;
	}
	/* 500 of 1000 expected; six standard deviations are 95 */
	for (size_t i = 0; i < 10; i++)
		assert_in_range(first[i], 405, 595);
}

static void a_seed_belongs_to_one_pair(void **state)
{
	struct order_boot boots[2 * PAIRS_MAX];

	(void)state;
	order_draw(3, 2, PAIRS_MAX, boots);
	for (size_t i = 0; i < PAIRS_MAX; i++) {
		assert_int_equal(boots[2 * i].seed, boots[2 * i + 1].seed);
		assert_true(boots[2 * i].seed >= 1);
		for (size_t k = 0; k < i; k++)
			assert_int_not_equal(boots[2 * i].seed, boots[2 * k].seed);
	}
}

static void one_pair_is_an_order_too(void **state)
{
	struct order_boot boots[2];
	size_t n = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= 100; seed++) {
		order_draw(seed, 2, 1, boots);
		n += base_first(boots, 1);
	}
	assert_in_range(n, 20, 80);
}

/* Each of the 6 orders of 3 sides stands in a sixth of the pairs, and each pair has all sides. */
static void of_three_sides_every_order_is_as_likely(void **state)
{
	struct order_boot boots[3 * PAIRS_MAX];
	size_t count[27] = { 0 };

	(void)state;
	for (uint64_t seed = 1; seed <= 100; seed++) {
		order_draw(seed, 3, PAIRS_MAX, boots);
		for (size_t i = 0; i < 3 * PAIRS_MAX; i += 3)
			count[9 * boots[i].side + 3 * boots[i + 1].side + boots[i + 2].side]++;
	}
	for (size_t i = 0; i < 27; i++) {
		size_t a = i / 9, b = i / 3 % 3, c = i % 3;

		/* 1683 of 10100 expected; six standard deviations are 225 */
		if (a != b && b != c && a != c)
			assert_in_range(count[i], 1458, 1908);
		else
			assert_int_equal(count[i], 0);
	}
}

static void the_boots_of_a_pair_share_its_seed(void **state)
{
	struct order_boot boots[5 * PAIRS_MAX];

	(void)state;
	order_draw(9, 5, PAIRS_MAX, boots);
	for (size_t i = 0; i < 5 * PAIRS_MAX; i++) {
		assert_int_equal(boots[i].pair, i / 5 + 1);
		for (size_t k = 0; k < i; k++)
			assert_int_equal(boots[i].seed == boots[k].seed, i / 5 == k / 5);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_seed_gives_the_same_order),
		cmocka_unit_test(the_order_of_a_seed_is_fixed_for_good),
		cmocka_unit_test(a_pair_has_both_sides_one_after_the_other),
		cmocka_unit_test(each_side_is_first_in_half_of_the_pairs),
		cmocka_unit_test(no_place_belongs_to_a_side),
		cmocka_unit_test(a_seed_belongs_to_one_pair),
		cmocka_unit_test(one_pair_is_an_order_too),
		cmocka_unit_test(of_three_sides_every_order_is_as_likely),
		cmocka_unit_test(the_boots_of_a_pair_share_its_seed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
