// SPDX-License-Identifier: GPL-2.0-or-later
/* Plans: what is wrong is refused with file, line and the choices. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "bench/selection.h"
#include "plan/plan.h"

static char path[] = "/tmp/daxmark-plan-XXXXXX";

static int make_file(void **state)
{
	int fd = mkstemp(path);

	(void)state;
	if (fd < 0)
		return -1;
	close(fd);
	return 0;
}

static int remove_file(void **state)
{
	(void)state;
	return unlink(path);
}

static int read_text(const char *text, struct plan *plan, char error[PLAN_ERROR_MAX])
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
	return plan_read(path, plan, error);
}

/* The plan is refused at that line, and the message holds these words. */
static void expect_refusal(const char *text, int line, const char *words)
{
	char error[PLAN_ERROR_MAX], place[80];
	struct plan plan;
	int status = read_text(text, &plan, error);

	if (!status) {
		status = selection_check(&plan, error);
		plan_free(&plan);
	}
	assert_int_equal(status, -EINVAL);
	snprintf(place, sizeof(place), "%s:%d: ", path, line);
	assert_memory_equal(error, place, strlen(place));
	if (!strstr(error, words))
		fail_msg("\"%s\" lacks \"%s\"", error, words);
}

static void what_is_left_out_takes_its_default(void **state)
{
	char error[PLAN_ERROR_MAX];
	struct plan plan;

	(void)state;
	assert_int_equal(read_text("[plan]\nmode = count\n", &plan, error), 0);
	assert_int_equal(plan.mode, PLAN_COUNT);
	assert_int_equal(plan.seeds.n, 3);
	assert_true(plan.floor_pct == 0.2);
	assert_true(plan.margin_pct == 2);
	assert_true(selected_filesystem(&plan, "ext2") && selected_access(&plan, "dax"));
	for (size_t i = 0; bench_table[i]; i++)
		assert_true(selected_arm(&plan, bench_table[i], &bench_table[i]->arms[0]));
	plan_free(&plan);
}

static void kernels_keep_their_order_and_their_patches(void **state)
{
	char error[PLAN_ERROR_MAX];
	struct plan plan;

	(void)state;
	assert_int_equal(read_text("[kernel old]\nsource = debian:linux-source-6.1\n"
				   "patches = a.patch\n\tb.patch, c.patch\n"
				   "[kernel new]\nsource = git:/src#v6.2\n"
				   "[kernel forky]\nsource = debian:linux-source-7.2/forky\n",
				   &plan, error),
			 0);
	assert_int_equal(plan.kernels, 3);
	assert_string_equal(plan.kernel[0].label.text, "old");
	assert_int_equal(plan.kernel[0].patches.n, 3);
	assert_string_equal(plan.kernel[0].patches.word[2].text, "c.patch");
	assert_string_equal(plan.kernel[1].source.text, "git:/src#v6.2");
	assert_string_equal(plan.kernel[2].source.text, "debian:linux-source-7.2/forky");
	plan_free(&plan);
}

static void only_what_is_named_is_selected(void **state)
{
	char error[PLAN_ERROR_MAX];
	struct plan plan;

	(void)state;
	assert_int_equal(read_text("[plan]\nbenchmarks = first-write\nchecks = none\n"
				   "[bench first-write]\narms = hole\noperations = 5\npasses = 2\n",
				   &plan, error),
			 0);
	assert_int_equal(selection_check(&plan, error), 0);
	for (size_t b = 0; bench_table[b]; b++)
		for (const struct arm *arm = bench_table[b]->arms; arm->name; arm++) {
			bool wanted = !strcmp(arm->name, "hole");

			assert_int_equal(selected_arm(&plan, bench_table[b], arm), wanted);
			if (!wanted)
				continue;
			assert_int_equal(selected_operations(&plan, bench_table[b], arm), 5);
			assert_int_equal(selected_passes(&plan, bench_table[b]), 2);
		}
	for (size_t i = 0; check_table[i]; i++)
		assert_false(selected_check(&plan, check_table[i]));
	plan_free(&plan);
}

static void a_way_to_fill_is_for_arms_whose_file_is_written(void **state)
{
	static const char *const filled[] = { "cold", "read-then-write", "sync-cold",
					      "after-sync" };
	static const char *const not_filled[] = { "hole", "unwritten", "huge-cold", "sync-hole" };
	const struct bench *bench = bench_table[0];
	char error[PLAN_ERROR_MAX];
	struct fill fill;
	struct plan plan;

	(void)state;
	assert_string_equal(bench->name, "first-write");
	assert_int_equal(
		read_text("[bench first-write]\nfill = 4k 64k, 2m\n\trandom\n", &plan, error), 0);
	assert_int_equal(selection_check(&plan, error), 0);
	for (const struct arm *arm = bench->arms; arm->name; arm++)
		for (size_t i = 0; i < 4; i++) {
			if (!strcmp(arm->name, filled[i]))
				assert_int_equal(selected_fills(&plan, bench, arm), 4);
			if (!strcmp(arm->name, not_filled[i]))
				assert_int_equal(selected_fills(&plan, bench, arm), 0);
		}
	selected_fill(&plan, bench, 1, &fill);
	assert_int_equal(fill.how, FILL_WRITTEN);
	assert_int_equal(fill.bytes, 65536);
	selected_fill(&plan, bench, 2, &fill);
	assert_int_equal(fill.bytes, 2 << 20);
	selected_fill(&plan, bench, 3, &fill);
	assert_int_equal(fill.how, FILL_RANDOM);
	assert_string_equal(fill.name, "random");
	plan_free(&plan);

	assert_int_equal(read_text("", &plan, error), 0);
	assert_int_equal(selected_fills(&plan, bench, bench->arms), 0);
	plan_free(&plan);
}

static void no_way_to_fill_is_refused(void **state)
{
	static const char *const words[] = { "3k",   "2k",  "12k",  "8m",  "1024k",
					     "04k",  "4K",  "4096", "-4k", "99999999m",
					     "read", "4km", "k",    "+4k" };
	char text[80];

	(void)state;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		snprintf(text, sizeof(text), "[bench first-write]\nfill = 4k\n\t%s\n", words[i]);
		expect_refusal(text, 3, "known: 4k, 8k");
	}
	expect_refusal("[bench first-write]\nfill = 4k 4k\n", 2, "named twice");
	expect_refusal("[bench splice]\nfill = 4k\n", 2, "these have: first-write mmap-write");
}

static void unknown_names_are_refused_with_the_choices(void **state)
{
	(void)state;
	expect_refusal("[plan]\nmood = count\n", 2, "known: mode, seeds");
	expect_refusal("[plan]\nmode = fast\n", 2, "choose count, time or emulated");
	expect_refusal("[plan]\n\nfilesystems = ext2 ext3\n", 3, "known: ext2, ext4, xfs, tmpfs");
	expect_refusal("[plan]\naccess = direct\n", 2, "known: dax, page-cache");
	expect_refusal("[plan]\nchecks = mtime\n", 2, "ctime-mtime, dax-proved");
	expect_refusal("[plan]\nbenchmarks = last-write\n", 2, "first-write, freeze");
	expect_refusal("[bench last-write]\npasses = 1\n", 2, "first-write, freeze");
	expect_refusal("[bench first-write]\narms = cold warm\n", 2, "cold, read-then-write");
	expect_refusal("[kernel a]\nsource = tar:x\n", 2, "debian:linux-source-6.1, git:/path#rev");
	expect_refusal("[kernel a]\nsource = debian:linux-source-6.1/\n", 2, "names no package");
	expect_refusal("[kernel a]\nsource = debian:/forky\n", 2, "names no package");
	expect_refusal("[kernel a]\nsource = debian:linux-source-6.1/a/b\n", 2,
		       "debian:linux-source-7.2/forky for another suite");
	expect_refusal("[kernel a]\nsource = debian:linux-source-6.1/../x\n", 2,
		       "names no package");
	expect_refusal("[kernels a]\nsource = x\n", 2, "[kernel LABEL]");
	expect_refusal("[guest]\nram = 5\n", 2, "memory (MiB)");
}

static void values_that_cannot_be_are_refused(void **state)
{
	(void)state;
	expect_refusal("[plan]\nseeds = 1 0\n", 2, "\"0\"");
	expect_refusal("[plan]\nseeds = 1 x\n", 2, "\"x\"");
	expect_refusal("[plan]\nseeds = 1 2 1\n", 2, "named twice");
	expect_refusal("[plan]\nseeds = 1 01\n", 2, "as 1");
	expect_refusal("[plan]\nfloor = -1\n", 2, "percentage");
	expect_refusal("[plan]\nthreads = 0\n", 2, "1 to 1024");
	expect_refusal("[plan]\nthreads = many\n", 2, "1 to 1024");
	expect_refusal("[plan]\nfiles = two\n", 2, "neither one nor each");
	expect_refusal("[plan]\nthreads = 2\n[kernel a]\nsource = image:/x\n", 2,
		       "a guest has one processor");
	expect_refusal("[plan]\nmargin = 101\n", 2, "percentage");
	expect_refusal("[plan]\nfloor = nan\n", 2, "percentage");
	expect_refusal("[bench noop]\noperations = 0\n", 2, "from 1 to");
	expect_refusal("[bench noop]\noperations = 99999999999999999999\n", 2, "from 1 to");
	expect_refusal("[kernel ../x]\nsource = image:/x\n", 2, "cannot label a kernel");
	expect_refusal("[kernel a]\nsource = git:/x\n", 2, "names no revision");
	expect_refusal("[kernel a]\nsource = image:\n", 2, "unknown kernel");
	expect_refusal("[kernel a]\nsource = git:/x#1\nsource = git:/x#2\n", 3, "second time");
	expect_refusal("[plan]\nchecks = none ctime-mtime\n", 2, "no other check");
	expect_refusal("[kernel a]\npatches = x.patch\n", 2, "has no source");
	expect_refusal("[guest]\npmem = 1600\n", 0, "leaves no room");
}

static void a_target_is_one_place_and_has_its_own_rules(void **state)
{
	char error[PLAN_ERROR_MAX];
	struct plan plan;

	(void)state;
	assert_int_equal(read_text("[plan]\nmode = time\n"
				   "[target pmem]\ndevice = /dev/pmem0\nerase = yes\n"
				   "[target loop]\nfile = /var/tmp/x\nsize = 64\n"
				   "[target here]\ndirectory = /mnt\n",
				   &plan, error),
			 0);
	assert_int_equal(plan.targets, 3);
	assert_true(plan.target[0].erase && !plan.target[1].erase);
	assert_int_equal(plan.target[1].size_mib, 64);
	assert_string_equal(plan.target[2].directory, "/mnt");
	plan_free(&plan);

	expect_refusal("[target x]\ndevice = /dev/a\nfile = /b\n", 3, "it is set in line 2");
	expect_refusal("[target x]\nsize = 100\n", 2, "names no device, file or directory");
	expect_refusal("[target x]\nfile = b\n", 2, "no path from the root");
	expect_refusal("[target x]\ndevice = /dev/a\nerase = maybe\n", 3, "neither yes nor no");
	expect_refusal("[target x]\nfile = /b\nerase = yes\n", 2, "erase is for a device");
	expect_refusal("[target x]\npath = /b\n", 2, "device, file, directory");
	expect_refusal("[target x]\nfile = /b\nsize = 1\n", 3, "from 64 to");
	expect_refusal("[target x]\ndirectory = /b\n", 2, "mode = time");
	expect_refusal("[plan]\nmode = time\n[target x]\ndirectory = /b\n"
		       "[kernel a]\nsource = image:/x\n",
		       4, "not both");
}

static void a_series_is_a_kernel_for_each_patch(void **state)
{
	char error[PLAN_ERROR_MAX];
	struct plan plan;

	(void)state;
	assert_int_equal(read_text("[series base]\nsource = debian:linux-source-6.1\n"
				   "patches = p/0001-mm-do.patch q/b+c.diff\n",
				   &plan, error),
			 0);
	assert_int_equal(plan.kernels, 3);
	assert_null(plan_series_range(&plan));
	assert_string_equal(plan.kernel[0].label.text, "base");
	assert_int_equal(plan.kernel[0].patches.n, 0);
	assert_false(plan.kernel[0].is_step);
	assert_string_equal(plan.kernel[1].label.text, "1-mm-do");
	assert_int_equal(plan.kernel[1].patches.n, 1);
	assert_string_equal(plan.kernel[2].label.text, "2-b+c");
	assert_string_equal(plan.kernel[2].source.text, "debian:linux-source-6.1");
	assert_string_equal(plan.kernel[2].patches.word[0].text, "p/0001-mm-do.patch");
	assert_string_equal(plan.kernel[2].patches.word[1].text, "q/b+c.diff");
	assert_true(plan.kernel[2].is_step);
	plan_free(&plan);
}

static void a_range_of_commits_has_its_base_alone(void **state)
{
	char error[PLAN_ERROR_MAX];
	struct plan plan;

	(void)state;
	assert_int_equal(read_text("[series v1]\nsource = git:/src#v1..topic/x\n", &plan, error),
			 0);
	assert_int_equal(plan.kernels, 1);
	assert_string_equal(plan_series_range(&plan), "v1..topic/x");
	assert_string_equal(plan.kernel[0].label.text, "v1");
	assert_string_equal(plan.kernel[0].source.text, "git:/src#v1");
	plan_free(&plan);
}

static void the_label_of_a_step_can_name_a_file(void **state)
{
	static const struct {
		const char *name, *label;
	} steps[] = {
		{ "do", "7-do" },
		{ "../etc/passwd", "7-..-etc-passwd" },
		{ "mm/x: a  \"b\"\t(c)", "7-mm-x-a-b-c" },
		{ "\xc3\xa4", "7" },
		{ "", "7" },
		{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
		  "7-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" },
		{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa b",
		  "7-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" },
	};
	char label[PLAN_LABEL_MAX + 1];

	(void)state;
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		plan_step_label(7, steps[i].name, label);
		assert_string_equal(label, steps[i].label);
	}
}

static void what_is_no_series_is_refused(void **state)
{
	char many[4096] = "[series a]\nsource = debian:x\npatches =\n";

	(void)state;
	expect_refusal("[series a]\nsource = debian:x\n", 2,
		       "has no patches; name some, or a range");
	expect_refusal("[series a]\nsource = git:/x#v1\n", 2, "has no patches");
	expect_refusal("[series a]\npatches = x\n", 2, "has no source");
	expect_refusal("[series a]\nsource = git:/x#a..b\npatches = x\n", 3, "are the steps");
	expect_refusal("[series a]\nsource = git:/x#..b\n", 2, "is no range of commits");
	expect_refusal("[series a]\nsource = git:/x#a..\n", 2, "is no range of commits");
	expect_refusal("[series a]\nsource = git:/x#a...b\n", 2, "is no range of commits");
	expect_refusal("[series a]\nsource = image:/x\npatches = x\n", 2, "takes no patches");
	expect_refusal("[series a]\nsource = git:/x#a..b\n[series b]\nsource = git:/x#a..b\n", 4,
		       "a plan has one series; [series a] is in line 2");
	expect_refusal("[kernel k]\nsource = image:/x\n[series a]\nsource = git:/x#a..b\n", 4,
		       "not both; [kernel k] is in line 2");
	expect_refusal("[series 1-x]\nsource = debian:x\npatches = x.patch\n", 3,
		       "\"1-x\" would label both this step and the base");
	expect_refusal("[series a]\nsource = debian:x\npatches = x x\n", 3, "named twice");
	expect_refusal("[series a]\nsource = debian:x\nsubject = x\n", 3, "known: source, patches");
	expect_refusal("[series a b]\nsource = git:/x#a..b\n", 2, "cannot label a kernel");
	expect_refusal("[kernel a]\nsource = git:/x#a..b\n", 2, "write it in a [series LABEL]");
	for (int i = 0; i < 64; i++)
		sprintf(many + strlen(many), "\t%d.patch\n", i);
	expect_refusal(many, 2, "has 64 patches, and 63 is the most");
	*many = '\0';
	for (int i = 0; i < 65; i++)
		sprintf(many + strlen(many), "[kernel %d]\nsource = git:x#y\n", i);
	expect_refusal(many, 130, "a plan has at most 64 kernels");
}

#define TWO "[kernel a]\nsource = image:/x\n[kernel b]\nsource = image:/y\n"

static void pairs_are_of_timed_guests_and_nothing_else(void **state)
{
	char error[PLAN_ERROR_MAX];
	struct plan plan;

	(void)state;
	assert_int_equal(read_text("[plan]\nmode = time\n" TWO, &plan, error), 0);
	assert_int_equal(plan.pairs, 10);
	assert_int_equal(plan.order_seed, 0);
	plan_free(&plan);
	assert_int_equal(
		read_text("[plan]\npairs = 5\norder_seed = 77\nmode = time\n" TWO, &plan, error),
		0);
	assert_int_equal(plan.pairs, 5);
	assert_int_equal(plan.order_seed, 77);
	plan_free(&plan);

	expect_refusal("[plan]\npairs = 5\n" TWO, 2, "in mode count each kernel is booted once");
	expect_refusal("[plan]\nmode = emulated\norder_seed = 5\n" TWO, 3, "are for mode = time");
	expect_refusal("[plan]\nmode = time\npairs = 5\n[target x]\ndirectory = /b\n", 3,
		       "on this machine seeds says");
	expect_refusal("[plan]\nmode = time\nseeds = 1 2\n" TWO, 3, "write pairs = N for seeds");
	expect_refusal("[plan]\nmode = time\npairs = 0\n" TWO, 3, "from 1 to 1000");
	expect_refusal("[plan]\nmode = time\norder_seed = 0\n" TWO, 3, "from 1 to 4294967295");
}

static void file_systems_that_are_not_named_are_ext2_and_ext4(void **state)
{
	char error[PLAN_ERROR_MAX];
	struct plan plan;

	(void)state;
	assert_int_equal(read_text("[plan]\nmode = time\n", &plan, error), 0);
	assert_true(selected_filesystem(&plan, "ext4"));
	assert_false(selected_filesystem(&plan, "tmpfs"));
	plan_free(&plan);
}

static void a_line_that_is_no_setting_is_refused(void **state)
{
	(void)state;
	expect_refusal("[plan]\nmode = count\nwhat\n", 3, "neither");
}

static void a_plan_cannot_speak_to_a_terminal(void **state)
{
	(void)state;
	expect_refusal("[plan]\nmode = \033[2J\n", 2, "a control character in \" [2J\"");
	expect_refusal("[plan]\nbenchmarks = splice\302\2332J\n", 2, "in \"splice  2J\"");
	expect_refusal("[pl\033]\nmode = count\n", 2, "in \"pl \"");
	expect_refusal("[plan]\nmo\177de = count\n", 2, "in \"mo de\"");
	expect_refusal("[target a\tb]\ndevice = /dev/pmem0\n", 2, "in \"target a b\"");
	/* daxmark plan prints fields with tabs between them */
	expect_refusal("[kernel a]\nsource = image:/x\ty\n", 2, "a tab in a value");
	expect_refusal("[plan]\nmode = ti\tme\n", 2, "unknown mode \"ti me\"");
}

/* A path may be longer than the lines that inih takes. */
static void a_long_line_is_taken_whole(void **state)
{
	char text[4096], path[401], where[1024], error[PLAN_ERROR_MAX];
	struct plan plan;

	(void)state;
	memset(path, 'x', sizeof(path) - 1);
	path[400] = '\0';
	snprintf(where, sizeof(where), "git:/%s;y/%s#v1", path, path);
	snprintf(text, sizeof(text),
		 "; %s\n[kernel a]\n# %s\nsource   =  %s \t; %s\npatches = a.patch\n   %s.patch "
		 "b.patch\n[plan]\n  floor = 1%300s; %s\n",
		 path, path, where, path, path, "", path);
	assert_int_equal(read_text(text, &plan, error), 0);
	assert_string_equal(plan.kernel[0].source.text, where);
	assert_int_equal(plan.kernel[0].source.line, 4);
	assert_int_equal(plan.kernel[0].patches.n, 3);
	assert_int_equal(strlen(plan.kernel[0].patches.word[1].text), 406);
	assert_int_equal(plan.kernel[0].patches.word[2].line, 6);
	assert_true(plan.floor_pct == 1);
	plan_free(&plan);
}

static void a_line_too_long_is_refused_and_not_cut(void **state)
{
	static char text[9001];

	(void)state;
	memset(text, 'x', sizeof(text) - 1);
	memcpy(text, "[plan]\nchecks = ", 16);
	expect_refusal(text, 2, "longer than 8191 bytes");
	text[600] = '\0';
	expect_refusal(text, 2, "xxxx");
	text[14] = 'x';
	expect_refusal(text, 2, "the line is too long, and no \"key = value\"");
	text[7] = '[';
	expect_refusal(text, 2, "the line is too long, and no \"key = value\"");
}

/* Records are JSON: a run that names such a thing would be lost at its end. */
static void a_name_that_is_not_utf_8_is_refused(void **state)
{
	static const char *const wrong[] = {
		"\xff", "a\xc3", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x82", "\x80"
	};
	char text[128];

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		snprintf(text, sizeof(text), "[kernel a]\nsource = git:/x/%s#v1\n", wrong[i]);
		expect_refusal(text, 2, "a name that is not UTF-8");
	}
}

static void a_plan_that_is_not_there_is_an_error_of_its_own(void **state)
{
	char error[PLAN_ERROR_MAX];
	struct plan plan;

	(void)state;
	assert_int_equal(plan_read("/nowhere/x.ini", &plan, error), -ENOENT);
	assert_string_equal(error, "/nowhere/x.ini: No such file or directory");
}

/* The numbers of threads a plan leads to on a machine with so many processors. */
static void expect_threads(const char *threads, size_t processors, const char *numbers)
{
	char error[PLAN_ERROR_MAX], text[80], got[80] = "";
	struct plan plan;

	snprintf(text, sizeof(text), "[plan]\nthreads = %s\n", threads);
	assert_int_equal(read_text(text, &plan, error), 0);
	for (size_t n = selected_threads(&plan, processors, 0); n;
	     n = selected_threads(&plan, processors, n))
		snprintf(got + strlen(got), sizeof(got) - strlen(got), " %zu", n);
	assert_string_equal(got, numbers);
	plan_free(&plan);
}

static void threads_begin_with_one_and_all_are_powers_of_two_and_the_most(void **state)
{
	(void)state;
	expect_threads("", 4, "");
	expect_threads("1", 4, " 1");
	expect_threads("3", 4, " 1 3");
	expect_threads("4, 2", 4, " 1 2 4");
	expect_threads("all", 1, " 1");
	expect_threads("all", 6, " 1 2 4 6");
	expect_threads("all 3", 8, " 1 2 3 4 8");
}

static void threads_beyond_the_processors_are_refused_by_line(void **state)
{
	char error[PLAN_ERROR_MAX];
	struct plan plan;

	(void)state;
	assert_int_equal(read_text("[plan]\nmode = time\nthreads = 2 all 5\n", &plan, error), 0);
	assert_int_equal(selection_check_threads(&plan, 5, error), 0);
	assert_int_equal(selection_check_threads(&plan, 4, error), -ENODEV);
	assert_non_null(strstr(error, ":3: threads = 5: this process may use 4 processors"));
	plan_free(&plan);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_left_out_takes_its_default),
		cmocka_unit_test(kernels_keep_their_order_and_their_patches),
		cmocka_unit_test(a_series_is_a_kernel_for_each_patch),
		cmocka_unit_test(a_range_of_commits_has_its_base_alone),
		cmocka_unit_test(the_label_of_a_step_can_name_a_file),
		cmocka_unit_test(what_is_no_series_is_refused),
		cmocka_unit_test(only_what_is_named_is_selected),
		cmocka_unit_test(a_way_to_fill_is_for_arms_whose_file_is_written),
		cmocka_unit_test(no_way_to_fill_is_refused),
		cmocka_unit_test(unknown_names_are_refused_with_the_choices),
		cmocka_unit_test(values_that_cannot_be_are_refused),
		cmocka_unit_test(a_target_is_one_place_and_has_its_own_rules),
		cmocka_unit_test(pairs_are_of_timed_guests_and_nothing_else),
		cmocka_unit_test(file_systems_that_are_not_named_are_ext2_and_ext4),
		cmocka_unit_test(threads_begin_with_one_and_all_are_powers_of_two_and_the_most),
		cmocka_unit_test(threads_beyond_the_processors_are_refused_by_line),
		cmocka_unit_test(a_line_that_is_no_setting_is_refused),
		cmocka_unit_test(a_plan_cannot_speak_to_a_terminal),
		cmocka_unit_test(a_long_line_is_taken_whole),
		cmocka_unit_test(a_line_too_long_is_refused_and_not_cut),
		cmocka_unit_test(a_name_that_is_not_utf_8_is_refused),
		cmocka_unit_test(a_plan_that_is_not_there_is_an_error_of_its_own),
	};

	return cmocka_run_group_tests(tests, make_file, remove_file);
}
