// SPDX-License-Identifier: GPL-2.0-or-later
/* What the reports say, and that they fit where they are pasted. */
#include <jansson.h>
#include <math.h>

#include "base/grid.h"
#include "report/format_text.h"
#include "report/json.h"
#include "report/ktap.h"
#include "report/labels.h"
#include "report/lkml.h"
#include "report/summary.h"
#include "tests/unit/reports.h"

static void make_one(struct side *side, const char *label, int cost, const char *verdict,
		     const char *evidence)
{
	struct maker m = { 0 };

	maker_open(&m);
	maker_boot(&m, label, 1);
	maker_words(&m);
	maker_sample(&m, "read-then-write", cost);
	maker_sample(&m, "rewrite", 4);
	if (verdict)
		maker_check(&m, "ctime-mtime", verdict, evidence);
	maker_end(&m);
	maker_read_good(&m, side);
}

/* One metric that may change, one that does not, one check. */
static void make_pair(struct pair *p, int base, int new, const char *base_verdict,
		      const char *new_verdict)
{
	make_one(&p->base, "without", base, base_verdict, "seen on base");
	make_one(&p->new, "with", new, new_verdict, "seen on new");
	compare_pair(p);
}

static void words_are_wrapped_at_the_width(void **state)
{
	struct text t = { 0 };

	(void)state;
	text_wrap(&t, 12, "* ", 2, "one two three four");
	assert_string_equal(t.data, "* one two\n  three four\n");
	text_free(&t);
	text_wrap(&t, 8, "", 2, "abcdefghijklmnop");
	assert_string_equal(t.data, "abcdefgh\n  ijklmn\n  op\n");
	text_free(&t);
}

static void bytes_that_are_not_ascii_become_question_marks(void **state)
{
	struct text t = { 0 };

	(void)state;
	text_add(&t, "a\xc3\xa9\x1b[2Jb");
	assert_string_equal(t.data, "a???[2Jb");
	text_free(&t);
}

/* What a shell makes of a command: its words, one a line. */
static void shell_words(const char *command, char *words, size_t size)
{
	char script[4096];
	FILE *shell;
	size_t length;

	snprintf(script, sizeof(script), "printf '%%s\\n' %s", command);
	shell = popen(script, "r");
	assert_non_null(shell);
	length = fread(words, 1, size - 1, shell);
	words[length] = '\0';
	assert_int_equal(pclose(shell), 0);
}

static void a_wrapped_command_is_the_same_to_a_shell(void **state)
{
	static const char *const commands[] = {
		"qemu -nodefaults -display none -icount shift=0,sleep=off -seed 1 -m 2048",
		"qemu -append 'console=ttyS0 panic=-1 nokaslr memmap=512M!768M with=a b  c d e'",
		"qemu -append \"console=ttyS0 a \\\"quoted\\\" word of more than one line of "
		"text\"",
		"qemu -append console=ttyS0\\ panic=-1\\ nokaslr\\ memmap=512M!768M\\ quiet\\ x",
		"qemu -kernel "
		"/a/very/long/path/that/does/not/fit/on/any/line/of/forty/columns/bzImage",
		"q 'it'\\''s' -x '' y",
		"q 'console=ttyS0 panic=-1  nokaslr  a=b  memmap=512M!768M   with=a b'",
		"q '                                                                      '",
	};
	char whole[4096], wrapped[4096];

	(void)state;
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		struct text t = { 0 };

		text_wrap_command(&t, 40, 4, commands[i]);
		assert_fits(t.data, 40);
		shell_words(commands[i], whole, sizeof(whole));
		shell_words(t.data, wrapped, sizeof(wrapped));
		assert_string_equal(whole, wrapped);
		text_free(&t);
	}
}

static void a_grid_drops_empty_columns_and_cuts_the_first(void **state)
{
	struct grid grid = { .align = "lrr" };
	struct text t = { 0 };

	(void)state;
	grid_row(&grid);
	grid_cell(&grid, 1, "empty");
	grid_cell(&grid, 2, "full");
	grid_row(&grid);
	grid_cell(&grid, 0, "a long name");
	grid_cell(&grid, 2, "12345");
	grid_print(&grid, &t, 12);
	assert_string_equal(t.data, "        full\na long 12345\n");
	text_free(&t);
}

static void changes_read_naturally(void **state)
{
	static const struct {
		double pct;
		const char *label;
	} changes[] = {
		{ 335.21, "+335.2%" },	{ -14.96, "-15.0%" },	    { 0, "0.0%" },
		{ -0.001, "0.0%" },	{ 0.07, "+0.07%" },	    { 12345, "+12345%" },
		{ INFINITY, "from 0" }, { 199999999900, ">1000x" }, { NAN, "?" },
	};
	char buffer[LABEL_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++)
		assert_string_equal(label_change(changes[i].pct, buffer), changes[i].label);
}

static void assert_summary(int base, int new, const char *base_verdict, const char *new_verdict,
			   const char *sentence)
{
	struct text t = { 0 };
	struct pair p;

	make_pair(&p, base, new, base_verdict, new_verdict);
	report_summary(&t, 1000, &p.c);
	assert_string_equal(t.data, sentence);
	text_free(&t);
	release(&p);
}

static void the_summary_is_true_in_each_case(void **state)
{
	(void)state;
	assert_summary(
		50, 100, "fail", "pass",
		"From \"without\" to \"with\", a first write to a page already read costs 100.0% "
		"more on ext4 DAX (50 to 100 instructions); checks that now pass: c/mtime updated "
		"(ext4 DAX). Other costs: 1 unchanged.\n");
	assert_summary(
		100, 50, "pass", "fail",
		"From \"without\" to \"with\", a first write to a page already read costs 50.0% "
		"less on ext4 DAX (100 to 50 instructions); checks that now fail: c/mtime updated "
		"(ext4 DAX). Other costs: 1 unchanged.\n");
	assert_summary(
		100, 100, "pass", "pass",
		"From \"without\" to \"with\", none of 2 costs changed by more than 0.2%; no "
		"check fails.\n");
	assert_summary(100, 100, "fail", "fail",
		       "From \"without\" to \"with\", none of 2 costs changed by more than 0.2%; "
		       "checks that fail on both sides: c/mtime updated (ext4 DAX).\n");
	assert_summary(100, 100, "skip", "fail",
		       "From \"without\" to \"with\", none of 2 costs changed by more than 0.2%; "
		       "checks that fail, and were not tried before: c/mtime updated (ext4 "
		       "DAX).\n");
	assert_summary(
		100, 100, NULL, NULL,
		"From \"without\" to \"with\", none of 2 costs changed by more than 0.2%.\n");
}

/* The write fault on two file systems, and something larger elsewhere. */
static void make_write_faults(struct pair *p, int ext2, int ext4)
{
	for (int i = 0; i < 2; i++) {
		struct maker m = { 0 };

		maker_open(&m);
		maker_boot(&m, i ? "with" : "without", 1);
		maker_words(&m);
		maker_target(&m, "ext2", "dax", NULL);
		maker_target(&m, "ext4", "page-cache", NULL);
		maker_sample_on(&m, "ext4", "dax", "splice", "sendfile-4k", i ? 100 : 10);
		maker_sample_on(&m, "ext2", "dax", "first-write", "read-then-write", i ? ext2 : 20);
		maker_sample(&m, "read-then-write", i ? ext4 : 20);
		maker_sample_on(&m, "ext4", "page-cache", "first-write", "read-then-write",
				i ? 90 : 30);
		maker_end(&m);
		maker_read_good(&m, i ? &p->new : &p->base);
	}
	compare_pair(p);
}

static void the_summary_begins_with_the_write_faults_of_dax(void **state)
{
	static const struct {
		int ext2, ext4;
		const char *sentences;
	} cases[] = {
		{ 30, 40,
		  "From \"without\" to \"with\", a first write to a page already read costs 50.0% "
		  "more on ext2 DAX (20 to 30 instructions) and 100.0% more on ext4 DAX (20 to 40 "
		  "instructions). Other costs: 2 worse, most of all splice sendfile-4k on ext4 DAX "
		  "(+900.0%).\n" },
		{ 20, 10,
		  "From \"without\" to \"with\", a first write to a page already read costs 50.0% "
		  "less on ext4 DAX (20 to 10 instructions). Other costs: 2 worse, most of all "
		  "splice sendfile-4k on ext4 DAX (+900.0%); 1 unchanged.\n" },
		{ 20, 20,
		  "From \"without\" to \"with\", a first write to a page already read costs 200.0% "
		  "more on ext4 page cache (30 to 90 instructions). Other costs: 1 worse, splice "
		  "sendfile-4k on ext4 DAX (+900.0%); 2 unchanged.\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct text t = { 0 };
		struct pair p;

		make_write_faults(&p, cases[i].ext2, cases[i].ext4);
		report_summary(&t, 1000, &p.c);
		assert_string_equal(t.data, cases[i].sentences);
		text_free(&t);
		release(&p);
	}
}

static void hostile_words_stay_inside_their_lines(void **state)
{
	void (*const reports[])(struct text *, const struct comparison *) = { report_lkml,
									      report_ktap };
	char label[301];
	struct pair p;

	(void)state;
	memset(label, 'x', sizeof(label) - 1);
	label[sizeof(label) - 1] = '\0';
	make_one(&p.base, label, 1, "fail", "caf\xc3\xa9\\nok 2 forged # SKIP\\ttab");
	make_one(&p.new, "with", 2, "skip", "\\u001b[31mno");
	compare_pair(&p);
	for (size_t i = 0; i < 2; i++) {
		struct text t = { 0 };

		reports[i](&t, &p.c);
		assert_fits(t.data, i ? SIZE_MAX : MAIL_WIDTH);
		assert_never_says(t.data, "\nok 2 forged");
		text_free(&t);
	}
	release(&p);
}

static void ktap_names_are_one_plain_word(void **state)
{
	struct text t = { 0 };
	struct pair p;

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct maker m = { 0 };

		maker_open(&m);
		maker_boot(&m, i ? "with" : "without", 1);
		maker_words(&m);
		maker_check(&m, "a name # SKIP", "skip", "no # SKIP here");
		maker_end(&m);
		maker_read_good(&m, i ? &p.new : &p.base);
	}
	compare_pair(&p);
	report_ktap(&t, &p.c);
	assert_says(t.data, "\nok 1 a_name___SKIP.ext4.dax # SKIP no _ SKIP here\n");
	text_free(&t);
	release(&p);
}

static const char *string_of(const json_t *object, const char *key)
{
	const char *value = json_string_value(json_object_get(object, key));

	return value ? value : "";
}

static void make_large(struct side *side, const char *label, const char *value)
{
	struct maker m = { 0 };

	maker_open(&m);
	for (int seed = 1; seed <= 2; seed++) {
		maker_boot(&m, label, seed);
		maker_line(&m,
			   "{\"kind\":\"sample\",\"bench\":\"freeze\",\"arm\":\"idle\","
			   "\"fs\":\"ext4\",\"access\":\"dax\",\"metric\":\"freeze\","
			   "\"unit\":\"instructions\",\"better\":\"lower\",\"n\":1,"
			   "\"min\":%s,\"median\":%s,\"mean\":%s,\"p90\":%s,\"p99\":%s,"
			   "\"max\":%s,\"histogram\":[[1,1]]}",
			   value, value, value, value, value, value);
		maker_end(&m);
	}
	maker_read_good(&m, side);
}

static void json_writes_whole_instructions_exactly(void **state)
{
	struct text t = { 0 };
	struct pair p;

	(void)state;
	/* more digits than most writers of numbers keep */
	make_large(&p.base, "without", "4503599627370497");
	make_large(&p.new, "with", "4503599627370499.0");
	compare_pair(&p);
	report_json(&t, &p.c);
	assert_says(t.data, "\"base\": 4503599627370497,\n");
	assert_says(t.data, "\"new\": 4503599627370499,\n");
	assert_says(t.data, "\"new_low\": 4503599627370499,\n");
	text_free(&t);
	release(&p);
}

static void json_writes_null_for_a_percentage_of_zero(void **state)
{
	const json_t *metric;
	struct text t = { 0 };
	struct pair p;
	json_t *root;

	(void)state;
	make_pair(&p, 0, 5, NULL, NULL);
	report_json(&t, &p.c);
	root = json_loads(t.data, 0, NULL);
	assert_non_null(root);
	metric = json_array_get(json_object_get(root, "metrics"), 0);
	assert_true(json_is_null(json_object_get(metric, "change_pct")));
	assert_string_equal(string_of(metric, "verdict"), "worse");
	json_decref(root);
	text_free(&t);
	release(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_wrapped_at_the_width),
		cmocka_unit_test(bytes_that_are_not_ascii_become_question_marks),
		cmocka_unit_test(a_wrapped_command_is_the_same_to_a_shell),
		cmocka_unit_test(a_grid_drops_empty_columns_and_cuts_the_first),
		cmocka_unit_test(changes_read_naturally),
		cmocka_unit_test(the_summary_is_true_in_each_case),
		cmocka_unit_test(the_summary_begins_with_the_write_faults_of_dax),
		cmocka_unit_test(hostile_words_stay_inside_their_lines),
		cmocka_unit_test(ktap_names_are_one_plain_word),
		cmocka_unit_test(json_writes_whole_instructions_exactly),
		cmocka_unit_test(json_writes_null_for_a_percentage_of_zero),
		/* EOL */
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
