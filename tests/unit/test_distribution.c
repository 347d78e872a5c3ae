// SPDX-License-Identifier: GPL-2.0-or-later
/* Distributions agree with GSL, an implementation that shares nothing with ours, and with R. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

#include "compare/beta.h"
#include "compare/distribution.h"
#include "tests/unit/close.h"

static const double probabilities[] = { 1e-6, 0.001, 0.0125, 0.025, 0.1,   0.25,   0.49,    0.5,
					0.51, 0.75,  0.9,    0.95,  0.975, 0.9995, 0.999999 };
/* GSL's Student quantile is 1e-5 off at 1e-12; R and the test of the tails below reach there */
static const double freedoms[] = { 1, 1.5, 2, 3, 4, 4.7, 9, 19, 30, 99.25, 1000, 1e5 };

static void the_normal_distribution_agrees_with_gsl(void **state)
{
	(void)state;
	for (int x = -240; x <= 64; x++)
		assert_close(normal_cdf(x / 8.0), gsl_cdf_ugaussian_P(x / 8.0));
	for (size_t i = 0; i < COUNT_OF(probabilities); i++)
		assert_close(normal_quantile(probabilities[i]),
			     gsl_cdf_ugaussian_Pinv(probabilities[i]));
}

static void tails_of_student_agree_with_gsl(void **state)
{
	(void)state;
	for (size_t d = 0; d < COUNT_OF(freedoms); d++)
		for (int i = -160; i <= 160; i++) {
			double t = i / 4.0;

			assert_close(student_upper(t, freedoms[d]),
				     gsl_cdf_tdist_Q(t, freedoms[d]));
			assert_close(student_cdf(t, freedoms[d]), gsl_cdf_tdist_P(t, freedoms[d]));
		}
}

static void quantiles_of_student_agree_with_gsl(void **state)
{
	(void)state;
	for (size_t d = 0; d < COUNT_OF(freedoms); d++)
		for (size_t i = 0; i < COUNT_OF(probabilities); i++)
			assert_close(student_quantile(probabilities[i], freedoms[d]),
				     gsl_cdf_tdist_Pinv(probabilities[i], freedoms[d]));
}

static void a_quantile_of_student_undoes_its_tail(void **state)
{
	(void)state;
	for (size_t d = 0; d < COUNT_OF(freedoms); d++)
		for (int i = 0; i < 60; i++) {
			double tail = 1e-14 * pow(1.69, i);

			assert_close(
				student_upper(-student_quantile(tail, freedoms[d]), freedoms[d]),
				tail);
		}
}

static void binomials_agree_with_gsl(void **state)
{
	static const unsigned int trials[] = { 1, 2, 5, 16, 100, 2048, 6144, 60000 };
	static const double chances[] = { 0.001, 0.01, 0.3, 0.5, 0.9, 0.99 };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(trials); i++)
		for (size_t c = 0; c < COUNT_OF(chances); c++) {
			unsigned int n = trials[i], step = n / 64 + 1;

			for (unsigned int k = 0; k <= n; k += step) {
				double pdf = gsl_ran_binomial_pdf(k, chances[c], n);

				assert_close(binomial_cdf(k, n, chances[c]),
					     gsl_cdf_binomial_P(k, chances[c], n));
				/* of many trials GSL's own term loses digits */
				if (n <= 100)
					assert_close(beta_binomial_term(k, n, chances[c],
									1 - chances[c]),
						     pdf);
			}
		}
}

/* R 4.2.2, print(..., digits = 17) */
static void distributions_agree_with_r(void **state)
{
	(void)state;
	assert_close(student_quantile(0.975, 4), 2.776445105197793);	 /* qt(0.975, 4) */
	assert_close(student_quantile(0.999875, 4), 12.31224713549204);	 /* qt(0.999875, 4) */
	assert_close(student_quantile(0.025, 12.7), -2.165567731368725); /* qt(0.025, 12.7) */
	assert_close(student_quantile(1e-12, 1), -318309886183.79065);	 /* qt(1e-12, 1) */
	assert_close(student_upper(7.5, 9),
		     1.846370630829394e-05);			/* pt(7.5, 9, lower.tail = FALSE) */
	assert_close(student_cdf(-0.3, 2), 0.3962428304200888); /* pt(-0.3, 2) */
	assert_close(normal_quantile(0.975), 1.959963984540054); /* qnorm(0.975) */
	assert_close(normal_cdf(-5.5), 1.898956246588772e-08);	 /* pnorm(-5.5) */
	assert_close(binomial_cdf(6060, 6144, 0.99),
		     0.003447340511552582); /* pbinom(6060, 6144, 0.99) */
	assert_close(binomial_cdf(990230, 1000000, 0.99),
		     0.9899334933216397); /* pbinom(990230, 1000000, 0.99) */
	assert_close(beta_binomial_term(500321, 1e6, 0.5, 0.5),
		     0.000649291564835046); /* dbinom(500321, 1e6, 0.5) */
	assert_close(beta_incomplete(2.5, 0.5, 0.3, 0.7),
		     0.01892712407194564); /* pbeta(0.3, 2.5, 0.5) */
}

static void what_has_no_quantile_says_so(void **state)
{
	(void)state;
	assert_true(isinf(normal_quantile(0)) && isinf(normal_quantile(1)));
	assert_true(isnan(normal_quantile(-0.1)) && isnan(normal_quantile(NAN)));
	assert_true(isinf(student_quantile(1, 4)) && isnan(student_quantile(2, 4)));
	assert_true(student_upper(INFINITY, 4) == 0 && student_upper(-INFINITY, 4) == 1);
	assert_true(binomial_cdf(-1, 5, 0.5) == 0 && binomial_cdf(5, 5, 0.5) == 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_normal_distribution_agrees_with_gsl),
		cmocka_unit_test(tails_of_student_agree_with_gsl),
		cmocka_unit_test(quantiles_of_student_agree_with_gsl),
		cmocka_unit_test(a_quantile_of_student_undoes_its_tail),
		cmocka_unit_test(binomials_agree_with_gsl),
		cmocka_unit_test(distributions_agree_with_r),
		cmocka_unit_test(what_has_no_quantile_says_so),
		/* EOL */
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
