// SPDX-License-Identifier: GPL-2.0-or-later
/* The report for a mail where a figure is not the same in every boot. */
#include <math.h>

#include "base/grid.h"
#include "report/format_text.h"
#include "report/labels.h"
#include "report/lkml.h"
#include "tests/unit/reports.h"

static void intervals_are_as_exact_as_they_are_narrow(void **state)
{
	static const struct {
		double low, high;
		const char *label;
	} intervals[] = {
		{ 9.83, 10.41, "+9.8..+10.4%" },
		{ -1.24, 2.06, "-1.2..+2.1%" },
		{ -1.24, 0.04, "-1.2..0.0%" },
		{ 251.4, 262.3, "+251..+262%" },
		{ -9.6, 0.4, "-10..0%" },
		{ 0, 0, "0.0..0.0%" },
		{ 0.004, 0.096, "0.0..+0.10%" },
		{ 12345.6, 12350, "+12346..+12350%" },
		{ NAN, NAN, "" },
		{ 1, INFINITY, "" },
		{ 1, 199999999900, "" },
	};
	char buffer[LABEL_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof(intervals) / sizeof(intervals[0]); i++)
		assert_string_equal(label_interval(intervals[i].low, intervals[i].high, buffer),
				    intervals[i].label);
}

static void only_times_from_1000_on_are_rounded(void **state)
{
	char buffer[LABEL_SIZE];

	(void)state;
	assert_string_equal(label_figure(999.5, "ns", buffer), "999.5");
	assert_string_equal(label_figure(1000.5, "ns", buffer), "1001");
	assert_string_equal(label_figure(1000.5, "instructions", buffer), "1000.5");
}

/* Three boots of a benchmark and a kernel whose names are longer than a line. */
static void make_long(struct side *side, const char *label, int value)
{
	static const char bench[] = "a-benchmark-with-a-name-that-is-longer-than-any-line-of-a-"
				    "mail-and-goes-on";
	struct maker m = { 0 };

	maker_open(&m);
	m.kernel = "6.1.0-and-a-name-of-its-own-that-alone-is-longer-than-any-line-of-a-mail-is";
	for (int seed = 1; seed <= 3; seed++) {
		maker_boot(&m, label, seed);
		maker_sample_on(&m, "ext4", "dax", bench, bench, value);
		maker_check(&m, bench, "fail", bench);
		maker_end(&m);
	}
	maker_read_good(&m, side);
}

static void names_of_any_length_fit_a_mail(void **state)
{
	struct text t = { 0 };
	struct pair p;

	(void)state;
	make_long(&p.base, "without", 100);
	make_long(&p.new, "with", 200);
	compare_pair(&p);
	report_lkml(&t, &p.c);
	assert_fits(t.data, MAIL_WIDTH);
	assert_says(t.data, "a-benchmark-with-a-name");
	text_free(&t);
	release(&p);
}

static void a_row_too_wide_has_its_name_above(void **state)
{
	struct grid grid = { .align = "lr", .fold = true };
	struct text t = { 0 };

	(void)state;
	grid_row(&grid);
	grid_cell(&grid, 1, "full");
	grid_row(&grid);
	grid_cell(&grid, 0, "a long name");
	grid_cell(&grid, 1, "123456");
	grid_row(&grid);
	grid_cell(&grid, 0, "name");
	grid_cell(&grid, 1, "7");
	grid_print(&grid, &t, 12);
	assert_string_equal(t.data, "        full\na long name\n      123456\nname       7\n");
	text_free(&t);
}

/* Sides of five boots, made by daxmark in pairs, or by hand. */
static void make_boots(struct pair *p, const char *labels[2], const char *kernels[2],
		       const char *mode, bool drawn)
{
	for (int i = 0; i < 2; i++) {
		struct maker m = { 0 };
		char run[128];

		maker_open(&m);
		m.mode = mode;
		m.kernel = kernels[i];
		for (int k = 1; k <= 5; k++) {
			snprintf(run, sizeof(run),
				 ",\"session\":\"s\",\"position\":%d,\"pair\":%d,"
				 "\"order_seed\":42",
				 2 * k - i, k);
			m.run = drawn ? run : NULL;
			maker_boot(&m, labels[i], k);
			maker_sample(&m, "read-then-write", 100 + 10 * i);
			maker_end(&m);
		}
		maker_read_good(&m, i ? &p->new : &p->base);
	}
	compare_pair(p);
}

static void the_last_two_lines_make_it_again(void **state)
{
	const char *labels[] = { "a", "b" }, *kernels[] = { "6.1.0", "6.1.0" };
	struct pair p;

	(void)state;
	make_boots(&p, labels, kernels, "count", false);
	assert_report(&p, report_lkml,
		      ":\n    make bench CONFIG=/path/to/plan.ini\n"
		      "    build/daxmark compare results/latest/{a,b}.jsonl\n");
	p.c.limits.floor_pct = 1;
	assert_report(&p, report_lkml,
		      "    build/daxmark compare --floor 1 results/latest/{a,b}.jsonl\n");
	release(&p);
}

static void a_cost_has_the_words_of_its_record_whatever_filled_its_file(void **state)
{
	const struct cost_words said = { .title = "First write", .operation = "a first write" };
	struct cost_name name = { .bench = "first-write",
				  .arm = "cold+64k",
				  .fill = "64k",
				  .metric = "write",
				  .words = &said };
	char words[LABEL_SIZE];

	(void)state;
	assert_string_equal(label_operation(&name, words), "a first write (fill 64k)");
	name.fill = "";
	assert_string_equal(label_operation(&name, words), "a first write");
	name.threads = 2;
	assert_string_equal(label_operation(&name, words), "first-write cold+64k");
	name.words = NULL;
	name.further = true;
	assert_string_equal(label_operation(&name, words), "first-write cold+64k write");
	assert_string_equal(label_bench(&name), "first-write");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_cost_has_the_words_of_its_record_whatever_filled_its_file),
		cmocka_unit_test(intervals_are_as_exact_as_they_are_narrow),
		cmocka_unit_test(only_times_from_1000_on_are_rounded),
		cmocka_unit_test(names_of_any_length_fit_a_mail),
		cmocka_unit_test(a_row_too_wide_has_its_name_above),
		cmocka_unit_test(the_last_two_lines_make_it_again),
		/* EOL */
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
