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

#include "guest/guest.h"
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

static const char *said(const char *text, size_t size)
{
	write_file("console", text, size);
	return said_read(path);
}
#define SAID(text) said(text, sizeof(text) - 1)

static void patience_grows_with_the_time_limit(void **state)
{
	(void)state;
	assert_int_equal(options_silence_limit(300), 150);
	assert_int_equal(options_silence_limit(3600), 1800);
	assert_int_equal(options_silence_limit(60), 120);
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
	struct image image;

	(void)state;
	write_file("bzImage", "", 0);
	write_file("manifest", manifest, sizeof(manifest) - 1);
	image_read(folder, &image);
	assert_string_equal(image.source, "git:/a#b");
	assert_string_equal(image.release, "6.1");
	assert_string_equal(image.compiler, "");
	assert_int_equal(image.n_patches, 2);
	assert_string_equal(image.patches[0].file, "a b.patch");
	assert_string_equal(image.patches[0].sha256, "11");
	assert_string_equal(image.patches[1].file, "c.patch");
	assert_string_equal(image.patches[1].sha256, "33");
	free(image.manifest);
}

static void the_first_match_is_found_and_nothing_speaks_to_a_terminal(void **state)
{
	const char *s = SAID("one\0two\r\n[1] BUG: \033[2J here\r\nKernel panic\n");

	(void)state;
	assert_string_equal(said_find(s, "panic|BUG: "), "BUG: ?[2J here");
	assert_string_equal(said_find(s, "^.*(panic|BUG: )"), "[1] BUG: ?[2J here");
	assert_string_equal(said_last(s, 0), "Kernel panic");
}

static void a_long_line_is_cut(void **state)
{
	char text[4096];

	(void)state;
	memset(text, 'x', sizeof(text));
	snprintf(text, sizeof(text), "BUG: ");
	text[5] = 'x';
	assert_int_equal(strlen(said_find(said(text, sizeof(text)), "BUG: ")), SAID_LINE_MAX);
}

static void a_status_stands_at_the_begin_of_a_line(void **state)
{
	const char *s = SAID("it ended with status 3\nended with status 0\nended with status 5.\n");

	(void)state;
	assert_int_equal(said_number(s, "ended with status "), 5);
	assert_int_equal(said_number(s, "it ended with status "), 3);
	assert_int_equal(said_number(s, "not ended with status "), -1);
	assert_int_equal(said_number(SAID("ended with status"), "ended with status"), -1);
	assert_int_equal(said_number(SAID("ended with status 0"), "ended with status "), 0);
}

static void a_file_that_was_never_written_is_empty(void **state)
{
	const char *s = said_read("/nowhere/console");

	(void)state;
	assert_string_equal(s, "");
	assert_string_equal(said_find(s, "x"), "");
	assert_string_equal(said_last(s, 0), "");
}

static void the_last_line_with_words_is_after_those_that_are_left_out(void **state)
{
	const char *s = SAID("head\n \t\nlast\n\n");

	(void)state;
	assert_string_equal(said_last(s, 1), "last");
	assert_string_equal(said_last(s, 3), "");
}

static void the_end_is_so_many_lines(void **state)
{
	const char *s = SAID("a\nb\nc\nd");
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	(void)state;
	assert_non_null(out);
	said_print_end(s, 2, "> ", out);
	said_print_end(s, 9, "", out);
	fclose(out);
	assert_string_equal(text, "> c\n> d\na\nb\nc\nd\n");
	free(text);
}

static void a_guest_that_is_timed_has_the_last_processor_and_qemu_the_others(void **state)
{
	struct pinning pinning;
	cpu_set_t may_use;

	(void)state;
	assert_int_equal(sched_getaffinity(0, sizeof(may_use), &may_use), 0);
	pin_choose(NULL, PLAN_EMULATED, &pinning);
	assert_false(pinning.wanted);
	pin_choose(NULL, PLAN_TIME, &pinning);
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
			       .image = { .bzimage = "/dev/null", .release = "" },
			       .work = "/w,x" };
	struct qemu qemu = { .n = 0 };
	bool found = false;

	(void)state;
	qemu_boot(&guest, false, &qemu);
	for (size_t i = 0; i < qemu.n; i++)
		found |= strstr(qemu.word[i], "/a,,b/p.so,map=/m,out=/w,,x/counts,seed=0,image=") !=
			 NULL;
	assert_true(found);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(patience_grows_with_the_time_limit),
		cmocka_unit_test(memmap_is_for_kernels_from_4_1_on),
		cmocka_unit_test(a_manifest_names_source_and_patches_in_order),
		cmocka_unit_test(the_first_match_is_found_and_nothing_speaks_to_a_terminal),
		cmocka_unit_test(a_long_line_is_cut),
		cmocka_unit_test(a_status_stands_at_the_begin_of_a_line),
		cmocka_unit_test(a_file_that_was_never_written_is_empty),
		cmocka_unit_test(the_last_line_with_words_is_after_those_that_are_left_out),
		cmocka_unit_test(the_end_is_so_many_lines),
		cmocka_unit_test(a_guest_that_is_timed_has_the_last_processor_and_qemu_the_others),
		cmocka_unit_test(a_comma_in_a_name_is_doubled_for_qemu),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
