// SPDX-License-Identifier: GPL-2.0-or-later
/* Files of counts by function: what is read, and what is refused. */
#include <errno.h>

#include "explain/counts.h"
#include "tests/unit/sides.h"

#define SHA  "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define HEAD "daxmark-counts 1 1 " SHA "\n"
#define TREE "s (program)\nn 0 0\ns fault\nn 0 1\n"
#define GOOD HEAD TREE "a 3\nw 0 8 1 100\nw 0 8 1 150\no 0*2 1\nend 5 0\n"

static char error[ERROR_SIZE];

static int read_text(const char *text, size_t size, struct counts *counts)
{
	char path[] = "/tmp/daxmark-test-XXXXXX";
	int fd = mkstemp(path), err;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, size), (ssize_t)size);
	close(fd);
	error[0] = '\0';
	err = counts_read(path, counts, error, sizeof(error));
	unlink(path);
	return err;
}

static void operations_are_read_with_their_totals(void **state)
{
	struct counts counts = { 0 };
	const struct counts_boot *boot;
	const struct counts_arm *arm;

	(void)state;
	assert_int_equal(read_text(GOOD, strlen(GOOD), &counts), 0);
	boot = counts_find(&counts, 1);
	assert_non_null(boot);
	assert_null(counts_find(&counts, 2));
	arm = counts_arm(boot, 3);
	assert_non_null(arm);
	assert_null(counts_arm(boot, 4));
	assert_int_equal(arm->n_operations, 3);
	assert_int_equal(boot->way[boot->operation[0]].total, 108);
	assert_int_equal(boot->way[boot->operation[2]].total, 158);
	assert_string_equal(boot->name[boot->node[1].name], "fault");
	assert_int_equal(boot->node[1].depth, 1);
	counts_free(&counts);
}

static void a_second_file_adds_its_boots(void **state)
{
	static const char second[] = "daxmark-counts 1 2 " SHA "\nend 0 0\n";
	struct counts counts = { 0 };

	(void)state;
	assert_int_equal(read_text(GOOD, strlen(GOOD), &counts), 0);
	assert_int_equal(read_text(second, strlen(second), &counts), 0);
	assert_int_equal(counts.n, 2);
	assert_int_equal(read_text(second, strlen(second), &counts), -EINVAL);
	assert_non_null(strstr(error, "second boot of seed 2"));
	assert_int_equal(counts.n, 0);
}

static void what_is_no_whole_file_of_counts_is_refused(void **state)
{
	static const struct {
		const char *text, *words;
	} bad[] = {
		{ "", "ends before" },
		{ "hello\n", "does not begin" },
		{ "daxmark-counts 2 1 " SHA "\n", "does not begin" },
		{ "daxmark-counts 1 x " SHA "\n", "whole number" },
		{ "daxmark-counts 1 1 abc\n", "sha256" },
		{ HEAD, "ends before" },
		{ HEAD "end 5 0", "cut off" },
		{ HEAD HEAD, "has not ended" },
		{ HEAD "x\n", "no line of counts" },
		{ HEAD "x\033[2J\n", "\"x [2J\" is no line" },
		{ "daxmark-counts 1 1 \302\2332J\n", "\"  2J\" is not the sha256" },
		{ HEAD "s a b\n", "blank" },
		{ HEAD "s a;b\n", "not the name" },
		{ HEAD "n 0 0\n", "before the first function" },
		{ HEAD "s a\nn 1 0\n", "at most 0" },
		{ HEAD "s a\nn 0 1\n", "at most 0" },
		{ HEAD "s a\nn -1 0\n", "whole number" },
		{ HEAD "a 1\nw 0 1\n", "before the first place" },
		{ HEAD TREE "w 0 1\n", "of no arm" },
		{ HEAD TREE "o 0\n", "of no arm" },
		{ HEAD TREE "a 1\no 0\n", "without a way" },
		{ HEAD TREE "a 1\nw 2 1\n", "at most 1" },
		{ HEAD TREE "a 1\nw 1 1 0 1\n", "not in order" },
		{ HEAD TREE "a 1\nw 0 1 1 9007199254740992\n", "at most" },
		{ HEAD TREE "a 1\nw 0 99999999999999999999\n", "whole number" },
		{ HEAD TREE "a 1\nw 0 1\no 1\n", "at most 0" },
		{ HEAD TREE "a 1\nw 0 1\no 0*99999999\n", "at most" },
		{ HEAD TREE "a 1\nw 0 1\no 0*32000000 0\n", "more than" },
		{ HEAD TREE "a 1\nw 0 1\no 0*31999999\na 2\nw 0 1\no 0*2\n", "more than" },
		{ HEAD TREE "a 1\nw 0 1\no 0\nw 0 2\n", "of no arm" },
		{ HEAD TREE "a 1\na 1\n", "after one" },
		{ HEAD "end 5 6\n", "at most 5" },
		{ HEAD "end 1000 11\n", "another build" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct counts counts = { 0 };

		if (read_text(bad[i].text, strlen(bad[i].text), &counts) != -EINVAL ||
		    !strstr(error, bad[i].words))
			fail_msg("%zu: \"%s\" lacks \"%s\"", i, error, bad[i].words);
		assert_int_equal(counts.n, 0);
	}
}

static void calls_of_any_depth_are_read_or_refused(void **state)
{
	struct counts counts = { 0 };
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	(void)state;
	fprintf(out, HEAD "s a\nn 0 0\n");
	for (int i = 0; i < 100000; i++)
		fprintf(out, "n %d 0\n", i);
	fprintf(out, "end 0 0\n");
	fclose(out);
	assert_int_equal(read_text(text, size, &counts), -EINVAL);
	assert_non_null(strstr(error, "deep"));
	free(text);
}

static void a_file_cut_anywhere_or_with_a_wrong_byte_is_survived(void **state)
{
	(void)state;
	for (size_t i = 0; i < strlen(GOOD); i++) {
		struct counts counts = { 0 };
		char text[] = GOOD;

		if (!read_text(text, i, &counts))
			fail_msg("cut at %zu and read", i);
		text[i] = (char)(text[i] + 1);
		if (!read_text(text, strlen(GOOD), &counts))
			counts_free(&counts);
		text[i] = '\0';
		assert_int_not_equal(read_text(text, strlen(GOOD), &counts), 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(operations_are_read_with_their_totals),
		cmocka_unit_test(a_second_file_adds_its_boots),
		cmocka_unit_test(what_is_no_whole_file_of_counts_is_refused),
		cmocka_unit_test(calls_of_any_depth_are_read_or_refused),
		cmocka_unit_test(a_file_cut_anywhere_or_with_a_wrong_byte_is_survived),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
