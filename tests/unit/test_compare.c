// SPDX-License-Identifier: GPL-2.0-or-later
/* Two sides beside each other: what is paired, weighed and left out. */
#include <errno.h>
#include <math.h>

#include "compare/span.h"
#include "tests/unit/reports.h"

static const int hundred[] = { 100, 100, 100, 100, 100 };
static const int two_hundred[] = { 200, 200, 200, 200, 200 };

static void a_metric_of_both_sides_is_judged_over_all_seeds(void **state)
{
	struct pair p;

	(void)state;
	make_side(&p.base, "without", "count", hundred, 3);
	make_side(&p.new, "with", "count", two_hundred, 3);
	compare_pair(&p);
	assert_int_equal(p.c.n_costs, 1);
	assert_string_equal(p.c.costs[0].name.arm, "read-then-write");
	assert_int_equal(p.c.costs[0].first[1]->judgement.verdict, VERDICT_WORSE);
	assert_int_equal(cost_operations(&p.c, &p.c.costs[0]), 300);
	assert_true(p.c.costs[0].on[0].faults == 1);
	assert_int_equal(p.c.n_missing, 0);
	release(&p);
}

static void boots_are_paired_by_seed_not_by_place(void **state)
{
	struct maker m = { 0 };
	struct pair p;

	(void)state;
	maker_open(&m);
	maker_boot(&m, "without", 1);
	maker_sample(&m, "cold", 100);
	maker_end(&m);
	maker_boot(&m, "without", 2);
	maker_sample(&m, "cold", 200);
	maker_end(&m);
	maker_read_good(&m, &p.base);
	maker_open(&m);
	maker_boot(&m, "with", 2);
	maker_sample(&m, "cold", 200);
	maker_end(&m);
	maker_boot(&m, "with", 1);
	maker_sample(&m, "cold", 100);
	maker_end(&m);
	maker_read_good(&m, &p.new);
	compare_pair(&p);
	assert_int_equal(p.c.costs[0].first[1]->judgement.verdict, VERDICT_SAME);
	release(&p);
}

static void unequal_seeds_are_refused(void **state)
{
	struct pair p;

	(void)state;
	make_side(&p.base, "without", "count", hundred, 2);
	make_side(&p.new, "with", "count", hundred, 3);
	assert_int_equal(try_compare(&p), -EINVAL);
	assert_says(p.error, "has a boot with seed 3");
	assert_int_equal(p.c.n_costs, 0);
	release(&p);
}

/* A timed side: a boot for each pair number (0: none), in that order. */
static void make_timed(struct side *side, const char *label, const int *pairs, const int *values,
		       size_t n)
{
	struct maker m = { 0 };
	char run[96];

	maker_open(&m);
	m.mode = "time";
	m.run = run;
	for (size_t i = 0; i < n; i++) {
		snprintf(run, sizeof(run), ",\"session\":\"%s\",\"position\":%zu",
			 pairs[i] ? "one" : label, 2 * i + 1 + !strcmp(label, "with"));
		if (pairs[i])
			snprintf(run + strlen(run), sizeof(run) - strlen(run), ",\"pair\":%d",
				 pairs[i]);
		maker_boot(&m, label, (long long)i + 1);
		maker_sample(&m, "read-then-write", values[i]);
		maker_end(&m);
	}
	maker_read_good(&m, side);
}

static void timed_boots_are_paired_by_pair_not_by_place(void **state)
{
	struct pair p;

	(void)state;
	make_timed(&p.base, "without", (const int[]){ 1, 2, 3 }, (const int[]){ 10, 20, 40 }, 3);
	make_timed(&p.new, "with", (const int[]){ 3, 1, 2 }, (const int[]){ 80, 20, 40 }, 3);
	compare_pair(&p);
	assert_true(p.c.costs[0].first[1]->judgement.low_pct == 100);
	assert_true(p.c.costs[0].first[1]->judgement.high_pct == 100);
	release(&p);
}

static void timed_runs_without_pairs_stand_in_their_order(void **state)
{
	struct pair p;

	(void)state;
	make_timed(&p.base, "without", (const int[]){ 0, 0 }, (const int[]){ 10, 100 }, 2);
	make_timed(&p.new, "with", (const int[]){ 0, 0 }, (const int[]){ 20, 200 }, 2);
	compare_pair(&p);
	assert_true(p.c.costs[0].first[1]->judgement.low_pct == 100);
	assert_true(p.c.costs[0].first[1]->judgement.high_pct == 100);
	release(&p);

	make_timed(&p.base, "without", (const int[]){ 0, 0 }, (const int[]){ 10, 100 }, 2);
	make_timed(&p.new, "with", (const int[]){ 0 }, (const int[]){ 20 }, 1);
	assert_int_equal(try_compare(&p), -EINVAL);
	assert_says(p.error, "has 2 runs and ");
	release(&p);
}

static void half_a_pair_is_refused(void **state)
{
	struct pair p;

	(void)state;
	make_timed(&p.base, "without", (const int[]){ 1, 2 }, (const int[]){ 10, 20 }, 2);
	make_timed(&p.new, "with", (const int[]){ 1, 3 }, (const int[]){ 20, 40 }, 2);
	assert_int_equal(try_compare(&p), -EINVAL);
	assert_says(p.error, "has a boot of pair 2 (line 6, session one)");
	release(&p);

	make_timed(&p.base, "without", (const int[]){ 1, 1 }, (const int[]){ 10, 20 }, 2);
	make_timed(&p.new, "with", (const int[]){ 1 }, (const int[]){ 20 }, 1);
	assert_int_equal(try_compare(&p), -EINVAL);
	assert_says(p.error, "pair 1: a side has one");
	release(&p);
}

static void unequal_units_are_refused(void **state)
{
	struct maker m = { 0 };
	struct pair p;

	(void)state;
	make_side(&p.base, "without", "count", hundred, 1);
	maker_open(&m);
	maker_boot(&m, "with", 1);
	maker_line(&m, "{\"kind\":\"sample\",\"bench\":\"first-write\","
		       "\"arm\":\"read-then-write\",\"fs\":\"ext4\",\"access\":\"dax\","
		       "\"metric\":\"write\",\"unit\":\"ns\",\"better\":\"lower\",\"n\":1,"
		       "\"min\":1,\"median\":1,\"mean\":1,\"p90\":1,\"p99\":1,\"max\":1,"
		       "\"histogram\":[[1,1]]}");
	maker_end(&m);
	maker_read_good(&m, &p.new);
	assert_int_equal(try_compare(&p), -EINVAL);
	assert_says(p.error, "instructions, lower better; ns, lower better");
	release(&p);
}

/* Base has cold at both seeds, new only at seed 1; new alone has hole. */
static void make_lopsided(struct pair *p)
{
	struct maker m = { 0 };

	maker_open(&m);
	for (int seed = 1; seed <= 2; seed++) {
		maker_boot(&m, "without", seed);
		maker_sample(&m, "cold", 100);
		maker_end(&m);
	}
	maker_read_good(&m, &p->base);
	maker_open(&m);
	maker_boot(&m, "with", 1);
	maker_sample(&m, "cold", 100);
	maker_sample(&m, "hole", 100);
	maker_end(&m);
	maker_boot(&m, "with", 2);
	maker_sample(&m, "hole", 100);
	maker_end(&m);
	maker_read_good(&m, &p->new);
}

static void a_metric_a_side_lacks_is_left_out_not_inconclusive(void **state)
{
	struct pair p;

	(void)state;
	make_lopsided(&p);
	compare_pair(&p);
	assert_int_equal(p.c.n_costs, 0);
	assert_int_equal(p.c.n_missing, 2);
	assert_string_equal(p.c.missing[0].name.arm, "cold");
	assert_int_equal(p.c.missing[0].sides, 2);
	assert_string_equal(p.c.missing[1].name.arm, "hole");
	assert_int_equal(p.c.missing[1].sides, 1);
	assert_true(*p.c.missing[1].reason != '\0');
	release(&p);
}

static void make_one_boot(struct side *side, const char *label, const char *skip)
{
	struct maker m = { 0 };

	maker_open(&m);
	maker_boot(&m, label, 1);
	maker_target(&m, "ext2", "dax", skip);
	if (!skip)
		maker_sample_on(&m, "ext2", "dax", "first-write", "cold", 100);
	maker_end(&m);
	maker_read_good(&m, side);
}

static void a_skipped_target_explains_what_is_missing_on_it(void **state)
{
	struct pair p;

	(void)state;
	make_one_boot(&p.base, "without", NULL);
	make_one_boot(&p.new, "with", "ext2 has no DAX");
	compare_pair(&p);
	assert_int_equal(p.c.n_costs, 0);
	assert_int_equal(p.c.n_missing, 1);
	assert_string_equal(p.c.missing[0].reason, "ext2 has no DAX");
	assert_string_equal(p.c.missing[0].name.arm, "");
	assert_int_equal(p.c.missing[0].sides, 2);
	release(&p);
}

static void the_same_skip_on_both_sides_is_said_once(void **state)
{
	struct pair p;

	(void)state;
	make_one_boot(&p.base, "without", "no device");
	make_one_boot(&p.new, "with", "no device");
	compare_pair(&p);
	assert_int_equal(p.c.n_missing, 1);
	assert_int_equal(p.c.missing[0].sides, 3);
	release(&p);
}

/* One boot for each verdict given. */
static void make_checks(struct side *side, const char *label, const char *const *verdicts)
{
	struct maker m = { 0 };

	maker_open(&m);
	for (int i = 0; i < 3; i++) {
		maker_boot(&m, label, i + 1);
		if (verdicts[i])
			maker_check(&m, "ctime-mtime", verdicts[i], verdicts[i]);
		maker_end(&m);
	}
	maker_read_good(&m, side);
}

static void one_failing_boot_fails_the_check(void **state)
{
	static const char *const base[] = { "pass", "fail", "pass" };
	static const char *const new[] = { "skip", "pass", "skip" };
	struct pair p;

	(void)state;
	make_checks(&p.base, "without", base);
	make_checks(&p.new, "with", new);
	compare_pair(&p);
	assert_int_equal(p.c.n_checks, 1);
	assert_int_equal(p.c.checks[0].on[0].verdict, CHECK_FAIL);
	assert_string_equal(p.c.checks[0].on[0].evidence, "fail");
	assert_int_equal(p.c.checks[0].on[1].verdict, CHECK_PASS);
	assert_string_equal(p.c.checks[0].on[1].evidence, "pass");
	release(&p);
}

static void a_check_of_one_side_is_a_skip_on_the_other(void **state)
{
	static const char *const base[] = { NULL, NULL, NULL };
	static const char *const new[] = { "skip", "skip", "skip" };
	struct pair p;

	(void)state;
	make_checks(&p.base, "without", base);
	make_checks(&p.new, "with", new);
	compare_pair(&p);
	assert_int_equal(p.c.checks[0].on[0].verdict, CHECK_SKIP);
	assert_string_equal(p.c.checks[0].on[0].evidence, "not tried on this side");
	assert_int_equal(p.c.checks[0].on[1].verdict, CHECK_SKIP);
	assert_string_equal(p.c.checks[0].on[1].evidence, "skip");
	release(&p);
}

static void metrics_of_a_group_stand_together(void **state)
{
	struct maker m = { 0 };
	struct side *side;
	struct pair p = { 0 };

	(void)state;
	for (int i = 0; i < 2; i++) {
		side = i ? &p.new : &p.base;
		maker_open(&m);
		maker_boot(&m, i ? "with" : "without", 1);
		maker_target(&m, "ext4", "page-cache", NULL);
		maker_sample(&m, "cold", 1);
		maker_sample_on(&m, "ext4", "page-cache", "first-write", "cold", 2);
		maker_sample(&m, "hole", 3);
		maker_end(&m);
		maker_read_good(&m, side);
	}
	compare_pair(&p);
	assert_int_equal(p.c.n_costs, 3);
	assert_string_equal(p.c.costs[1].name.arm, "hole");
	assert_string_equal(p.c.costs[2].name.access, "page-cache");
	release(&p);
}

static void emulated_figures_are_refused_as_results(void **state)
{
	struct pair p;

	(void)state;
	make_side(&p.base, "without", "emulated", hundred, 2);
	make_side(&p.new, "with", "emulated", two_hundred, 2);
	compare_pair(&p);
	assert_int_equal(p.c.n_costs, 0);
	assert_int_equal(p.c.n_refused, 1);
	release(&p);
}

static void fewer_than_five_timed_boots_prove_nothing(void **state)
{
	struct pair p;

	(void)state;
	make_side(&p.base, "without", "time", hundred, 4);
	make_side(&p.new, "with", "time", two_hundred, 4);
	compare_pair(&p);
	assert_int_equal(span_count(span_whole(&p.c), VERDICT_INCONCLUSIVE), 1);
	assert_true(fabs(p.c.costs[0].first[1]->judgement.change_pct - 100) < 1e-9);
	release(&p);
}

/* Of 1000 operations all but 20 cost the median. */
static void make_tailed(struct side *side, const char *label, const int *medians, const int *p99s,
			size_t n)
{
	struct maker m = { 0 };

	maker_open(&m);
	m.mode = "time";
	for (size_t i = 0; i < n; i++) {
		maker_boot(&m, label, (long long)i + 1);
		maker_line(
			&m,
			"{\"kind\":\"sample\",\"bench\":\"first-write\",\"arm\":\"cold\","
			"\"fs\":\"ext4\",\"access\":\"dax\",\"metric\":\"write\",\"unit\":\"ns\","
			"\"better\":\"lower\",\"n\":1000,\"min\":%d,\"median\":%d,\"mean\":%d,"
			"\"p90\":%d,\"p99\":%d,\"max\":%d,\"histogram\":[[%d,980],[%d,20]]}",
			medians[i], medians[i], medians[i], medians[i], p99s[i], p99s[i],
			medians[i], p99s[i]);
		maker_end(&m);
	}
	maker_read_good(&m, side);
}

static void medians_and_p99s_of_timed_pairs_are_judged_apart(void **state)
{
	static const int near[] = { 101, 100, 100, 100, 101 };
	static const int tail[] = { 200, 201, 202, 201, 200 };
	static const int longer[] = { 250, 252, 251, 253, 250 };
	const struct change *m;
	struct pair p;

	(void)state;
	make_tailed(&p.base, "without", hundred, tail, 5);
	make_tailed(&p.new, "with", near, longer, 5);
	compare_pair(&p);
	m = cost_change(&p.c.costs[0]);
	assert_int_equal(m->judgement.verdict, VERDICT_SAME);
	assert_int_equal(m->p99.verdict, VERDICT_WORSE);
	assert_int_equal(m->p99.pairs, 5);
	/* one median and one p99 were tested: two families of one */
	assert_true(m->p99.holm_p == m->p99.p);
	assert_true(m->judgement.holm_p == m->judgement.p);
	assert_true(m->p99.base_low == 200 && m->p99.other_high == 253);
	/* the operations of a boot are of one median to within a unit */
	assert_true(m->spread.within > 0 && m->spread.within < 0.01);
	assert_true(m->spread.total > 0 && spread_between(&m->spread) <= m->spread.total);
	release(&p);
}

static void holm_counts_the_metrics_of_the_comparison(void **state)
{
	static const int more[] = { 106, 107, 105, 106, 108 };
	struct pair p = { 0 };

	(void)state;
	for (int side = 0; side < 2; side++) {
		struct maker m = { 0 };

		maker_open(&m);
		m.mode = "time";
		for (int i = 0; i < 5; i++) {
			maker_boot(&m, side ? "with" : "without", i + 1);
			maker_sample(&m, "cold", side ? more[i] : 100);
			maker_sample(&m, "hole", 100 + (i + side) % 3);
			maker_sample(&m, "rewrite", 100 + (i + side) % 2);
			maker_end(&m);
		}
		maker_read_good(&m, side ? &p.new : &p.base);
	}
	compare_pair(&p);
	assert_int_equal(p.c.n_costs, 3);
	assert_true(p.c.costs[0].first[1]->judgement.holm_p ==
		    3 * p.c.costs[0].first[1]->judgement.p);
	assert_int_equal(p.c.costs[0].first[1]->judgement.verdict, VERDICT_WORSE);
	release(&p);
}

static void the_margin_is_for_times_and_the_floor_for_counts(void **state)
{
	static const int more[] = { 103, 103, 103, 103, 104 };
	const struct limits wide_margin = { .floor_pct = 0, .margin_pct = 10 };
	const struct limits wide_floor = { .floor_pct = 10, .margin_pct = 0 };
	struct pair p;

	(void)state;
	for (int timed = 0; timed < 2; timed++)
		for (int floor = 0; floor < 2; floor++) {
			make_side(&p.base, "without", timed ? "time" : "count", hundred, 5);
			make_side(&p.new, "with", timed ? "time" : "count", more, 5);
			assert_int_equal(try_compare_by(&p, floor ? &wide_floor : &wide_margin), 0);
			assert_int_equal(p.c.costs[0].first[1]->judgement.verdict,
					 timed == floor ? VERDICT_WORSE : VERDICT_SAME);
			assert_true(comparison_none_pct(&p.c) == (timed == floor ? 0 : 10));
			release(&p);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_metric_of_both_sides_is_judged_over_all_seeds),
		cmocka_unit_test(boots_are_paired_by_seed_not_by_place),
		cmocka_unit_test(unequal_seeds_are_refused),
		cmocka_unit_test(timed_boots_are_paired_by_pair_not_by_place),
		cmocka_unit_test(timed_runs_without_pairs_stand_in_their_order),
		cmocka_unit_test(half_a_pair_is_refused),
		cmocka_unit_test(unequal_units_are_refused),
		cmocka_unit_test(a_metric_a_side_lacks_is_left_out_not_inconclusive),
		cmocka_unit_test(a_skipped_target_explains_what_is_missing_on_it),
		cmocka_unit_test(the_same_skip_on_both_sides_is_said_once),
		cmocka_unit_test(one_failing_boot_fails_the_check),
		cmocka_unit_test(a_check_of_one_side_is_a_skip_on_the_other),
		cmocka_unit_test(metrics_of_a_group_stand_together),
		cmocka_unit_test(emulated_figures_are_refused_as_results),
		cmocka_unit_test(fewer_than_five_timed_boots_prove_nothing),
		cmocka_unit_test(medians_and_p99s_of_timed_pairs_are_judged_apart),
		cmocka_unit_test(holm_counts_the_metrics_of_the_comparison),
		cmocka_unit_test(the_margin_is_for_times_and_the_floor_for_counts),
		/* EOL */
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
