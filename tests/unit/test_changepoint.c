// SPDX-License-Identifier: GPL-2.0-or-later
/* A step in nights: where it is found, and where none is named. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_statistics_double.h>

#include "compare/changepoint.h"
#include "tests/unit/close.h"

#define NIGHTS 60

/* Normal numbers from GSL: the generator under test draws none of them. */
static void noise(double *values, size_t n, unsigned long seed)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);

	gsl_rng_set(rng, seed);
	for (size_t i = 0; i < n; i++)
		values[i] = gsl_ran_gaussian(rng, 1);
	gsl_rng_free(rng);
}

/* The first n of them, without a step that is known. */
static int find(const double *values, size_t n, uint64_t seed, struct changepoint *cp)
{
	return changepoint_find(
		&(struct changepoint_series){ .values = values, .n = n, .seed = seed }, cp);
}

static void shift(double *values, size_t from, size_t to, double by)
{
	for (size_t i = from; i < to; i++)
		values[i] += by;
}

static void a_step_is_found_where_it_is(void **state)
{
	double values[NIGHTS];
	struct changepoint cp;

	(void)state;
	for (unsigned long seed = 1; seed <= 20; seed++) {
		noise(values, NIGHTS, seed);
		shift(values, 40, NIGHTS, 6);
		assert_int_equal(find(values, NIGHTS, 1, &cp), 0);
		assert_true(cp.found);
		assert_true(cp.first <= 40 && cp.last >= 40);
		assert_true(cp.split >= 39 && cp.split <= 41);
		assert_true(fabs(cp.after - cp.before - 6) < 1);
		assert_true(cp.p <= 1 / 800.0);
	}
}

/* The two means and their t by GSL, of nights that are neither outliers nor clipped. */
static void t_is_that_of_two_samples(void **state)
{
	double values[NIGHTS], before, after, t;
	struct changepoint cp;

	(void)state;
	for (size_t i = 0; i < NIGHTS; i++)
		values[i] = (i % 2 ? 1 : -1) + (i >= 30 ? 3 : 0);
	assert_int_equal(find(values, NIGHTS, 1, &cp), 0);
	assert_int_equal(cp.split, 30);
	before = gsl_stats_variance(values, 1, 30) * 29;
	after = gsl_stats_variance(values + 30, 1, 30) * 29;
	t = 3 / sqrt((before + after) / (NIGHTS - 2) * (2 / 30.0));
	assert_true(cp.autocorrelation < 0.15);
	assert_close(cp.statistic, t);
	assert_close(cp.deviation, sqrt((before + after) / (NIGHTS - 2)));
}

static void the_same_nights_give_the_same_answer(void **state)
{
	double values[NIGHTS];
	struct changepoint one, two;

	(void)state;
	noise(values, NIGHTS, 5);
	shift(values, 50, NIGHTS, 2);
	assert_int_equal(find(values, NIGHTS, 9, &one), 0);
	assert_int_equal(find(values, NIGHTS, 9, &two), 0);
	assert_memory_equal(&one, &two, sizeof(one));
}

/* Neither the unit nor its origin is the method's business. */
static void scale_and_level_do_not_matter(void **state)
{
	double values[NIGHTS];
	struct changepoint one, two;

	(void)state;
	noise(values, NIGHTS, 6);
	shift(values, 45, NIGHTS, 3);
	assert_int_equal(find(values, NIGHTS, 3, &one), 0);
	for (size_t i = 0; i < NIGHTS; i++)
		values[i] = values[i] * 1e-3 + 0.5;
	assert_int_equal(find(values, NIGHTS, 3, &two), 0);
	assert_true(one.found && two.found);
	assert_int_equal(one.split, two.split);
	assert_true(fabs(two.statistic - one.statistic) < 1e-6);
	assert_true(fabs((two.after - two.before) * 1e3 - (one.after - one.before)) < 1e-6);
}

static void one_wild_night_is_no_step(void **state)
{
	double values[NIGHTS];
	struct changepoint cp;

	(void)state;
	for (size_t at = 20; at < NIGHTS; at++) {
		noise(values, NIGHTS, 7);
		values[at] += 40;
		assert_int_equal(find(values, at + 1, 1, &cp), 0);
		assert_false(cp.found);
		assert_int_equal(find(values, NIGHTS, 1, &cp), 0);
		assert_false(cp.found);
		assert_int_equal(cp.outliers, 1);
	}
}

static void a_wild_night_does_not_hide_a_step(void **state)
{
	double values[NIGHTS];
	struct changepoint cp;

	(void)state;
	noise(values, NIGHTS, 8);
	shift(values, 50, NIGHTS, 4);
	values[55] -= 60;
	values[20] += 60;
	assert_int_equal(find(values, NIGHTS, 1, &cp), 0);
	assert_true(cp.found);
	assert_true(cp.first <= 50 && cp.last >= 50);
	assert_true(fabs(cp.after - cp.before - 4) < 1.5);
}

static void a_drift_is_no_step(void **state)
{
	double values[NIGHTS];
	struct changepoint cp;

	(void)state;
	noise(values, NIGHTS, 10);
	for (size_t i = 0; i < NIGHTS; i++)
		values[i] += 0.15 * (double)i;
	assert_int_equal(find(values, NIGHTS, 1, &cp), 0);
	assert_false(cp.found);
	assert_int_equal(cp.held, CHANGEPOINT_DRIFTS);
	assert_string_equal(changepoint_held_name(cp.held), "drifts");
}

/* A walk: every night is where the last one was, and a bit. */
static void no_step_is_named_in_a_walk(void **state)
{
	double values[NIGHTS];
	struct changepoint cp;
	size_t held = 0;

	(void)state;
	for (unsigned long seed = 1; seed <= 30; seed++) {
		noise(values, NIGHTS, seed);
		for (size_t i = 1; i < NIGHTS; i++)
			values[i] += values[i - 1];
		assert_int_equal(find(values, NIGHTS, 1, &cp), 0);
		assert_false(cp.found);
		assert_true(cp.autocorrelation > 0.4);
		held += cp.held == CHANGEPOINT_AUTOCORRELATED;
	}
	assert_true(held > 0);
}

static void too_few_nights_say_nothing(void **state)
{
	double values[NIGHTS] = { 0 };
	struct changepoint cp;

	(void)state;
	shift(values, 12, NIGHTS, 1);
	for (size_t n = 0; n < CHANGEPOINT_BEFORE_MIN + CHANGEPOINT_AFTER_MIN; n++) {
		assert_int_equal(find(values, n, 1, &cp), 0);
		assert_false(cp.found);
	}
}

static void equal_nights_have_no_step(void **state)
{
	double values[NIGHTS];
	struct changepoint cp;

	(void)state;
	for (size_t i = 0; i < NIGHTS; i++)
		values[i] = 0.25;
	assert_int_equal(find(values, NIGHTS, 1, &cp), 0);
	assert_false(cp.found);
	assert_int_equal(cp.outliers, 0);
}

static void a_step_between_equal_nights_is_found(void **state)
{
	double values[NIGHTS] = { 0 };
	struct changepoint cp;

	(void)state;
	shift(values, 50, NIGHTS, 1);
	assert_int_equal(find(values, NIGHTS, 1, &cp), 0);
	assert_true(cp.found);
	assert_int_equal(cp.split, 50);
	assert_close(cp.after, 1);
}

/* --- a second step, soon after one that is known */

static void find_after(const double *values, size_t n, size_t step, struct changepoint *cp)
{
	const struct changepoint_series series = {
		.values = values,
		.n = n,
		.steps = &step,
		.n_steps = 1,
		.seed = 1,
	};

	assert_int_equal(changepoint_find(&series, cp), 0);
}

static void a_second_step_five_nights_after_the_first_is_found(void **state)
{
	double values[NIGHTS];
	struct changepoint cp;
	size_t found = 0;

	(void)state;
	for (unsigned long seed = 1; seed <= 40; seed++) {
		noise(values, NIGHTS, seed);
		shift(values, 43, NIGHTS, 4);
		shift(values, 48, NIGHTS, 4);
		find_after(values, NIGHTS, 43, &cp);
		found += cp.found && !cp.returns && cp.first <= 48 && cp.last >= 48;
	}
	assert_true(found >= 38);
}

static void a_level_that_is_back_is_a_return(void **state)
{
	double values[NIGHTS];
	struct changepoint cp;
	size_t found = 0;

	(void)state;
	for (unsigned long seed = 1; seed <= 40; seed++) {
		noise(values, NIGHTS, seed);
		shift(values, 43, 48, 4);
		find_after(values, NIGHTS, 43, &cp);
		found += cp.found && cp.returns && cp.returned == 0;
	}
	assert_true(found >= 38);
}

static void half_of_the_way_back_is_no_return(void **state)
{
	double values[NIGHTS];
	struct changepoint cp;

	(void)state;
	for (unsigned long seed = 1; seed <= 20; seed++) {
		noise(values, NIGHTS, seed);
		shift(values, 40, NIGHTS, 12);
		shift(values, 48, NIGHTS, -6);
		find_after(values, NIGHTS, 40, &cp);
		assert_true(cp.found && cp.after < cp.before);
		assert_false(cp.returns);
	}
}

/* Both ends of it at once, where the first was not found while it lasted. */
static void a_level_that_came_and_went_is_found_with_both_ends(void **state)
{
	double values[NIGHTS];
	struct changepoint cp;
	size_t found = 0;

	(void)state;
	for (unsigned long seed = 1; seed <= 20; seed++) {
		noise(values, NIGHTS, seed);
		shift(values, 46, 52, 5);
		assert_int_equal(find(values, NIGHTS, 1, &cp), 0);
		found += cp.found && cp.split >= 45 && cp.split <= 47 && cp.back >= 51 &&
			 cp.back <= 53 && fabs(cp.after - cp.before - 5) < 2;
	}
	assert_true(found >= 17);
}

static void a_step_that_is_known_is_not_found_again(void **state)
{
	double values[NIGHTS];
	struct changepoint cp;

	(void)state;
	for (unsigned long seed = 1; seed <= 20; seed++) {
		noise(values, NIGHTS, seed);
		shift(values, 40, NIGHTS, 10);
		find_after(values, NIGHTS, 40, &cp);
		assert_false(cp.found);
	}
}

/* --- values that a clock rounds */

static void nights_that_are_equal_but_for_rounding_have_no_step(void **state)
{
	double values[NIGHTS];
	struct changepoint cp;

	(void)state;
	for (unsigned int ns = 2; ns < 200; ns++) {
		for (size_t i = 0; i < NIGHTS; i++)
			values[i] = log(ns * 3) - log(i % 2 ? 3 : 3 + 1e-14);
		for (size_t n = 1; n <= NIGHTS; n++) {
			assert_int_equal(find(values, n, n, &cp), 0);
			assert_false(cp.found);
		}
	}
}

static void a_tick_of_a_coarse_clock_is_no_step_and_a_step_of_one_is(void **state)
{
	double values[NIGHTS];
	struct changepoint cp;

	(void)state;
	for (size_t i = 0; i < NIGHTS; i++)
		values[i] = log(i % 17 == 3 ? 25 : 24);
	for (size_t n = 1; n <= NIGHTS; n++) {
		assert_int_equal(find(values, n, n, &cp), 0);
		assert_false(cp.found);
	}
	for (size_t i = 50; i < NIGHTS; i++)
		values[i] = log(25);
	assert_int_equal(find(values, NIGHTS, 1, &cp), 0);
	assert_true(cp.found);
	assert_true(cp.first <= 50 && cp.last >= 50);
}

static void a_step_below_the_least_is_none(void **state)
{
	struct changepoint_series series = { .n = NIGHTS, .seed = 1 };
	double values[NIGHTS];
	struct changepoint cp;

	(void)state;
	noise(values, NIGHTS, 3);
	for (size_t i = 0; i < NIGHTS; i++)
		values[i] *= 1e-4;
	shift(values, 40, NIGHTS, 1e-3);
	series.values = values;
	series.least = 2e-3;
	assert_int_equal(changepoint_find(&series, &cp), 0);
	assert_false(cp.found);
	series.least = 5e-4;
	assert_int_equal(changepoint_find(&series, &cp), 0);
	assert_true(cp.found);
}

/* --- counts */

static struct count_night count_of(double value, double low, double high)
{
	return (struct count_night){
		.ratio = log(value / 5000),
		.ratio_low = log(value / 5000),
		.ratio_high = log(value / 5000),
		.low = log(low / 5000),
		.high = log(high / 5000),
	};
}

static bool found(const struct count_night *nights, size_t n, struct changepoint *cp)
{
	const struct count_series series = {
		.nights = nights,
		.n = n,
		.none_pct = 0.2,
		.seed = 1,
	};

	assert_int_equal(changepoint_count(&series, cp), 0);
	return cp->found;
}

static void a_count_that_moved_by_the_floor_is_found_the_first_night(void **state)
{
	struct count_night nights[5];
	struct changepoint cp;

	(void)state;
	for (size_t i = 0; i < 4; i++)
		nights[i] = count_of(5000, 5000, 5000);
	nights[4] = count_of(5010, 5010, 5010);
	assert_false(found(nights, 4, &cp));
	assert_true(found(nights, 5, &cp));
	assert_int_equal(cp.split, 4);
	assert_int_equal(cp.first, 4);
	assert_int_equal(cp.last, 4);
	assert_true(fabs(expm1(cp.after - cp.before) - 0.002) < 1e-12);
	nights[4] = count_of(5009, 5009, 5009);
	assert_false(found(nights, 5, &cp));
	nights[4] = count_of(4990, 4990, 4990);
	assert_true(found(nights, 5, &cp));
	/* one night before is enough */
	assert_true(found(nights + 3, 2, &cp));
	assert_false(found(nights + 4, 1, &cp));
}

static void a_median_between_two_modes_is_no_change(void **state)
{
	struct count_night nights[3] = {
		count_of(5000, 5000, 5600),
		count_of(5000, 5000, 5600),
		count_of(5600, 5000, 5600),
	};
	struct changepoint cp;

	(void)state;
	assert_false(found(nights, 3, &cp));
	/* both modes moved */
	nights[2] = count_of(5100, 5100, 5700);
	assert_true(found(nights, 3, &cp));
}

static void seeds_must_agree_about_a_count(void **state)
{
	struct count_night nights[3] = {
		count_of(5000, 5000, 5000),
		count_of(5000, 5000, 5000),
		count_of(5100, 5100, 5100),
	};
	struct changepoint cp;

	(void)state;
	nights[2].ratio_low = 0;
	assert_false(found(nights, 3, &cp));
}

static void a_count_that_creeps_is_found_with_all_nights_it_took(void **state)
{
	struct count_night nights[10];
	struct changepoint cp;
	size_t n = 1;

	(void)state;
	for (size_t i = 0; i < 10; i++) {
		double value = i < 6 ? 5000 : 5000 + 4 * (double)(i - 5);

		nights[i] = count_of(value, value, value);
	}
	while (n < 10 && !found(nights, n, &cp))
		n++;
	assert_int_equal(n, 9);
	assert_int_equal(cp.first, 6);
	assert_int_equal(cp.last, 8);
}

/* Nights that are apart by more than the floor are no exact series. */
static void a_count_that_varies_is_judged_like_a_time(void **state)
{
	struct count_night nights[NIGHTS];
	double values[NIGHTS];
	struct changepoint cp;

	(void)state;
	noise(values, NIGHTS, 12);
	for (size_t i = 0; i < NIGHTS; i++) {
		double value = 5000 + 50 * values[i] + (i >= 50 ? 300 : 0);

		nights[i] = count_of(value, value, value);
	}
	assert_false(found(nights, 51, &cp));
	assert_true(found(nights, NIGHTS, &cp));
	assert_true(cp.p > 0);
	assert_true(cp.first <= 50 && cp.last >= 50);
}

static void a_count_that_is_back_is_a_return(void **state)
{
	const size_t step = 3;
	struct count_night nights[6];
	struct count_series series = {
		.nights = nights,
		.n = 6,
		.steps = &step,
		.n_steps = 1,
		.none_pct = 0.2,
		.seed = 1,
	};
	struct changepoint cp;

	(void)state;
	for (size_t i = 0; i < 6; i++) {
		double value = i < 3 ? 5000 : i < 5 ? 5100 : 5004;

		nights[i] = count_of(value, value, value);
	}
	assert_int_equal(changepoint_count(&series, &cp), 0);
	assert_true(cp.found && cp.returns && cp.split == 5);
	nights[5] = count_of(5050, 5050, 5050);
	assert_int_equal(changepoint_count(&series, &cp), 0);
	assert_true(cp.found && !cp.returns);
}

/* Its nights lie apart whatever has become of its level; two of them tell nothing of it. */
static void a_count_that_varies_stays_so_after_a_step(void **state)
{
	const size_t step = 50;
	struct count_night nights[NIGHTS];
	struct count_series series = {
		.nights = nights,
		.steps = &step,
		.n_steps = 1,
		.none_pct = 0.2,
		.seed = 1,
	};
	double values[NIGHTS];
	struct changepoint cp;

	(void)state;
	noise(values, NIGHTS, 12);
	for (size_t i = 0; i < NIGHTS; i++) {
		double value = 5000 + 50 * values[i] + (i >= step ? 300 : 0);

		nights[i] = count_of(value, value, value);
	}
	for (series.n = step + 1; series.n <= NIGHTS; series.n++) {
		assert_int_equal(changepoint_count(&series, &cp), 0);
		assert_false(cp.found);
	}
}

static void an_odd_night_before_a_step_does_not_delay_the_next_one(void **state)
{
	const size_t step = 20;
	struct count_night nights[62];
	struct count_series series = {
		.nights = nights,
		.n = 61,
		.steps = &step,
		.n_steps = 1,
		.none_pct = 0.2,
		.seed = 1,
	};
	struct changepoint cp;

	(void)state;
	for (size_t i = 0; i < 62; i++) {
		double value = i == 10 ? 5020 : i < step ? 5000 : i < 60 ? 5100 : 5355;

		nights[i] = count_of(value, value, value);
	}
	assert_int_equal(changepoint_count(&series, &cp), 0);
	assert_true(cp.found);
	assert_int_equal(cp.split, 60);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_step_is_found_where_it_is),
		cmocka_unit_test(t_is_that_of_two_samples),
		cmocka_unit_test(the_same_nights_give_the_same_answer),
		cmocka_unit_test(scale_and_level_do_not_matter),
		cmocka_unit_test(one_wild_night_is_no_step),
		cmocka_unit_test(a_wild_night_does_not_hide_a_step),
		cmocka_unit_test(a_drift_is_no_step),
		cmocka_unit_test(no_step_is_named_in_a_walk),
		cmocka_unit_test(too_few_nights_say_nothing),
		cmocka_unit_test(equal_nights_have_no_step),
		cmocka_unit_test(a_step_between_equal_nights_is_found),
		cmocka_unit_test(a_second_step_five_nights_after_the_first_is_found),
		cmocka_unit_test(a_level_that_is_back_is_a_return),
		cmocka_unit_test(half_of_the_way_back_is_no_return),
		cmocka_unit_test(a_level_that_came_and_went_is_found_with_both_ends),
		cmocka_unit_test(a_step_that_is_known_is_not_found_again),
		cmocka_unit_test(nights_that_are_equal_but_for_rounding_have_no_step),
		cmocka_unit_test(a_tick_of_a_coarse_clock_is_no_step_and_a_step_of_one_is),
		cmocka_unit_test(a_step_below_the_least_is_none),
		cmocka_unit_test(a_count_that_moved_by_the_floor_is_found_the_first_night),
		cmocka_unit_test(a_median_between_two_modes_is_no_change),
		cmocka_unit_test(seeds_must_agree_about_a_count),
		cmocka_unit_test(a_count_that_creeps_is_found_with_all_nights_it_took),
		cmocka_unit_test(a_count_that_varies_is_judged_like_a_time),
		cmocka_unit_test(a_count_that_is_back_is_a_return),
		cmocka_unit_test(a_count_that_varies_stays_so_after_a_step),
		cmocka_unit_test(an_odd_night_before_a_step_does_not_delay_the_next_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
