// SPDX-License-Identifier: GPL-2.0-or-later
/* What reports say where there is one of a thing, none, or far too many. */
#include "base/grid.h"
#include "compare/comparison.h"
#include "report/format_text.h"
#include "report/lkml.h"
#include "report/markdown.h"
#include "report/show.h"
#include "report/summary.h"
#include "tests/unit/reports.h"

static void make_plain(struct side *side, const char *label, int cost, const char *verdict)
{
	struct maker m = { 0 };

	maker_open(&m);
	for (int seed = 1; seed <= 3; seed++) {
		maker_boot(&m, label, seed);
		maker_words(&m);
		maker_sample(&m, "cold", cost);
		if (verdict)
			maker_check(&m, "ctime-mtime", verdict, "what was seen");
		maker_end(&m);
	}
	maker_read_good(&m, side);
}

static void add_side(struct row *r, const char *label, int cost, const char *verdict)
{
	make_plain(&r->side[r->n++], label, cost, verdict);
}

/* The report of a row for a mail, which is released with it. */
static void report_row(struct text *text, struct row *r)
{
	compare_row(r);
	report_lkml(text, &r->c);
	assert_fits(text->data, MAIL_WIDTH);
	release_row(r);
}

static void assert_pair(const char *base, int base_cost, const char *base_verdict, const char *new,
			int new_cost, const char *new_verdict, const char *sentence)
{
	struct text t = { 0 };
	struct pair p;

	make_plain(&p.base, base, base_cost, base_verdict);
	make_plain(&p.new, new, new_cost, new_verdict);
	compare_pair(&p);
	report_summary(&t, 1000, &p.c);
	assert_string_equal(t.data, sentence);
	text_free(&t);
	release(&p);
}

static void one_cost_that_stayed_is_no_one_of_one(void **state)
{
	(void)state;
	assert_pair("a", 50, NULL, "b", 50, NULL,
		    "From \"a\" to \"b\", the cost of the one operation that was compared did not "
		    "change by more than 0.2%.\n");
}

static void two_results_of_one_label_are_called_that(void **state)
{
	(void)state;
	assert_pair("a", 50, NULL, "a", 100, NULL,
		    "Between two results of \"a\", a first write to an unmapped page costs 100.0% "
		    "more on ext4 DAX (50 to 100 instructions).\n");
}

static void checks_that_were_not_made_do_not_pass(void **state)
{
	(void)state;
	assert_pair("a", 50, "skip", "b", 50, "skip",
		    "From \"a\" to \"b\", the cost of the one operation that was compared did not "
		    "change by more than 0.2%; no check could be made.\n");
	assert_pair("a", 50, "pass", "b", 50, "skip",
		    "From \"a\" to \"b\", the cost of the one operation that was compared did not "
		    "change by more than 0.2%; no check could be made on \"b\".\n");
	assert_pair("a", 50, "skip", "b", 50, "pass",
		    "From \"a\" to \"b\", the cost of the one operation that was compared did not "
		    "change by more than 0.2%; no check fails.\n");
}

/* A time of next to nothing before. */
static void make_near_nothing(struct side *side, const char *label, const char *cost)
{
	struct maker m = { .mode = "count" };

	maker_open(&m);
	maker_boot(&m, label, 1);
	maker_line(
		&m,
		"{\"kind\":\"sample\",\"bench\":\"first-write\",\"arm\":\"cold\",\"fs\":\"ext4\","
		"\"access\":\"dax\",\"metric\":\"write\",\"unit\":\"instructions\","
		"\"better\":\"lower\",\"n\":10,\"min\":0,\"median\":%s,\"mean\":%s,\"p90\":%s,"
		"\"p99\":%s,\"max\":%s,\"histogram\":[[%s,10]]}",
		cost, cost, cost, cost, cost, *cost == '0' ? "0" : cost);
	maker_end(&m);
	maker_read_good(&m, side);
}

static void table(struct text *text, const struct comparison *c)
{
	report_table(text, 80, c);
}

static void a_change_from_next_to_nothing_is_two_figures_and_no_percent(void **state)
{
	static void (*const reports[])(
		struct text *, const struct comparison *) = { report_lkml, report_markdown, table };
	struct pair p;

	(void)state;
	make_near_nothing(&p.base, "a", "0.1");
	make_near_nothing(&p.new, "b", "200");
	compare_pair(&p);
	for (size_t i = 0; i < 3; i++) {
		struct text t = { 0 };

		reports[i](&t, &p.c);
		assert_says(t.data, "200 instead of");
		assert_says(t.data, "1000x");
		assert_never_says(t.data, "199");
		text_free(&t);
	}
	release(&p);
}

static void a_row_in_which_no_check_was_made_has_no_table_of_them(void **state)
{
	struct row r = { 0 };
	struct text t = { 0 };

	(void)state;
	add_side(&r, "a", 50, "skip");
	add_side(&r, "b", 50, "skip");
	add_side(&r, "c", 60, "skip");
	report_row(&t, &r);
	assert_never_says(t.data, "Semantics");
	assert_never_says(t.data, "no check changed");
	assert_never_says(t.data, "no check fails");
	assert_says(t.data, "; no check could be made.");
	assert_says(t.data, "\n1 cost: 1 changed at some step, 0 the same at every step\n");
	text_free(&t);
}

static void sides_of_one_label_are_told_apart_by_their_numbers(void **state)
{
	struct row r = { 0 };
	struct text t = { 0 };

	(void)state;
	add_side(&r, "a", 50, "pass");
	add_side(&r, "b", 50, "pass");
	add_side(&r, "a", 60, "pass");
	report_row(&t, &r);
	assert_says(t.data, "Between two results of \"a\", ");
	assert_says(t.data, "(+20.0%)");
	assert_says(t.data, "number 2 \"a\" (+20.0%)");
	assert_says(t.data, "(against the first: 1 worse (+20.0%))");
	text_free(&t);
}

static void many_steps_that_changed_nothing_are_one_line(void **state)
{
	struct row r = { 0 };
	struct text t = { 0 };
	char label[16];

	(void)state;
	add_side(&r, "base", 50, "pass");
	for (int i = 1; i < 40; i++) {
		snprintf(label, sizeof(label), "s%d", i);
		add_side(&r, label, i < 20 ? 50 : 60, "pass");
	}
	report_row(&t, &r);
	assert_says(t.data, "\n  1 s1 to 19 s19 (19 sides): no cost changed; no check changed\n"
			    "  20 s20: 1 worse (+20.0%); no check changed\n");
	assert_says(t.data, "\n  21 s21 to 39 s39 (19 sides): no cost changed; no check changed\n");
	assert_never_says(t.data, "  2 s2:");
	text_free(&t);
}

static void two_steps_that_changed_nothing_keep_their_lines(void **state)
{
	static const int cost[] = { 50, 50, 50, 60, 60, 60, 70 };
	struct row r = { 0 };
	struct text t = { 0 };
	char label[16];

	(void)state;
	for (size_t i = 0; i < 7; i++) {
		snprintf(label, sizeof(label), "s%zu", i);
		add_side(&r, label, cost[i], "pass");
	}
	report_row(&t, &r);
	assert_says(t.data, "  1 s1: no cost changed; no check changed\n"
			    "  2 s2: no cost changed; no check changed\n  3 s3: 1 worse");
	text_free(&t);
}

/* A group of seven arms, of which the first n cost more by a fifth from the second side on. */
static void add_group(struct row *r, const char *label, int n)
{
	struct maker m = { 0 };

	maker_open(&m);
	maker_boot(&m, label, 1);
	for (int i = 0; i < 7; i++) {
		char arm[16];

		snprintf(arm, sizeof(arm), "arm-%d", i);
		maker_sample_on(&m, "ext4", "dax", "splice", arm, r->n && i < n ? 120 : 100);
	}
	maker_end(&m);
	maker_read_good(&m, &r->side[r->n++]);
}

static void changes_that_are_all_alike_have_one_number(void **state)
{
	struct row r = { 0 };
	struct text t = { 0 };

	(void)state;
	add_group(&r, "base", 0);
	add_group(&r, "new", 5);
	report_row(&t, &r);
	assert_says(t.data, "\n  Not shown: 3 worse (+20.0%), 2 the same\n");
	text_free(&t);
}

static void a_group_of_a_series_is_cut_where_one_of_two_sides_is(void **state)
{
	struct row r = { 0 };
	struct text t = { 0 };

	(void)state;
	add_group(&r, "base", 0);
	add_group(&r, "new", 5);
	add_group(&r, "last", 5);
	report_row(&t, &r);
	assert_says(t.data, "\n  Not shown: 3 worse (+20.0%), 2 the same at every step\n");
	text_free(&t);
}

static void add_skipping(struct row *r, const char *label, bool both)
{
	struct maker m = { 0 };

	maker_open(&m);
	maker_boot(&m, label, 1);
	maker_target(&m, "xfs", "dax", "no mkfs");
	if (both)
		maker_target(&m, "ext2", "dax", "no module");
	maker_sample(&m, "cold", 100);
	maker_end(&m);
	maker_read_good(&m, &r->side[r->n++]);
}

static void two_sides_skip_what_sides_of_a_series_do(void **state)
{
	(void)state;
	for (size_t sides = 2; sides < 4; sides++) {
		struct row r = { 0 };
		struct text t = { 0 };

		add_skipping(&r, "base", false);
		add_skipping(&r, "new", true);
		if (sides == 3)
			add_skipping(&r, "last", true);
		report_row(&t, &r);
		assert_says(t.data, "\nSkipped\n  everything on xfs DAX: no mkfs\n\nNot compared");
		assert_says(t.data, "\n  everything on ext2 DAX (new): no module\n");
		text_free(&t);
	}
}

static void no_heading_and_no_verdict_is_cut_where_names_can_fold(void **state)
{
	struct grid grid = { .align = "lrl", .fold = true };
	struct text t = { 0 };

	(void)state;
	grid_row(&grid);
	grid_cell(&grid, 0, "  n = 768 to 6144");
	grid_cell(&grid, 1, "base");
	grid_cell(&grid, 2, "verdict");
	grid_row(&grid);
	grid_cell(&grid, 0, "  cold");
	grid_cell(&grid, 1, "123456789");
	grid_cell(&grid, 2, "inconclusive");
	grid_print(&grid, &t, 26);
	assert_string_equal(t.data, "  n = 768 to 6144\n"
				    "         base verdict\n"
				    "  cold\n"
				    "    123456789 inconclusive\n");
	text_free(&t);
}

static void the_targets_of_many_checks_are_all_named(void **state)
{
	static const char *const fs[] = { "ext2", "ext4", "xfs", "btrfs", "f2fs", "tmpfs" };
	struct maker m = { 0 };
	struct pair p;

	(void)state;
	for (int k = 0; k < 2; k++) {
		maker_open(&m);
		maker_boot(&m, k ? "b" : "a", 1);
		for (size_t i = 0; i < 6; i++)
			maker_target(&m, fs[i], "page-cache", NULL);
		maker_sample(&m, "cold", 50);
		for (size_t i = 0; i < 6; i++)
			maker_line(&m,
				   "{\"kind\":\"check\",\"name\":\"ctime-mtime\",\"fs\":\"%s\","
				   "\"access\":\"page-cache\",\"verdict\":\"pass\",\"evidence\":"
				   "\"moved\"}",
				   fs[i]);
		maker_end(&m);
		maker_read_good(&m, k ? &p.new : &p.base);
	}
	compare_pair(&p);
	assert_report(&p, report_lkml,
		      "  ext2 page cache, ext4 page cache, xfs page cache, btrfs page cache,\n"
		      "    f2fs page cache, tmpfs page cache\n");
	release(&p);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_cost_that_stayed_is_no_one_of_one),
		cmocka_unit_test(two_results_of_one_label_are_called_that),
		cmocka_unit_test(checks_that_were_not_made_do_not_pass),
		cmocka_unit_test(a_change_from_next_to_nothing_is_two_figures_and_no_percent),
		cmocka_unit_test(a_row_in_which_no_check_was_made_has_no_table_of_them),
		cmocka_unit_test(sides_of_one_label_are_told_apart_by_their_numbers),
		cmocka_unit_test(many_steps_that_changed_nothing_are_one_line),
		cmocka_unit_test(two_steps_that_changed_nothing_keep_their_lines),
		cmocka_unit_test(changes_that_are_all_alike_have_one_number),
		cmocka_unit_test(a_group_of_a_series_is_cut_where_one_of_two_sides_is),
		cmocka_unit_test(two_sides_skip_what_sides_of_a_series_do),
		cmocka_unit_test(no_heading_and_no_verdict_is_cut_where_names_can_fold),
		cmocka_unit_test(the_targets_of_many_checks_are_all_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
