// SPDX-License-Identifier: GPL-2.0-or-later
/* What gnuplot is given to draw. */
#include "figure/plot_arms.h"
#include "figure/plot_boots.h"
#include "figure/plot_change.h"
#include "figure/plot_fill.h"
#include "tests/unit/reports.h"

static struct pair p;
static struct plot plot;

/* Ends what compare() began, for every test. */
static int end(void **state)
{
	(void)state;
	plot_free(&plot);
	release(&p);
	return 0;
}

static void a_word_is_safe_between_quotes(void **state)
{
	(void)state;
	plot_word(&plot.data, "a \"b\" \\n {c_d}");
	assert_string_equal(plot.data.data, "a 'b' /n {c_d}");
	plot_panel(&plot.panels, "ext4 \"DAX\"");
	plot_panel(&plot.panels, "");
	plot_panel(&plot.panels, "1234567890123456789012345678901234567890123456789");
	assert_string_equal(plot.panels.data,
			    "\"ext4 'DAX'\" \"\" "
			    "\"123456789012345678901234567890123456789012345...\"");
}

/* Arms "0", "1" and so on of one benchmark, each more costly by its own number. */
static void make_arms(int n, bool changed)
{
	for (int i = 0; i < 2; i++) {
		struct maker m = { 0 };

		maker_open(&m);
		maker_boot(&m, i ? "with" : "without", 1);
		maker_words(&m);
		for (int k = 0; k < n; k++) {
			char arm[16];

			snprintf(arm, sizeof(arm), "%d", k);
			maker_sample(&m, arm, 100 + (i && changed ? k : 0));
		}
		maker_end(&m);
		maker_read_good(&m, i ? &p.new : &p.base);
	}
	compare_pair(&p);
}

static size_t count_lines(const char *text, const char *with)
{
	size_t n = 0;

	for (; (text = strstr(text, with)); text++)
		n++;
	return n;
}

static void without_a_change_each_group_shows_its_largest(void **state)
{
	(void)state;
	make_arms(9, false);
	assert_int_equal(plot_change(&plot, &p.c, NULL), 0);
	assert_string_equal(plot.data.data,
			    "1.5\thead\tFirst write to a page, ext4 DAX\tnot shown: 8 same\n"
			    "2.5\tsame\t0\t0.0%  100\t0\t0\t0\n");
	assert_non_null(strstr(plot.title.data, "no change; the largest of each group"));
}

static void of_many_changes_the_largest_are_shown(void **state)
{
	(void)state;
	make_arms(120, true);
	assert_int_equal(plot_change(&plot, &p.c, NULL), 0);
	assert_int_equal(count_lines(plot.data.data, "\tworse\t"), 60);
	assert_null(strstr(plot.data.data, "\t59\t"));
	assert_non_null(strstr(plot.data.data, "\t60\t+60.0%"));
	assert_non_null(strstr(plot.data.data, "not shown: 59 worse, 1 same\n"));
	plot_free(&plot);
	assert_int_equal(plot_change(&plot, &p.c, "first-write"), 0);
	assert_int_equal(count_lines(plot.data.data, "\tworse\t"), 96);
	assert_non_null(strstr(plot.title.data, ": the largest of what changed"));
}

static void a_change_without_a_percentage_stands_at_the_edge(void **state)
{
	static const int before[] = { 0 }, after[] = { 5 };

	(void)state;
	make_side(&p.base, "without", "count", before, 1);
	make_side(&p.new, "with", "count", after, 1);
	compare_pair(&p);
	assert_int_equal(plot_change(&plot, &p.c, "first-write"), 0);
	assert_non_null(
		strstr(plot.data.data, "\tread-then-write\tfrom 0  0 to 5\t10000\t10000\t10000\n"));
	assert_string_equal(plot.extra.data, "-0.6 1000 0.2");
}

/* An arm that costs 100 on base. */
struct made {
	const char *bench;
	const char *arm;
	int new;
};

static void make_costs(const struct made *costs, size_t n)
{
	for (int i = 0; i < 2; i++) {
		struct maker m = { 0 };

		maker_open(&m);
		maker_boot(&m, i ? "with" : "without", 1);
		maker_words(&m);
		for (size_t k = 0; k < n; k++)
			maker_sample_on(&m, "ext4", "dax", costs[k].bench, costs[k].arm,
					i ? costs[k].new : 100);
		maker_end(&m);
		maker_read_good(&m, i ? &p.new : &p.base);
	}
	compare_pair(&p);
}

static void assert_arms(struct plot_arms arms, const char *words)
{
	size_t list[8];
	size_t n = plot_arms_choose(&p.c, arms, list);

	text_free(&plot.data);
	for (size_t i = 0; i < n; i++)
		text_add(&plot.data, "%s%s %s", i ? ", " : "", p.c.costs[list[i]].name.bench,
			 p.c.costs[list[i]].name.arm);
	assert_string_equal(plot.data.data ? plot.data.data : "", words);
}

static void the_arms_that_changed_most_have_figures(void **state)
{
	static const struct made costs[] = {
		{ "splice", "a", 120 },
		{ "splice", "b", 140 },
		{ "splice", "c", 90 },
		{ "splice", "d", 60 },
		{ "mmap-write", "same", 100 },
		{ "first-write", "cold", 200 },
		{ "first-write", "read-then-write", 110 },
	};
	static const char *const names[] = { "a", "splice same", "mmap-write same write" };

	(void)state;
	make_costs(costs, sizeof(costs) / sizeof(*costs));
	assert_arms((struct plot_arms){ 0 }, "splice b, splice d, first-write read-then-write");
	assert_arms((struct plot_arms){ names, 3 }, "splice a, mmap-write same");
	assert_false(plot_arm_is(&p.c.costs[0], "splice"));
	assert_false(plot_arm_is(&p.c.costs[0], "splice a "));
	assert_false(plot_arm_is(&p.c.costs[0], ""));
	text_free(&plot.data);
	plot_arms_list(&plot.data, &p.c);
	assert_string_equal(plot.data.data, "a, b, c, d, same, cold, read-then-write");
}

static void without_a_change_one_arm_has_a_figure(void **state)
{
	static const struct made costs[] = { { "splice", "a", 100 }, { "splice", "b", 100 } };

	(void)state;
	make_costs(costs, 2);
	assert_arms((struct plot_arms){ 0 }, "splice a");
}

/* A timed boot: its place in its session, its pair (0: made alone), its cost. */
struct timed {
	const char *session;
	int position;
	int pair;
	int cost;
};

static void make_timed(struct side *side, const char *label, const struct timed *boots, size_t n)
{
	struct maker m = { .mode = NULL };

	maker_open(&m);
	m.mode = "time";
	for (size_t i = 0; i < n; i++) {
		char run[96];

		int length = snprintf(run, sizeof(run), ",\"session\":\"%s\",\"position\":%d",
				      boots[i].session, boots[i].position);

		if (boots[i].pair)
			snprintf(run + length, sizeof(run) - (size_t)length, ",\"pair\":%d",
				 boots[i].pair);
		m.run = run;
		maker_boot(&m, label, boots[i].position);
		maker_sample(&m, "read-then-write", boots[i].cost);
		maker_end(&m);
	}
	maker_read_good(&m, side);
}

/* Two sessions; the other side has the boots in another order. */
static void boots_stand_in_the_order_they_were_made(void **state)
{
	static const struct timed before[] = { { "b", 2, 1, 101 },
					       { "b", 3, 2, 102 },
					       { "a", 1, 1, 103 } };
	static const struct timed after[] = { { "a", 2, 1, 113 },
					      { "b", 4, 2, 112 },
					      { "b", 1, 1, 111 } };

	(void)state;
	make_timed(&p.base, "without", before, 3);
	make_timed(&p.new, "with", after, 3);
	compare_pair(&p);
	assert_int_equal(plot_boots(&plot, &p.c, "first-write", (struct plot_arms){ 0 }), 0);
	assert_string_equal(plot.data.data, "2\t101\t1\t111\t1\n"
					    "3\t102\t4\t112\t2\n"
					    "5\t103\t6\t113\t3\n");
	assert_string_equal(plot.extra.data, "boot, in the order they were made");
}

static void boots_of_unknown_order_stand_pair_by_pair(void **state)
{
	static const struct timed before[] = { { "a", 1, 0, 101 }, { "b", 1, 0, 102 } };
	static const struct timed after[] = { { "c", 1, 0, 111 }, { "d", 1, 0, 112 } };

	(void)state;
	make_timed(&p.base, "without", before, 2);
	make_timed(&p.new, "with", after, 2);
	compare_pair(&p);
	assert_int_equal(plot_boots(&plot, &p.c, "first-write", (struct plot_arms){ 0 }), 0);
	assert_string_equal(plot.data.data, "1\t101\t1\t111\t1\n2\t102\t2\t112\t2\n");
	assert_string_equal(plot.extra.data, "pair of runs");
}

static void boots_are_shown_of_what_changed_or_is_asked_for(void **state)
{
	static const char *const names[] = { "0" };

	(void)state;
	make_arms(20, true);
	assert_int_equal(plot_boots(&plot, &p.c, "first-write", (struct plot_arms){ 0 }), 0);
	assert_int_equal(count_lines(plot.data.data, "\n\n\n"), 15);
	assert_non_null(strstr(plot.note.data, "; not shown: 3 worse, 1 same"));
	plot_free(&plot);
	assert_int_equal(plot_boots(&plot, &p.c, "first-write", (struct plot_arms){ names, 1 }), 0);
	assert_string_equal(plot.data.data, "1\t100\t1\t100\t1\n");
	plot_free(&plot);
	assert_int_equal(plot_boots(&plot, &p.c, "splice", (struct plot_arms){ names, 1 }), 0);
	assert_int_equal(plot.data.length, 0);
}

static void where_nothing_changed_few_boots_are_shown(void **state)
{
	(void)state;
	make_arms(20, false);
	assert_int_equal(plot_boots(&plot, &p.c, "first-write", (struct plot_arms){ 0 }), 0);
	assert_int_equal(count_lines(plot.data.data, "\n\n\n"), 3);
}

/* An arm filled in each way, and one that is not. */
static void make_fills(struct side *side, const char *label, int cost, long long folio)
{
	static const char *const ways[] = { "random", "1m", "4k", "64k" };
	struct maker m = { 0 };

	maker_open(&m);
	maker_boot(&m, label, 1);
	maker_sample(&m, "cold", 50);
	for (int i = 0; i < 4; i++)
		maker_line(&m,
			   "{\"kind\":\"sample\",\"bench\":\"first-write\",\"arm\":\"cold+%s\","
			   "\"fs\":\"ext4\",\"access\":\"dax\",\"metric\":\"write\","
			   "\"unit\":\"instructions\",\"better\":\"lower\","
			   "\"parameters\":{\"fill\":\"%s\",\"folio_bytes\":%lld},\"n\":5,"
			   "\"min\":%d,\"median\":%d,\"mean\":%d,\"p90\":%d,\"p99\":%d,"
			   "\"max\":%d,\"histogram\":[[%d,5]]}",
			   ways[i], ways[i], folio, cost + i, cost + i, cost + i, cost + i,
			   cost + i, cost + i, cost + i);
	maker_end(&m);
	maker_read_good(&m, side);
}

static void ways_to_fill_a_file_are_a_panel_an_arm(void **state)
{
	(void)state;
	make_fills(&p.base, "without", 10, 4096);
	make_fills(&p.new, "with", 20, 65536);
	compare_pair(&p);
	assert_int_equal(plot_fill(&plot, &p.c, "first-write"), 0);
	assert_string_equal(plot.data.data, "1\t4k (64k)\t12\t22\n"
					    "2\t64k\t13\t23\n"
					    "3\t1m (64k)\t11\t21\n"
					    "\n"
					    "4\trandom (64k)\t10\t20\n");
	assert_string_equal(plot.panels.data, "\"cold, ext4 DAX\"");
	plot_free(&plot);
	assert_int_equal(plot_fill(&plot, &p.c, "splice"), 0);
	assert_int_equal(plot.data.length, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(a_word_is_safe_between_quotes, end),
		cmocka_unit_test_teardown(without_a_change_each_group_shows_its_largest, end),
		cmocka_unit_test_teardown(of_many_changes_the_largest_are_shown, end),
		cmocka_unit_test_teardown(a_change_without_a_percentage_stands_at_the_edge, end),
		cmocka_unit_test_teardown(the_arms_that_changed_most_have_figures, end),
		cmocka_unit_test_teardown(without_a_change_one_arm_has_a_figure, end),
		cmocka_unit_test_teardown(boots_stand_in_the_order_they_were_made, end),
		cmocka_unit_test_teardown(boots_of_unknown_order_stand_pair_by_pair, end),
		cmocka_unit_test_teardown(boots_are_shown_of_what_changed_or_is_asked_for, end),
		cmocka_unit_test_teardown(where_nothing_changed_few_boots_are_shown, end),
		cmocka_unit_test_teardown(ways_to_fill_a_file_are_a_panel_an_arm, end),
		/* EOL */
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
