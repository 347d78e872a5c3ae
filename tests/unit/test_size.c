// SPDX-License-Identifier: GPL-2.0-or-later
/* What is said of the boots that a precision takes. */
#include "compare/compare.h"
#include "report/size.h"
#include "tests/unit/sides.h"

struct pair {
	struct side base, new;
	struct comparison c;
	struct text text;
};

static void size_up(struct pair *p, const int *base, const int *new, size_t n, double precision)
{
	char error[ERROR_SIZE];

	memset(p, 0, sizeof(*p));
	make_side(&p->base, "without", "time", base, n);
	make_side(&p->new, "with", "time", new, n);
	if (compare_sides(&p->base, &p->new, &compare_limits, &p->c, error, sizeof(error)))
		fail_msg("%s", error);
	report_size(&p->text, &p->c, precision);
}

static void release(struct pair *p)
{
	text_free(&p->text);
	comparison_free(&p->c);
	side_free(&p->base);
	side_free(&p->new);
}

static void assert_says(const struct pair *p, const char *words)
{
	if (!strstr(p->text.data, words))
		fail_msg("\"%s\" is not in:\n%s", words, p->text.data);
}

/*
 * b <- c(100, 102, 99, 101, 103); n <- c(103, 104, 103, 105, 104)
 * s <- sd(log(n) - log(b)); expm1(qt(0.975, 4) * s / sqrt(5)) * 100
 * n <- 5; while (qt(0.975, n - 1) * s / sqrt(n) > log1p(0.01)) n <- n + 1
 */
static void pairs_are_said_for_the_precision(void **state)
{
	static const int base[] = { 100, 102, 99, 101, 103 }, new[] = { 103, 104, 103, 105, 104 };
	struct pair p;

	(void)state;
	size_up(&p, base, new, 5, 1);
	assert_says(&p, "9 pairs of boots know the change of every median to +-1% (95% interval)");
	assert_says(&p, "this comparison has 5");
	assert_says(&p, "  read-then-write   1.61%");
	/* 100 operations bound no p99 from above: the part of operations is not known */
	assert_says(&p, "    its p99         1.61%        -       -      9       -      -\n");
	release(&p);
	size_up(&p, base, new, 5, 0.1);
	assert_says(&p, "640 pairs of boots know");
	release(&p);
}

static void more_boots_than_there_are_is_no_number(void **state)
{
	static const int base[] = { 50, 200, 50 }, new[] = { 200, 50, 50 };
	struct pair p;

	(void)state;
	size_up(&p, base, new, 3, 0.1);
	assert_says(&p, "No number of boots up to 100000 knows every change to +-0.1%");
	assert_says(&p, "> 100000");
	release(&p);
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
