// SPDX-License-Identifier: GPL-2.0-or-later
/* A guest before and after its boot: what its image says of itself, and what its console has said.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "guest/pinning.h"
#include "guest/qemu_command.h"
#include "guest/said.h"

static char folder[] = "/tmp/test_guest-XXXXXX";
static char path[64];

static void write_file(const char *name, const void *data, size_t size)
{
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	file = fopen(path, "w");
	assert_non_null(file);
	assert_int_equal(fwrite(data, 1, size, file), size);
	assert_int_equal(fclose(file), 0);
}

static int make_folder(void **state)
{
	(void)state;
	return !mkdtemp(folder);
}

static int remove_folder(void **state)
{
	static const char *const names[] = { "bzImage", "manifest", "console" };

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
		unlink(path);
	}
	return rmdir(folder);
}

static struct said said(const char *text, size_t size)
{
	struct said said;

	write_file("console", text, size);
	assert_int_equal(said_read(path, &said), 0);
	return said;
}
#define SAID(text) said(text, sizeof(text) - 1)

static void patience_grows_with_the_time_limit(void **state)
{
	(void)state;
	assert_int_equal(guest_silence_limit(300), 150);
	assert_int_equal(guest_silence_limit(3600), 1800);
	assert_int_equal(guest_silence_limit(60), 120);
}

static void memmap_is_for_kernels_from_4_1_on(void **state)
{
	(void)state;
	assert_false(image_knows_pmem("3.16.0"));
	assert_false(image_knows_pmem("4.0.4"));
	assert_true(image_knows_pmem("4.1.0-rc1"));
	assert_true(image_knows_pmem("4.10"));
	assert_true(image_knows_pmem("6.1.0"));
	assert_true(image_knows_pmem(""));
}

static void a_manifest_names_source_and_patches_in_order(void **state)
{
	static const char manifest[] =
		"source: git:/a#b\nrelease: 6.1\npatch: a b.patch sha256:11\n"
		"config-sha256: 22\npatch: c.patch sha256:33\n";
	char reason[GUEST_REASON_MAX];
	struct image image;

	(void)state;
	write_file("bzImage", "", 0);
	write_file("manifest", manifest, sizeof(manifest) - 1);
	assert_int_equal(image_read(folder, &image, reason), STATUS_DONE);
	assert_string_equal(image.source, "git:/a#b");
	assert_string_equal(image.release, "6.1");
	assert_string_equal(image.compiler, "");
	assert_int_equal(image.patches, 2);
	assert_string_equal(image.patch[0], "a b.patch");
	assert_string_equal(image.patch_sha256[0], "11");
	assert_string_equal(image.patch[1], "c.patch");
	assert_string_equal(image.patch_sha256[1], "33");
	image_free(&image);
}

static void a_folder_without_an_image_is_named(void **state)
{
	char reason[GUEST_REASON_MAX];
	struct image image;

	(void)state;
	assert_int_equal(image_read("/nowhere", &image, reason), STATUS_USAGE);
	assert_non_null(strstr(reason, "/bzImage: no such image"));
	image_free(&image);
}

static void the_first_of_several_words_is_found_and_nothing_speaks_to_a_terminal(void **state)
{
	static const char *const words[] = { "panic", "BUG: ", NULL };
	struct said s = SAID("one\0two\r\n[1] BUG: \033[2J here\r\nKernel panic\n");
	char line[SAID_LINE_MAX];

	(void)state;
	assert_true(said_find(&s, words, line));
	assert_string_equal(line, "BUG: ?[2J here");
	assert_true(said_line_with(&s, words, line));
	assert_string_equal(line, "[1] BUG: ?[2J here");
	assert_true(said_last(&s, 0, line));
	assert_string_equal(line, "Kernel panic");
	said_free(&s);
}

static void a_long_line_is_cut(void **state)
{
	static const char *const words[] = { "BUG: ", NULL };
	char text[4096], line[SAID_LINE_MAX];
	struct said s;

	(void)state;
	memset(text, 'x', sizeof(text));
	snprintf(text, sizeof(text), "BUG: ");
	text[5] = 'x';
	s = said(text, sizeof(text));
	assert_true(said_find(&s, words, line));
	assert_int_equal(strlen(line), SAID_LINE_MAX - 1);
	said_free(&s);
}

static void a_status_stands_at_the_begin_of_a_line(void **state)
{
	struct said s = SAID("it ended with status 3\nended with status 0\nended with status 5.\n");

	(void)state;
	assert_int_equal(said_number(&s, "ended with status "), 5);
	assert_int_equal(said_number(&s, "it ended with status "), 3);
	assert_int_equal(said_number(&s, "not ended with status "), -1);
	said_free(&s);
	s = SAID("ended with status");
	assert_int_equal(said_number(&s, "ended with status"), -1);
	said_free(&s);
}

static void what_was_never_written_says_nothing(void **state)
{
	static const char *const words[] = { "x", NULL };
	char line[SAID_LINE_MAX];
	struct said s;

	(void)state;
	assert_int_equal(said_read("/nowhere/console", &s), 0);
	assert_int_equal(s.size, 0);
	assert_false(said_find(&s, words, line));
	assert_string_equal(line, "");
	assert_false(said_last(&s, 0, line));
	said_free(&s);
}

static void the_last_line_with_words_is_after_those_that_are_left_out(void **state)
{
	struct said s = SAID("head\n \t\nlast\n\n");
	char line[SAID_LINE_MAX];

	(void)state;
	assert_true(said_last(&s, 1, line));
	assert_string_equal(line, "last");
	assert_false(said_last(&s, 3, line));
	said_free(&s);
}

static void the_end_is_so_many_lines(void **state)
{
	struct said s = SAID("a\nb\nc\nd");
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	(void)state;
	assert_non_null(out);
	said_print_end(&s, 2, "> ", out);
	said_print_end(&s, 9, "", out);
	fclose(out);
	assert_string_equal(text, "> c\n> d\na\nb\nc\nd\n");
	free(text);
	said_free(&s);
}

static void what_is_no_list_of_one_processor_is_refused(void **state)
{
	static const char *const lists[] = { "", "last", "0-1", "0,1", "1x", "-1", "99999" };
	char reason[GUEST_REASON_MAX];
	struct pinning pinning;

	(void)state;
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		assert_int_equal(pin_choose(lists[i], PLAN_EMULATED, &pinning, reason),
				 STATUS_USAGE);
	assert_int_equal(pin_choose("0", PLAN_COUNT, &pinning, reason), STATUS_USAGE);
	assert_int_equal(pin_choose(NULL, PLAN_EMULATED, &pinning, reason), STATUS_DONE);
	assert_false(pinning.wanted);
}

static void a_guest_that_is_timed_has_the_last_processor_and_qemu_the_others(void **state)
{
	char reason[GUEST_REASON_MAX];
	struct pinning pinning;
	cpu_set_t may_use;

	(void)state;
	assert_int_equal(sched_getaffinity(0, sizeof(may_use), &may_use), 0);
	assert_int_equal(pin_choose(NULL, PLAN_TIME, &pinning, reason), STATUS_DONE);
	assert_true(pinning.wanted);
	for (int i = pinning.own + 1; i < CPU_SETSIZE; i++)
		assert_false(CPU_ISSET(i, &may_use));
	if (CPU_COUNT(&may_use) > 1) {
		assert_false(CPU_ISSET(pinning.own, &pinning.others_set));
		assert_int_equal(CPU_COUNT(&pinning.others_set), CPU_COUNT(&may_use) - 1);
	}
}

static void a_comma_in_a_name_is_doubled_for_qemu(void **state)
{
	struct guest guest = { .mode = PLAN_COUNT,
			       .qemu = "qemu",
			       .cpu = "qemu64",
			       .plugin = "/a,b/p.so",
			       .symbols = "/m",
			       .initramfs = "/i",
			       .image.bzimage = "/dev/null",
			       .work = "/w,x" };
	struct qemu qemu = { .n = 0 };
	bool found = false;

	(void)state;
	qemu_boot(&guest, "quiet", &qemu);
	assert_false(qemu.failed);
	for (size_t i = 0; i < qemu.n; i++)
		found |= strstr(qemu.word[i], "/a,,b/p.so,map=/m,out=/w,,x/counts,seed=0,image=") !=
			 NULL;
	assert_true(found);
	qemu_free(&qemu);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(patience_grows_with_the_time_limit),
		cmocka_unit_test(memmap_is_for_kernels_from_4_1_on),
		cmocka_unit_test(a_manifest_names_source_and_patches_in_order),
		cmocka_unit_test(
			the_first_of_several_words_is_found_and_nothing_speaks_to_a_terminal),
		cmocka_unit_test(a_long_line_is_cut),
		cmocka_unit_test(a_status_stands_at_the_begin_of_a_line),
		cmocka_unit_test(what_was_never_written_says_nothing),
		cmocka_unit_test(the_last_line_with_words_is_after_those_that_are_left_out),
		cmocka_unit_test(the_end_is_so_many_lines),
		cmocka_unit_test(what_is_no_list_of_one_processor_is_refused),
		cmocka_unit_test(a_guest_that_is_timed_has_the_last_processor_and_qemu_the_others),
		cmocka_unit_test(a_comma_in_a_name_is_doubled_for_qemu),
		cmocka_unit_test(a_folder_without_an_image_is_named),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
