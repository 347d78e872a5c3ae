// SPDX-License-Identifier: GPL-2.0-or-later
/* Blank devices: all bytes are read, within a limit, and made blank again. On files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "medium/blank.h"

/* More than two reads, and a last one that is shorter. */
#define BYTES ((9u << 20) + 4096)

static int file;

static int make(void **state)
{
	char path[] = "/tmp/daxmark-test-blank-XXXXXX";

	(void)state;
	file = mkstemp(path);
	unlink(path);
	return file < 0 || ftruncate(file, BYTES);
}

static int drop(void **state)
{
	(void)state;
	return close(file);
}

static void put(uint64_t offset, unsigned char byte)
{
	assert_int_equal(pwrite(file, &byte, 1, (off_t)offset), 1);
}

static void fill(unsigned char byte)
{
	char *all = malloc(BYTES);

	assert_non_null(all);
	memset(all, byte, BYTES);
	assert_int_equal(pwrite(file, all, BYTES, 0), BYTES);
	free(all);
}

static void expect(int error, uint64_t offset)
{
	struct blank blank;

	assert_int_equal(blank_find(file, BYTES, BLANK_NO_LIMIT, NULL, &blank), error);
	assert_int_equal(blank.offset, offset);
}

static void a_byte_is_found_wherever_it_lies(void **state)
{
	const uint64_t places[] = { 0, 1, 4095, 4096, (4u << 20) - 1, 4u << 20, BYTES - 1 };

	(void)state;
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		put(places[i], 1);
		expect(-EEXIST, places[i]);
		put(places[i], 0);
	}
}

static void zeros_are_blank_and_so_is_0xff(void **state)
{
	struct blank blank;

	(void)state;
	assert_int_equal(blank_find(file, BYTES, BLANK_NO_LIMIT, NULL, &blank), 0);
	assert_int_equal(blank.byte, 0);
	fill(0xff);
	assert_int_equal(blank_find(file, BYTES, BLANK_NO_LIMIT, NULL, &blank), 0);
	assert_int_equal(blank.byte, 0xff);
	fill(0x01);
	expect(-EEXIST, 0);
}

static void zeros_and_0xff_are_no_blank_device_together(void **state)
{
	(void)state;
	fill(0xff);
	put(BYTES - 1, 0);
	expect(-EEXIST, 0);
	fill(0);
	put(0, 0xff);
	expect(-EEXIST, 0);
	put(0, 0);
	put(BYTES - 1, 0xff);
	expect(-EEXIST, BYTES - 1);
}

static void a_limit_that_is_over_ends_the_look(void **state)
{
	struct blank blank;

	(void)state;
	put(BYTES - 1, 1);
	assert_int_equal(blank_find(file, BYTES, 0, NULL, &blank), -ETIME);
	assert_int_equal(blank.offset, 0);
	/* far from over: an hour */
	assert_int_equal(blank_find(file, BYTES, UINT64_C(3600000000000), NULL, &blank), -EEXIST);
}

static int reads;

static bool stop_at_third(void)
{
	return ++reads == 3;
}

static void one_who_asks_for_an_end_is_heard_between_two_reads(void **state)
{
	struct blank blank;

	(void)state;
	reads = 0;
	assert_int_equal(blank_find(file, BYTES, BLANK_NO_LIMIT, stop_at_third, &blank), -EINTR);
	assert_int_equal(blank.offset, 8u << 20);
}

static void a_device_that_ends_early_or_cannot_be_read_is_not_blank(void **state)
{
	struct blank blank;
	int pipes[2];

	(void)state;
	assert_int_equal(ftruncate(file, 4u << 20), 0);
	assert_int_equal(blank_find(file, BYTES, BLANK_NO_LIMIT, NULL, &blank), -EIO);
	assert_int_equal(blank.offset, 4u << 20);
	assert_int_equal(pipe(pipes), 0);
	assert_int_equal(blank_find(pipes[0], BYTES, BLANK_NO_LIMIT, NULL, &blank), -ESPIPE);
	close(pipes[0]);
	close(pipes[1]);
}

static void what_was_written_is_blank_again(void **state)
{
	const unsigned char values[] = { 0, 0xff };

	(void)state;
	for (size_t i = 0; i < sizeof(values); i++) {
		fill(values[i]);
		put(0, 1);
		put(4096, 2);
		put(5u << 20, 3);
		put(BYTES - 1, 4);
		assert_int_equal(blank_restore(file, BYTES, values[i]), 0);
		expect(0, 8u << 20);
	}
}

static void only_pages_that_differ_are_written(void **state)
{
	struct blank blank;
	int other;
	char path[64];

	(void)state;
	put(4097, 1);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", file);
	other = open(path, O_RDONLY | O_CLOEXEC);
	assert_true(other >= 0);
	/* nothing to write: a descriptor that cannot be written will do */
	assert_int_equal(blank_restore(other, 4096, 0), 0);
	assert_int_equal(blank_restore(other, 8192, 0), -EBADF);
	assert_int_equal(blank_find(other, 8192, BLANK_NO_LIMIT, NULL, &blank), -EEXIST);
	assert_int_equal(blank.offset, 4097);
	close(other);
}

#define ON_FILE(test) cmocka_unit_test_setup_teardown(test, make, drop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_FILE(a_byte_is_found_wherever_it_lies),
		ON_FILE(zeros_are_blank_and_so_is_0xff),
		ON_FILE(zeros_and_0xff_are_no_blank_device_together),
		ON_FILE(a_limit_that_is_over_ends_the_look),
		ON_FILE(one_who_asks_for_an_end_is_heard_between_two_reads),
		ON_FILE(a_device_that_ends_early_or_cannot_be_read_is_not_blank),
		ON_FILE(what_was_written_is_blank_again),
		ON_FILE(only_pages_that_differ_are_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
