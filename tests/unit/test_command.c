// SPDX-License-Identifier: GPL-2.0-or-later
/* Running another program: its status, its output, and that none of it can block us. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/run.h"
#include "medium/device.h"

static int shell(const char *script, char *output, size_t size)
{
	const char *const argv[] = { "sh", "-c", script, NULL };

	return command_run(argv, NULL, output, size);
}

static void output_and_errors_are_kept_and_trimmed(void **state)
{
	char output[32];

	(void)state;
	assert_int_equal(shell("echo one; echo two >&2; exit 3", output, sizeof(output)), 3);
	assert_string_equal(output, "one\ntwo");
}

static void more_output_than_fits_is_cut_and_does_not_block(void **state)
{
	char output[8];

	(void)state;
	assert_int_equal(shell("i=0; while [ $i -lt 20000 ]; do echo 0123456789; i=$((i+1)); done",
			       output, sizeof(output)),
			 0);
	assert_string_equal(output, "0123456");
}

static void death_by_a_signal_is_told_from_an_exit(void **state)
{
	char output[8];

	(void)state;
	assert_int_equal(shell("kill -9 $$", output, sizeof(output)), 128 + 9);
}

static void a_program_that_is_not_there_is_enoent(void **state)
{
	const char *const argv[] = { "no-such-program-anywhere", NULL };
	char output[8];

	(void)state;
	assert_int_equal(command_run(argv, NULL, output, sizeof(output)), -ENOENT);
}

static void the_input_of_a_program_is_empty(void **state)
{
	char output[8];

	(void)state;
	assert_int_equal(shell("cat; echo end", output, sizeof(output)), 0);
	assert_string_equal(output, "end");
}

static void a_file_is_no_device_and_a_device_must_be_there(void **state)
{
	char reason[DEVICE_REASON_MAX];
	struct device file = { .path = "/etc/passwd", .erase = true };
	struct device none = { .path = "/dev/no-such", .erase = true };

	(void)state;
	assert_int_equal(device_take(&file, reason), -ENOTBLK);
	assert_string_equal(reason, "/etc/passwd: is not a block device");
	assert_int_equal(device_take(&none, reason), -ENOENT);
	assert_non_null(strstr(reason, "/dev/no-such"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(output_and_errors_are_kept_and_trimmed),
		cmocka_unit_test(more_output_than_fits_is_cut_and_does_not_block),
		cmocka_unit_test(death_by_a_signal_is_told_from_an_exit),
		cmocka_unit_test(a_program_that_is_not_there_is_enoent),
		cmocka_unit_test(the_input_of_a_program_is_empty),
		cmocka_unit_test(a_file_is_no_device_and_a_device_must_be_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
