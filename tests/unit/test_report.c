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
	compare(p);
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

static void the_mail_report_fits_and_shows_change_and_control(void **state)
{
	struct text t = { 0 };
	struct pair p;

	(void)state;
	make_pair(&p, 50, 100, "fail", "pass");
	report_lkml(&t, &p.c);
	assert_int_equal(text_error(&t), 0);
	assert_fits(t.data, MAIL_WIDTH);
	assert_says(t.data, "First write to a 4 KiB page (ext4, DAX), guest instructions\n");
	assert_says(t.data, "  n = 100 a side   without  with   change  verdict\n"
			    "  read-then-write       50   100  +100.0%  worse\n");
	assert_says(t.data, "  rewrite                4     4     0.0%  same\n");
	assert_says(t.data, "  ext4 DAX\n    c/mtime updated     FAIL  pass\n");
	assert_says(t.data, "  FAIL on ext4 DAX, without: seen on base\n");
	assert_says(t.data, "qemu -seed 1\n");
	assert_says(t.data, "not time.\n");
	text_free(&t);
	release(&p);
}

static void groups_without_a_change_are_only_counted(void **state)
{
	struct text t = { 0 };
	struct pair p;

	(void)state;
	make_pair(&p, 100, 100, "pass", "pass");
	report_lkml(&t, &p.c);
	assert_never_says(t.data, "read-then-write");
	assert_says(t.data, "All 2 costs: 2 the same\n"
			    "  No change proved: all with DAX (2 the same)\n");
	text_free(&t);
	report_table(&t, 80, &p.c);
	assert_says(t.data, "  read-then-write      100   100    0.0%  same\n");
	text_free(&t);
	release(&p);
}

static void changes_below_one_percent_stand_together(void **state)
{
	struct text t = { 0 };
	struct pair p;

	(void)state;
	make_pair(&p, 200, 201, "pass", "pass");
	report_lkml(&t, &p.c);
	assert_never_says(t.data, "guest instructions\n  n =");
	assert_says(t.data,
		    "Changes below 1%                         without  with  change  verdict\n"
		    "  first-write read-then-write, ext4 DAX      200   201   +0.5%  worse\n");
	text_free(&t);
	release(&p);
}

/* The write fault on two file systems, and something larger elsewhere. */
static void make_write_faults(struct pair *p, int ext2, int ext4)
{
	for (int i = 0; i < 2; i++) {
		struct maker m = { 0 };

		maker_open(&m);
		maker_boot(&m, i ? "with" : "without", 1);
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
	compare(p);
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

static void first_writes_come_first_beside_the_page_cache(void **state)
{
	struct text t = { 0 };
	struct pair p;

	(void)state;
	make_write_faults(&p, 30, 40);
	report_lkml(&t, &p.c);
	assert_true(strstr(t.data, "\nFirst write to") < strstr(t.data, "\nSplice"));
	assert_says(t.data, "  Through the page cache: read-then-write 30 and 90, worse.\n");
	text_free(&t);
	release(&p);
}

/* Ten arms on two file systems: 3 larger, 6 smaller, 1 the same. */
static void make_many(struct pair *p)
{
	static const int costs[] = { 110, 120, 130, 90, 80, 70, 60, 50, 40, 100 };
	static const char *const fs[] = { "ext2", "ext4" };

	for (int i = 0; i < 2; i++) {
		struct maker m = { 0 };

		maker_open(&m);
		maker_boot(&m, i ? "with" : "without", 1);
		maker_target(&m, "ext2", "dax", NULL);
		for (int f = 0; f < 2; f++)
			for (int k = 0; k < 10; k++) {
				char arm[] = { (char)('a' + k), '\0' };

				maker_sample_on(&m, fs[f], "dax", "splice", arm,
						i ? costs[k] : 100);
			}
		maker_end(&m);
		maker_read_good(&m, i ? &p->new : &p->base);
	}
	compare(p);
}

static void many_changes_show_the_largest_and_sum_up_the_rest(void **state)
{
	struct text t = { 0 };
	struct pair p;

	(void)state;
	make_many(&p);
	report_lkml(&t, &p.c);
	assert_says(t.data,
		    "Splice (ext2, DAX), guest instructions\n"
		    "  n = 100 a side  without  with  change  verdict\n"
		    "  b                   100   120  +20.0%  worse\n"
		    "  c                   100   130  +30.0%  worse\n"
		    "  h                   100    50  -50.0%  better\n"
		    "  i                   100    40  -60.0%  better\n"
		    "  Not shown: 1 worse (+10.0%), 4 better (-10.0% to -40.0%), 1 the same\n");
	assert_says(t.data,
		    "Splice (ext4, DAX), guest instructions\n"
		    "  As on ext2, arm for arm: 3 worse (+10.0% to +30.0%), 6 better (-10.0%\n"
		    "  to -60.0%), 1 the same\n");
	text_free(&t);
	release(&p);
}

/* Both sides: a plain arm and a huge one that cost so much, and what could not be measured. */
static void make_mappings(struct pair *p)
{
	for (int i = 0; i < 2; i++) {
		struct maker m = { 0 };

		maker_open(&m);
		maker_boot(&m, i ? "with" : "without", 1);
		maker_sample(&m, "cold", i ? 200 : 100);
		maker_sample(&m, "huge-cold", 700);
		maker_sample(&m, "huge-hole", i ? 900 : 800);
		maker_sample(&m, "private-cold", 300);
		for (int k = 0; k < 6; k++) {
			static const char *const arms[] = { "huge-cold", "huge-hole" };

			maker_line(&m,
				   "{\"kind\":\"skip\",\"bench\":\"%s\",\"arm\":\"%s\","
				   "\"fs\":\"%s\",\"access\":\"page-cache\",\"reason\":\"no DAX\"}",
				   k % 3 == 2 ? "mmap-write" : "first-write",
				   k % 3 == 2 ? "huge-4k" : arms[k % 3], k < 3 ? "ext2" : "ext4");
		}
		maker_line(&m, "{\"kind\":\"skip\",\"bench\":\"first-write\",\"arm\":\"hole\","
			       "\"fs\":\"xfs\",\"access\":\"page-cache\",\"reason\":\"no DAX\"}");
		maker_end(&m);
		maker_read_good(&m, i ? &p->new : &p->base);
	}
	compare(p);
}

static void first_writes_stand_apart_by_how_the_file_is_mapped(void **state)
{
	struct text t = { 0 };
	struct pair p;

	(void)state;
	make_mappings(&p);
	report_lkml(&t, &p.c);
	assert_says(t.data, "First write to a 4 KiB page (ext4, DAX), guest instructions\n"
			    "  n = 100 a side  without  with   change  verdict\n"
			    "  cold                100   200  +100.0%  worse\n\n");
	assert_says(t.data, "First write to a 2 MiB page (ext4, DAX), guest instructions\n"
			    "  n = 100 a side  without  with  change  verdict\n"
			    "  huge-hole           800   900  +12.5%  worse\n"
			    "  huge-cold           700   700    0.0%  same\n\n");
	assert_says(t.data,
		    "No change proved: first write to a 4 KiB page, MAP_PRIVATE, DAX (1 the\n"
		    "    same)");
	text_free(&t);
	release(&p);
}

static void what_targets_lack_alike_is_said_once(void **state)
{
	struct text t = { 0 };
	struct pair p;

	(void)state;
	make_mappings(&p);
	report_lkml(&t, &p.c);
	assert_says(t.data, "  first-write huge-cold, huge-hole, mmap-write huge-4k on ext2 page\n"
			    "    cache, ext4 page cache; first-write hole on xfs page cache (both\n"
			    "    sides): no DAX\n");
	text_free(&t);
	release(&p);
}

static void targets_with_the_same_checks_stand_together(void **state)
{
	struct text t = { 0 };
	struct pair p;

	(void)state;
	for (int i = 0; i < 2; i++) {
		static const char *const fs[] = { "ext4", "ext2", "xfs" };
		struct maker m = { 0 };

		maker_open(&m);
		maker_boot(&m, i ? "with" : "without", 1);
		maker_target(&m, "ext2", "dax", NULL);
		maker_target(&m, "xfs", "dax", NULL);
		for (int k = 0; k < 3; k++)
			for (int check = 0; check < 2; check++)
				maker_line(&m,
					   "{\"kind\":\"check\",\"name\":\"%s\",\"fs\":\"%s\","
					   "\"access\":\"dax\",\"verdict\":\"%s\","
					   "\"evidence\":\"\"}",
					   check ? "one" : "two", fs[k],
					   check || i || k == 2 ? "pass" : "fail");
		maker_end(&m);
		maker_read_good(&m, i ? &p.new : &p.base);
	}
	compare(&p);
	report_lkml(&t, &p.c);
	assert_says(t.data, "Semantics             without  with\n"
			    "  ext4 DAX, ext2 DAX\n"
			    "    two                  FAIL  pass\n"
			    "    one                  pass  pass\n"
			    "  xfs DAX\n"
			    "    all 2 checks         pass  pass\n");
	text_free(&t);
	release(&p);
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
	compare(&p);
	for (size_t i = 0; i < 2; i++) {
		struct text t = { 0 };

		reports[i](&t, &p.c);
		assert_fits(t.data, i ? SIZE_MAX : MAIL_WIDTH);
		assert_never_says(t.data, "\nok 2 forged");
		text_free(&t);
	}
	release(&p);
}

static void ktap_judges_the_new_side(void **state)
{
	struct text t = { 0 };
	struct pair p;

	(void)state;
	make_pair(&p, 50, 100, "pass", "fail");
	report_ktap(&t, &p.c);
	assert_int_equal(strncmp(t.data, "KTAP version 1\n1..1\n", 20), 0);
	assert_says(t.data, "\nnot ok 1 ctime-mtime.ext4.dax\n");
	assert_says(t.data, "\n# base pass: seen on base\n");
	assert_says(t.data, "\n# worse: first-write read-then-write write ext4/dax: 50 to 100 ");
	text_free(&t);
	release(&p);

	make_pair(&p, 50, 50, "fail", "skip");
	report_ktap(&t, &p.c);
	assert_says(t.data, "\nok 1 ctime-mtime.ext4.dax # SKIP seen on new\n");
	assert_says(t.data, "# Totals: pass:0 fail:0 xfail:0 xpass:0 skip:1 error:0\n");
	text_free(&t);
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
		maker_check(&m, "a name # SKIP", "skip", "no # SKIP here");
		maker_end(&m);
		maker_read_good(&m, i ? &p.new : &p.base);
	}
	compare(&p);
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

static void json_has_the_fixed_fields(void **state)
{
	static const char *const fields[] = { "bench",	     "arm",	   "metric", "unit",
					      "better",	     "fs",	   "access", "base",
					      "new",	     "change_pct", "n",	     "ci_low_pct",
					      "ci_high_pct", "verdict" };
	const json_t *metric, *check;
	struct text t = { 0 };
	struct pair p;
	json_t *root;

	(void)state;
	make_pair(&p, 50, 100, "fail", "pass");
	report_json(&t, &p.c);
	root = json_loads(t.data, 0, NULL);
	assert_non_null(root);
	assert_string_equal(string_of(root, "mode"), "count");
	metric = json_array_get(json_object_get(root, "metrics"), 0);
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		assert_non_null(json_object_get(metric, fields[i]));
	assert_string_equal(string_of(metric, "verdict"), "worse");
	assert_int_equal(json_integer_value(json_object_get(metric, "base")), 50);
	assert_int_equal(json_integer_value(json_object_get(metric, "change_pct")), 100);
	assert_int_equal(json_integer_value(json_object_get(metric, "base_low")), 50);
	assert_int_equal(json_integer_value(json_object_get(metric, "new_high")), 100);
	assert_int_equal(json_integer_value(json_object_get(metric, "n")), 100);
	check = json_array_get(json_object_get(root, "checks"), 0);
	assert_string_equal(string_of(check, "name"), "ctime-mtime");
	assert_string_equal(string_of(check, "base"), "fail");
	assert_string_equal(string_of(check, "new"), "pass");
	assert_string_equal(string_of(check, "evidence"), "seen on new");
	json_decref(root);
	text_free(&t);
	release(&p);
}

static void json_has_the_tests_of_times(void **state)
{
	static const int base[] = { 100, 101, 100, 102, 100 }, new[] = { 110, 111, 111, 113, 110 };
	static const char *const fields[] = { "t_p",	     "wilcoxon_p",    "holm_p",
					      "pair_sd_pct", "within_sd_pct", "between_sd_pct",
					      "ci_low_pct",  "ci_high_pct",   "change_pct" };
	const json_t *metric, *p99;
	struct text t = { 0 };
	struct pair p;
	json_t *root;

	(void)state;
	make_side(&p.base, "without", "time", base, 5);
	make_side(&p.new, "with", "time", new, 5);
	compare(&p);
	report_json(&t, &p.c);
	root = json_loads(t.data, 0, NULL);
	assert_non_null(root);
	assert_true(json_number_value(json_object_get(root, "margin_pct")) == 2);
	metric = json_array_get(json_object_get(root, "metrics"), 0);
	p99 = json_object_get(metric, "p99");
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		assert_true(json_is_number(json_object_get(metric, fields[i])));
	assert_int_equal(json_integer_value(json_object_get(metric, "pairs")), 5);
	assert_string_equal(string_of(metric, "verdict"), "worse");
	assert_string_equal(string_of(p99, "verdict"), "worse");
	assert_true(json_is_number(json_object_get(p99, "holm_p")));
	/* 100 operations bound no p99 from above */
	assert_true(json_is_null(json_object_get(p99, "base_high")));
	assert_true(json_is_null(json_object_get(p99, "within_sd_pct")));
	json_decref(root);
	text_free(&t);
	release(&p);
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
	compare(&p);
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
		cmocka_unit_test(the_mail_report_fits_and_shows_change_and_control),
		cmocka_unit_test(groups_without_a_change_are_only_counted),
		cmocka_unit_test(changes_below_one_percent_stand_together),
		cmocka_unit_test(the_summary_begins_with_the_write_faults_of_dax),
		cmocka_unit_test(first_writes_come_first_beside_the_page_cache),
		cmocka_unit_test(many_changes_show_the_largest_and_sum_up_the_rest),
		cmocka_unit_test(first_writes_stand_apart_by_how_the_file_is_mapped),
		cmocka_unit_test(what_targets_lack_alike_is_said_once),
		cmocka_unit_test(targets_with_the_same_checks_stand_together),
		cmocka_unit_test(hostile_words_stay_inside_their_lines),
		cmocka_unit_test(ktap_judges_the_new_side),
		cmocka_unit_test(ktap_names_are_one_plain_word),
		cmocka_unit_test(json_has_the_fixed_fields),
		cmocka_unit_test(json_has_the_tests_of_times),
		cmocka_unit_test(json_writes_whole_instructions_exactly),
		cmocka_unit_test(json_writes_null_for_a_percentage_of_zero),
		/* EOL */
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
