// SPDX-License-Identifier: GPL-2.0-or-later
/* What gnuplot is given to draw. */
#include "report/plot_cost.h"
#include "report/plot_operations.h"
#include "tests/unit/sides.h"
#include "verdict/compare.h"

static struct side base, new;
static struct comparison c;
static struct plot plot;

static void compare(void)
{
	char error[ERROR_SIZE] = "";

	if (compare_sides(&base, &new, &compare_limits, &c, error, sizeof(error)))
		fail_msg("%s", error);
}

/* Ends what compare() began, for every test. */
static int release(void **state)
{
	(void)state;
	plot_free(&plot);
	comparison_free(&c);
	side_free(&base);
	side_free(&new);
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

static void costs_stand_in_a_block_a_target(void **state)
{
	static const char *const arms[] = { "cold", "hole" };

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct maker m = { 0 };

		maker_open(&m);
		maker_boot(&m, i ? "with" : "without", 1);
		maker_target(&m, "ext2", "dax", NULL);
		for (int k = 0; k < 4; k++)
			maker_sample_on(&m, k < 2 ? "ext4" : "ext2", "dax", "first-write",
					arms[k % 2], 10 * (k + 1 + i * (k == 1)));
		maker_end(&m);
		maker_read_good(&m, i ? &new : &base);
	}
	compare();
	plot_cost(&plot, &c, "first-write");
	assert_string_equal(plot.data.data, "1\tcold\t10\t10\t10\tsame\n"
					    "2\thole\t20\t30\t20 to 30, +50.0%\tworse\n"
					    "\n\n"
					    "1\tcold\t30\t30\t30\tsame\n"
					    "2\thole\t40\t40\t40\tsame\n");
	assert_string_equal(plot.panels.data, "\"ext4 DAX\" \"ext2 DAX\"");
}

/* Two boots a side; the distribution takes them together. */
static void a_distribution_counts_all_boots(void **state)
{
	static const int before[] = { 10, 20 }, after[] = { 30, 30 };

	(void)state;
	make_side(&base, "without", "count", before, 2);
	make_side(&new, "with", "count", after, 2);
	compare();
	assert_int_equal(plot_operations(&plot, &c, &c.metrics[0]), 0);
	assert_string_equal(plot.data.data, "10\t0.5\t1\n20\t1\t0.5\n\n\n30\t1\t1\n");
}

static void times_are_in_the_unit_that_suits_them(void **state)
{
	static const int before[] = { 100, 110 }, after[] = { 200, 210 };

	(void)state;
	make_side(&base, "without", "time", before, 2);
	make_side(&new, "with", "time", after, 2);
	compare();
	plot_cost(&plot, &c, "first-write");
	assert_non_null(
		strstr(plot.data.data, "\t105\t205\t105 ns to 205 ns, +95.4% ?\tinconclusive\n"));
}

static void a_caption_names_kernels_boots_and_machine(void **state)
{
	static const int cost[] = { 10, 10 };

	(void)state;
	make_side(&base, "without", "count", cost, 2);
	make_side(&new, "with", "count", cost, 2);
	compare();
	text_add(&plot.note, "A note.");
	plot_caption(&plot.data, &plot, &c);
	assert_string_equal(plot.data.data,
			    "A note.\n"
			    "without: 6.1.0, image:/bzImage, no patches\n"
			    "with: 6.1.0, image:/bzImage, no patches\n"
			    "CPU not known; 2 boots a side, runner beef\n"
			    "Guest instructions are the length of the path, not time: they "
			    "know nothing of caches, TLBs or the latency of memory.\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(a_word_is_safe_between_quotes, release),
		cmocka_unit_test_teardown(costs_stand_in_a_block_a_target, release),
		cmocka_unit_test_teardown(a_distribution_counts_all_boots, release),
		cmocka_unit_test_teardown(times_are_in_the_unit_that_suits_them, release),
		cmocka_unit_test_teardown(a_caption_names_kernels_boots_and_machine, release),
		/* EOL */
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
