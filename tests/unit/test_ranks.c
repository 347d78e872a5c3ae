// SPDX-License-Identifier: GPL-2.0-or-later
/* Tests without a distribution, and many tests together, as R has them (4.2.2). */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <gsl/gsl_statistics_double.h>

#include "compare/holm.h"
#include "compare/signed_rank.h"
#include "compare/stats.h"
#include "tests/unit/close.h"

static double ranks(const double *difference, size_t n)
{
	double p = NAN;

	assert_int_equal(signed_rank_test(difference, n, &p), 0);
	return p;
}

static void a_signed_rank_test_is_exact(void **state)
{
	const double one_off[] = { 1.2, -0.4, 3.1, 0.9, 2.2 };
	const double ten[] = { 0.11, -0.2, 0.35, 0.42, -0.05, 0.6, 0.71, 0.83, -0.09, 1.01 };
	double fifty[50];

	(void)state;
	for (int i = 1; i <= 50; i++)
		fifty[i - 1] = i % 3 ? i : -i;
	/* wilcox.test(x)$p.value */
	assert_close(ranks(one_off, 5), 0.125);
	assert_close(ranks(ten, 10), 0.037109375);
	/* wilcox.test((1:50) * ifelse((1:50) %% 3 == 0, -1, 1), exact = TRUE)$p.value */
	assert_close(ranks(fifty, 50), 0.02616696817119646);
}

static void equal_sizes_share_their_ranks_and_zeros_have_none(void **state)
{
	const double ties[] = { 1, 1, -1, 2, 2, 3, 0, -2, 4, 4, 4 };
	const double logs[] = { log(1.05), log(1 / 1.05), log(1.02), log(1.03) };

	(void)state;
	/*
	 * d <- d[d != 0]; r <- rank(abs(d)); w <- sum(r[d > 0])
	 * s <- as.matrix(expand.grid(rep(list(0:1), length(d)))) %*% r
	 * 2 * min(mean(s <= w), mean(s >= w))
	 */
	assert_close(ranks(ties, 11), 0.041015625);
	/* as with ranks 1, 2, 3.5 and -3.5 */
	assert_close(ranks(logs, 4), 0.75);
}

static void many_differences_take_the_normal_approximation(void **state)
{
	double l[60];

	(void)state;
	for (int i = 1; i <= 60; i++)
		l[i - 1] = (i * 37 % 61 - 25) / 10.0;
	/* i <- 1:60; wilcox.test(((i * 37) %% 61 - 25) / 10, exact = FALSE)$p.value */
	assert_close(ranks(l, 60), 0.02521022193871456);
}

static void nothing_but_zeros_is_no_change(void **state)
{
	const double zeros[] = { 0, 0, 0 }, even[] = { 1, -1 };

	(void)state;
	assert_close(ranks(zeros, 3), 1);
	assert_close(ranks(even, 2), 1);
	assert_close(ranks(zeros, 0), 1);
}

static void holm_raises_each_p_by_how_many_are_left(void **state)
{
	const double p[] = { 0.01, 0.04, 0.03, NAN, 0.005, 0.5, 0.9 };
	/* p.adjust(c(0.01, 0.04, 0.03, 0.005, 0.5, 0.9), "holm") */
	const double holm[] = { 0.05, 0.12, 0.12, NAN, 0.03, 1, 1 };
	double adjusted[COUNT_OF(p)];

	(void)state;
	assert_int_equal(holm_adjust(p, COUNT_OF(p), adjusted), 0);
	for (size_t i = 0; i < COUNT_OF(p); i++)
		if (i != 3)
			assert_close(adjusted[i], holm[i]);
	assert_true(isnan(adjusted[3]));
}

static void mean_and_deviation_agree_with_gsl(void **state)
{
	double values[200], deviation;

	(void)state;
	for (size_t n = 2; n <= COUNT_OF(values); n++) {
		values[n - 2] = sin((double)n) * 5 - 1;
		values[n - 1] = cos((double)n) * 3;
		assert_close(stats_mean(values, n, &deviation), gsl_stats_mean(values, 1, n));
		assert_close(deviation, gsl_stats_sd(values, 1, n));
	}
	values[0] = values[1] = values[2] = log(1.1);
	assert_close(stats_mean(values, 3, &deviation), log(1.1));
	assert_true(deviation == 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_signed_rank_test_is_exact),
		cmocka_unit_test(equal_sizes_share_their_ranks_and_zeros_have_none),
		cmocka_unit_test(many_differences_take_the_normal_approximation),
		cmocka_unit_test(nothing_but_zeros_is_no_change),
		cmocka_unit_test(holm_raises_each_p_by_how_many_are_left),
		cmocka_unit_test(mean_and_deviation_agree_with_gsl),
		/* EOL */
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
