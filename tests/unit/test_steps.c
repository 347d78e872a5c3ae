// SPDX-License-Identifier: GPL-2.0-or-later
/* Several sides in a row: what each step brought. */
#include <errno.h>
#include <math.h>

#include "compare/span.h"
#include "tests/unit/reports.h"

#define SIDES 4

/* Two metrics: cold costs what is given a side, hole 100 everywhere. */
static void make_row(struct row *r, const char *mode, const int (*cold)[5], size_t boots)
{
	memset(r, 0, sizeof(*r));
	r->n = SIDES;
	for (size_t i = 0; i < SIDES; i++) {
		struct maker m = { 0 };
		char label[8];

		snprintf(label, sizeof(label), "k%zu", i);
		maker_open(&m);
		m.mode = mode;
		for (size_t b = 0; b < boots; b++) {
			maker_boot(&m, label, (long long)b + 1);
			maker_sample(&m, "cold", cold[i][b]);
			maker_sample(&m, "hole", 100);
			maker_end(&m);
		}
		maker_read_good(&m, &r->side[i]);
	}
}

static enum verdict verdict_of(struct span span)
{
	assert_string_equal(span.of->costs[0].name.arm, "cold");
	return span_change(span, 0)->judgement.verdict;
}

/* "1 3": the steps that changed a cost. */
static const char *steps_of(const struct comparison *c, size_t cost)
{
	static char list[64];

	*list = '\0';
	for (size_t i = 1; i < c->n_sides; i++)
		if (span_changed(span_step(c, i), cost))
			snprintf(list + strlen(list), sizeof(list) - strlen(list), "%s%zu",
				 *list ? " " : "", i);
	return list;
}

/* Up at the first step, unchanged, down below the first. */
static const int there_and_back[SIDES][5] = {
	{ 100, 100, 100 }, { 120, 120, 120 }, { 120, 120, 120 }, { 90, 90, 90 }
};

static void each_side_is_compared_with_the_one_before_and_the_first(void **state)
{
	struct row r;

	(void)state;
	make_row(&r, "count", there_and_back, 3);
	compare_row(&r);
	assert_int_equal(verdict_of(span_step(&r.c, 1)), VERDICT_WORSE);
	assert_int_equal(verdict_of(span_step(&r.c, 2)), VERDICT_SAME);
	assert_int_equal(verdict_of(span_step(&r.c, 3)), VERDICT_BETTER);
	assert_ptr_equal(span_change(span_first(&r.c, 1), 0), span_change(span_step(&r.c, 1), 0));
	assert_int_equal(verdict_of(span_first(&r.c, 2)), VERDICT_WORSE);
	assert_int_equal(verdict_of(span_first(&r.c, 3)), VERDICT_BETTER);
	assert_string_equal(span_base(span_first(&r.c, 3))->label, "k0");
	assert_string_equal(span_base(span_step(&r.c, 3))->label, "k2");
	release_row(&r);
}

static void the_steps_that_brought_a_change_are_named(void **state)
{
	struct row r;

	(void)state;
	make_row(&r, "count", there_and_back, 3);
	compare_row(&r);
	assert_int_equal(r.c.n_costs, 2);
	assert_string_equal(steps_of(&r.c, 0), "1 3");
	assert_string_equal(steps_of(&r.c, 1), "");
	for (size_t i = 0; i < SIDES; i++)
		assert_true(r.c.costs[0].on[i].value == there_and_back[i][0]);
	assert_true(span_regresses(span_step(&r.c, 1)));
	assert_false(span_regresses(span_step(&r.c, 2)));
	assert_false(span_regresses(span_step(&r.c, 3)));
	release_row(&r);
}

struct rough {
	const char *check; /* NULL: not there */
	int cold;	   /* 0: not measured */
};

/* Sides of one boot, which need not have all that the others have. */
static void make_rough(struct row *r, const struct rough *rough)
{
	memset(r, 0, sizeof(*r));
	r->n = SIDES;
	for (size_t i = 0; i < SIDES; i++) {
		struct maker m = { 0 };

		maker_open(&m);
		maker_boot(&m, "k", 1);
		maker_sample(&m, "hole", 100);
		if (rough[i].cold)
			maker_sample(&m, "cold", rough[i].cold);
		if (rough[i].check)
			maker_check(&m, "ctime-mtime", rough[i].check, rough[i].check);
		maker_end(&m);
		maker_read_good(&m, &r->side[i]);
	}
	compare_row(r);
}

static void a_step_that_turned_a_check_is_named(void **state)
{
	static const struct rough rough[SIDES] = {
		{ "fail", 9 }, { "fail", 9 }, { "pass", 9 }, { "fail", 9 }
	};
	struct row r;

	(void)state;
	make_rough(&r, rough);
	assert_false(span_turned(span_step(&r.c, 1), 0));
	assert_true(span_turned(span_step(&r.c, 2), 0));
	assert_true(span_turned(span_step(&r.c, 3), 0));
	assert_int_equal(r.c.checks[0].on[0].verdict, CHECK_FAIL);
	assert_int_equal(r.c.checks[0].on[2].verdict, CHECK_PASS);
	assert_string_equal(r.c.checks[0].on[2].evidence, "pass");
	/* broken from the start is not what the first step did */
	assert_false(span_regresses(span_step(&r.c, 1)));
	assert_true(span_regresses(span_step(&r.c, 3)));
	release_row(&r);
}

static void what_only_sides_in_the_middle_have_is_in_the_list(void **state)
{
	static const struct rough rough[SIDES] = {
		{ NULL, 0 }, { "pass", 50 }, { "pass", 70 }, { NULL, 0 }
	};
	struct row r;

	(void)state;
	make_rough(&r, rough);
	assert_int_equal(span_costs(span_whole(&r.c)), 1);
	assert_int_equal(r.c.n_costs, 2);
	assert_string_equal(r.c.costs[1].name.arm, "cold");
	assert_null(span_change(span_whole(&r.c), 1));
	assert_null(span_change(span_step(&r.c, 1), 1));
	assert_null(span_change(span_first(&r.c, 2), 1));
	assert_string_equal(steps_of(&r.c, 1), "2");
	assert_true(isnan(r.c.costs[1].on[0].value));
	assert_true(r.c.costs[1].on[1].value == 50);
	assert_true(r.c.costs[1].on[2].value == 70);
	assert_true(isnan(r.c.costs[1].on[3].value));
	assert_int_equal(r.c.n_checks, 1);
	assert_int_equal(r.c.checks[0].on[0].verdict, CHECK_SKIP);
	assert_int_equal(r.c.checks[0].on[1].verdict, CHECK_PASS);
	assert_string_equal(r.c.checks[0].on[3].evidence, "not tried on this side");
	release_row(&r);
}

static void times_of_all_steps_are_one_family(void **state)
{
	static const int up_at_last[SIDES][5] = { { 100, 101, 102, 101, 100 },
						  { 101, 101, 100, 102, 100 },
						  { 101, 101, 101, 102, 101 },
						  { 112, 114, 113, 115, 112 } };
	const struct judgement *j;
	struct row r;

	(void)state;
	make_row(&r, "time", up_at_last, 5);
	compare_row(&r);
	j = &span_change(span_first(&r.c, 3), 0)->judgement;
	/* two metrics in each of five comparisons; the smallest p of all takes all ten */
	if (j->p > span_change(span_step(&r.c, 3), 0)->judgement.p)
		j = &span_change(span_step(&r.c, 3), 0)->judgement;
	assert_true(j->holm_p == 10 * j->p);
	assert_int_equal(verdict_of(span_step(&r.c, 3)), VERDICT_WORSE);
	assert_int_equal(verdict_of(span_first(&r.c, 3)), VERDICT_WORSE);
	assert_int_equal(verdict_of(span_step(&r.c, 2)), VERDICT_SAME);
	release_row(&r);
}

static void what_two_sides_cannot_be_compared_by_is_refused(void **state)
{
	struct row r;

	(void)state;
	make_row(&r, "count", there_and_back, 3);
	side_free(&r.side[2]);
	make_side(&r.side[2], "k2", "count", there_and_back[2], 2);
	assert_int_equal(try_compare_row(&r), -EINVAL);
	assert_non_null(strstr(r.error, "has a boot with seed 3"));
	assert_int_equal(r.c.n_sides, 0);
	release_row(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_side_is_compared_with_the_one_before_and_the_first),
		cmocka_unit_test(the_steps_that_brought_a_change_are_named),
		cmocka_unit_test(a_step_that_turned_a_check_is_named),
		cmocka_unit_test(what_only_sides_in_the_middle_have_is_in_the_list),
		cmocka_unit_test(times_of_all_steps_are_one_family),
		cmocka_unit_test(what_two_sides_cannot_be_compared_by_is_refused),
		/* EOL */
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
