// SPDX-License-Identifier: GPL-2.0-or-later
/* Which figure of its operations a cost is judged by, and how a mean is judged. */
#include <math.h>

#include "compare/comparison.h"
#include "report/format_text.h"
#include "report/json.h"
#include "report/ktap.h"
#include "report/lkml.h"
#include "report/lkp.h"
#include "report/markdown.h"
#include "report/mmtests.h"
#include "report/show.h"
#include "tests/unit/reports.h"

/* Of 100 operations of a boot: quick ones, slow ones, and the page faults of all. */
struct kinds {
	const char *arm;
	int quick, n_quick, slow, faults;
};

static double mean_of(struct kinds k)
{
	return (k.quick * k.n_quick + k.slow * (100 - k.n_quick)) / 100.0;
}

static int at_rank(struct kinds k, int rank)
{
	return rank <= k.n_quick ? k.quick : k.slow;
}

static void put_kinds(struct maker *m, struct kinds k, int more)
{
	k.slow += more;
	maker_line(m,
		   "{\"kind\":\"sample\",\"bench\":\"first-write\",\"arm\":\"%s\",\"fs\":\"ext4\","
		   "\"access\":\"dax\",\"metric\":\"write\",\"unit\":\"%s\",\"better\":\"lower\","
		   "\"n\":100,\"min\":%d,\"median_low\":%d,\"median\":%d,\"median_high\":%d,"
		   "\"mean\":%.9g,\"p90\":%d,\"p99\":%d,\"max\":%d,\"faults\":%d,"
		   "\"histogram\":[[%d,%d],[%d,%d]]}",
		   k.arm, strcmp(m->mode, "time") ? "instructions" : "ns", k.quick, at_rank(k, 40),
		   at_rank(k, 50), at_rank(k, 60), mean_of(k), at_rank(k, 90), k.slow, k.slow,
		   k.faults, k.quick, k.n_quick, k.slow, 100 - k.n_quick);
}

static void begin(struct maker *m, const char *mode)
{
	*m = (struct maker){ 0 };
	maker_open(m);
	m->mode = mode;
}

/* A side of so many boots; at each the slow ones cost as many more as its number times step. */
static void make_kinds(struct side *side, const char *label, const char *mode, struct kinds k,
		       size_t boots, int step)
{
	struct maker m;

	begin(&m, mode);
	for (size_t i = 0; i < boots; i++) {
		maker_boot(&m, label, (long long)i + 1);
		put_kinds(&m, k, (int)i * step);
		maker_end(&m);
	}
	maker_read_good(&m, side);
}

/* One fault each before; after, one brings in what ten operations touch. */
static const struct kinds each = { "hole", 100, 99, 101, 100 };
static const struct kinds shared = { "hole", 8, 90, 250, 10 };

static void faults_shared_on_one_side_let_the_mean_lead_on_both(void **state)
{
	struct pair p;
	const struct cost *m;

	(void)state;
	make_kinds(&p.base, "old", "count", each, 3, 0);
	make_kinds(&p.new, "new", "count", shared, 3, 0);
	compare_pair(&p);
	m = &p.c.costs[0];
	assert_int_equal(m->figure, FIGURE_MEAN);
	assert_true(fabs(cost_change(m)->judgement.base - 100.01) < 1e-6);
	assert_true(fabs(cost_change(m)->judgement.other - 32.2) < 1e-6);
	assert_true(cost_change(m)->median.base == 100 && cost_change(m)->median.other == 8);
	assert_int_equal(cost_change(m)->judgement.verdict, VERDICT_BETTER);
	assert_true(m->on[0].faults == 1 && m->on[1].faults == 0.1);
	release(&p);
}

static void one_figure_is_chosen_for_all_sides_of_a_row(void **state)
{
	struct side side[3];
	const struct side *const list[] = { &side[0], &side[1], &side[2] };
	char error[ERROR_SIZE] = "";
	struct comparison c;

	(void)state;
	make_kinds(&side[0], "a", "count", each, 3, 0);
	make_kinds(&side[1], "b", "count", each, 3, 0);
	make_kinds(&side[2], "c", "count", shared, 3, 0);
	assert_int_equal(compare(list, 3, &compare_limits, &c, error, ERROR_SIZE), 0);
	/* of a and b alone the median would lead */
	assert_int_equal(c.costs[0].figure, FIGURE_MEAN);
	assert_true(fabs(c.costs[0].on[0].value - 100.01) < 1e-6);
	assert_true(fabs(c.costs[0].on[1].value - 100.01) < 1e-6);
	assert_true(fabs(c.costs[0].on[2].value - 32.2) < 1e-6);
	assert_true(c.costs[0].on[0].median == 100 && c.costs[0].on[2].median == 8);
	assert_true(c.costs[0].on[0].faults == 1 && c.costs[0].on[2].faults == 0.1);
	comparison_free(&c);
	for (size_t i = 0; i < 3; i++)
		side_free(&side[i]);
}

static void expect_figure(struct kinds base, struct kinds new, enum figure figure)
{
	struct pair p;

	make_kinds(&p.base, "old", "count", base, 3, 0);
	make_kinds(&p.new, "new", "count", new, 3, 0);
	compare_pair(&p);
	if (p.c.costs[0].figure != figure)
		fail_msg("%d of %d, %d of %d, %d faults: the %s leads", new.n_quick, new.quick,
			 100 - new.n_quick, new.slow, new.faults, figure_name(p.c.costs[0].figure));
	release(&p);
}

static void the_median_leads_where_it_stands_for_the_operations(void **state)
{
	(void)state;
	/* a tail, with a fault each, none at all, or more than one each */
	expect_figure(each, (struct kinds){ "hole", 100, 90, 250, 100 }, FIGURE_MEDIAN);
	expect_figure(each, (struct kinds){ "hole", 100, 90, 250, 0 }, FIGURE_MEDIAN);
	expect_figure(each, (struct kinds){ "hole", 100, 90, 250, 160 }, FIGURE_MEDIAN);
	/* two kinds that are near each other */
	expect_figure(each, (struct kinds){ "hole", 100, 50, 149, 100 }, FIGURE_MEDIAN);
}

static void the_mean_leads_where_the_middle_lies_between_two_kinds(void **state)
{
	(void)state;
	expect_figure(each, (struct kinds){ "hole", 100, 50, 150, 100 }, FIGURE_MEAN);
	/* on the base side alone, too */
	expect_figure((struct kinds){ "hole", 100, 50, 150, 100 }, each, FIGURE_MEAN);
	/* and not where the kinds meet outside of the middle */
	expect_figure(each, (struct kinds){ "hole", 100, 70, 150, 100 }, FIGURE_MEDIAN);
}

static void one_odd_boot_does_not_choose_the_figure(void **state)
{
	struct maker m;
	struct pair p;

	(void)state;
	make_kinds(&p.base, "old", "count", each, 3, 0);
	begin(&m, "count");
	for (int seed = 1; seed <= 3; seed++) {
		maker_boot(&m, "new", seed);
		put_kinds(&m, seed == 2 ? shared : each, 0);
		maker_end(&m);
	}
	maker_read_good(&m, &p.new);
	compare_pair(&p);
	assert_int_equal(p.c.costs[0].figure, FIGURE_MEDIAN);
	release(&p);
}

static void a_mean_that_one_slow_operation_may_have_moved_is_no_finding(void **state)
{
	struct kinds base = { "hole", 8, 90, 200, 10 }, new = base;
	struct pair p;

	(void)state;
	new.n_quick = 89;
	make_kinds(&p.base, "old", "count", base, 3, 0);
	make_kinds(&p.new, "new", "count", new, 3, 0);
	compare_pair(&p);
	assert_int_equal(p.c.costs[0].first[1]->judgement.verdict, VERDICT_INCONCLUSIVE);
	assert_says(p.c.costs[0].first[1]->judgement.why, "one slow operation more or less");
	release(&p);

	/* two of them are beyond it */
	new.n_quick = 88;
	make_kinds(&p.base, "old", "count", base, 3, 0);
	make_kinds(&p.new, "new", "count", new, 3, 0);
	compare_pair(&p);
	assert_int_equal(p.c.costs[0].first[1]->judgement.verdict, VERDICT_WORSE);
	release(&p);
}

static void means_within_the_spread_of_the_seeds_are_no_finding(void **state)
{
	struct kinds base = { "hole", 8, 50, 100, 50 }, new = base;
	struct pair p;

	(void)state;
	new.slow = 110;
	/* 54 to 84 on base, 5 more on new at each seed */
	make_kinds(&p.base, "old", "count", base, 3, 30);
	make_kinds(&p.new, "new", "count", new, 3, 30);
	compare_pair(&p);
	assert_int_equal(p.c.costs[0].figure, FIGURE_MEAN);
	assert_int_equal(p.c.costs[0].first[1]->judgement.verdict, VERDICT_INCONCLUSIVE);
	assert_says(p.c.costs[0].first[1]->judgement.why, "spread over the seeds");
	release(&p);
}

static void times_of_two_kinds_are_judged_by_the_means_of_pairs(void **state)
{
	struct kinds new = shared;
	const struct cost *m;
	struct pair p;

	(void)state;
	new.slow = 200;
	make_kinds(&p.base, "old", "time", shared, 6, 1);
	make_kinds(&p.new, "new", "time", new, 6, 1);
	compare_pair(&p);
	m = &p.c.costs[0];
	assert_int_equal(m->figure, FIGURE_MEAN);
	assert_int_equal(cost_change(m)->judgement.verdict, VERDICT_BETTER);
	assert_true(cost_change(m)->judgement.change_pct < -10 &&
		    cost_change(m)->judgement.change_pct > -20);
	assert_true(cost_change(m)->median.change_pct == 0);
	/* of a boot of 100 operations, 10 of 250 and the rest 8: 72.6 of 32.2, over 10 */
	assert_true(cost_change(m)->spread.within > 0.2 && cost_change(m)->spread.within < 0.4);
	release(&p);
}

static void table(struct text *text, const struct comparison *c)
{
	report_table(text, 80, c);
}

static void every_report_says_that_the_figure_is_a_mean(void **state)
{
	struct pair p;

	(void)state;
	make_kinds(&p.base, "old", "count", each, 3, 0);
	make_kinds(&p.new, "new", "count", shared, 3, 0);
	compare_pair(&p);
	assert_report(&p, table, "hole, mean");
	assert_report(&p, table, "medians 100 and 8; page faults an operation 1 and 0.1");
	assert_report(&p, report_lkml, "hole, mean");
	assert_report(&p, report_lkml,
		      "(100.0 to 32.2 instructions, a mean of 1 to 0.1 page faults)");
	assert_report(&p, report_lkml, "Where a cost\n  says mean, its figures are means");
	assert_report(&p, report_markdown, "first-write hole, ext4 DAX, mean | 100.0 | 32.2 |");
	assert_report(&p, report_lkp, "first-write.hole.ext4.dax.instructions.mean");
	assert_report(&p, report_mmtests, "Mean    hole");
	assert_report(&p, report_ktap, "100.0 to 32.2 instructions, mean, -67.8%");
	assert_report(&p, report_json, "\"figure\": \"mean\"");
	assert_report(&p, report_json, "\"base_median\": 100");
	release(&p);
}

static void medians_are_reported_without_a_word_on_means(void **state)
{
	struct kinds more = each;
	struct text t = { 0 };
	struct pair p;

	(void)state;
	more.quick = 120;
	more.slow = 130;
	make_kinds(&p.base, "old", "count", each, 3, 0);
	make_kinds(&p.new, "new", "count", more, 3, 0);
	compare_pair(&p);
	report_lkml(&t, &p.c);
	report_lkp(&t, &p.c);
	report_mmtests(&t, &p.c);
	report_markdown(&t, &p.c);
	assert_says(t.data, "100 to 120");
	assert_never_says(t.data, "mean ");
	assert_never_says(t.data, "mean,");
	assert_never_says(t.data, "Mean");
	text_free(&t);
	release(&p);
}

static void a_side_alone_is_shown_by_its_mean_with_the_median_beside_it(void **state)
{
	const struct side *sides[1];
	struct side side;
	struct comparison c;
	struct text t = { 0 };
	char error[ERROR_SIZE] = "";

	(void)state;
	make_kinds(&side, "new", "count", shared, 3, 0);
	sides[0] = &side;
	assert_int_equal(compare(sides, 1, &compare_limits, &c, error, ERROR_SIZE), 0);
	report_show(&t, &c);
	report_json(&t, &c);
	assert_says(t.data, "hole, mean");
	assert_says(t.data, "\"value\": 32.2");
	assert_says(t.data, "\"median\": 8");
	text_free(&t);
	comparison_free(&c);
	side_free(&side);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(faults_shared_on_one_side_let_the_mean_lead_on_both),
		cmocka_unit_test(one_figure_is_chosen_for_all_sides_of_a_row),
		cmocka_unit_test(the_median_leads_where_it_stands_for_the_operations),
		cmocka_unit_test(the_mean_leads_where_the_middle_lies_between_two_kinds),
		cmocka_unit_test(one_odd_boot_does_not_choose_the_figure),
		cmocka_unit_test(a_mean_that_one_slow_operation_may_have_moved_is_no_finding),
		cmocka_unit_test(means_within_the_spread_of_the_seeds_are_no_finding),
		cmocka_unit_test(times_of_two_kinds_are_judged_by_the_means_of_pairs),
		cmocka_unit_test(every_report_says_that_the_figure_is_a_mean),
		cmocka_unit_test(medians_are_reported_without_a_word_on_means),
		cmocka_unit_test(a_side_alone_is_shown_by_its_mean_with_the_median_beside_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
