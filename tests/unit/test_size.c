// SPDX-License-Identifier: GPL-2.0-or-later
/* What is said of the boots that a precision takes. */
#include "compare/comparison.h"
#include "report/size.h"
#include "tests/unit/reports.h"

static void size_up(struct text *text, const int *base, const int *new, size_t n, double precision)
{
	struct pair p;

	make_side(&p.base, "without", "time", base, n);
	make_side(&p.new, "with", "time", new, n);
	compare_pair(&p);
	report_size(text, &p.c, precision);
	release(&p);
}

/*
 * b <- c(100, 102, 99, 101, 103); n <- c(103, 104, 103, 105, 104)
 * s <- sd(log(n) - log(b)); expm1(qt(0.975, 4) * s / sqrt(5)) * 100
 * n <- 5; while (qt(0.975, n - 1) * s / sqrt(n) > log1p(0.01)) n <- n + 1
 */
static void pairs_are_said_for_the_precision(void **state)
{
	static const int base[] = { 100, 102, 99, 101, 103 }, new[] = { 103, 104, 103, 105, 104 };
	struct text text = { 0 };

	(void)state;
	size_up(&text, base, new, 5, 1);
	assert_says(text.data,
		    "9 pairs of boots know the change of every median to +-1% (95% interval)");
	assert_says(text.data, "this comparison has 5");
	assert_says(text.data, "  read-then-write   1.61%");
	/* 100 operations bound no p99 from above: the part of operations is not known */
	assert_says(text.data,
		    "    its p99         1.61%        -       -      9       -      -\n");
	text_free(&text);
	size_up(&text, base, new, 5, 0.1);
	assert_says(text.data, "640 pairs of boots know");
	text_free(&text);
}

static void more_boots_than_there_are_is_no_number(void **state)
{
	static const int base[] = { 50, 200, 50 }, new[] = { 200, 50, 50 };
	struct text text = { 0 };

	(void)state;
	size_up(&text, base, new, 3, 0.1);
	assert_says(text.data, "No number of boots up to 100000 knows every change to +-0.1%");
	assert_says(text.data, "> 100000");
	text_free(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pairs_are_said_for_the_precision),
		cmocka_unit_test(more_boots_than_there_are_is_no_number),
		/* EOL */
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
