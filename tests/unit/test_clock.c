// SPDX-License-Identifier: GPL-2.0-or-later
/* Which clock is read, and that either one goes forward at its own rate. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "measure/clock.h"

static void write_list(char *path, const char *line)
{
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_true(write(fd, line, strlen(line)) == (ssize_t)strlen(line));
	close(fd);
}

static bool steady_with(const char *line)
{
	char path[] = "/tmp/daxmark-test-XXXXXX";
	bool steady;

	write_list(path, line);
	steady = clock_tsc_is_steady(path);
	unlink(path);
	return steady;
}

static void a_counter_that_the_kernel_gave_up_is_no_clock(void **state)
{
	(void)state;
	assert_false(steady_with("hpet acpi_pm \n"));
	assert_false(steady_with("tsc-early acpi_pm\n"));
	assert_false(steady_with(""));
}

static void a_counter_that_the_kernel_lists_is_one_where_the_processor_says_so(void **state)
{
	(void)state;
	/* without a list the processor alone decides */
	assert_int_equal(steady_with("tsc hpet acpi_pm \n"), clock_tsc_is_steady("/none"));
	assert_int_equal(steady_with("kvm-clock tsc\n"), clock_tsc_is_steady("/none"));
}

/* What a clock says a pause of 20 ms took, in ns. */
static double pause_by_clock(double ticks_per_unit)
{
	uint64_t start = clock_start();

	usleep(20000);
	return (double)(clock_stop() - start) / ticks_per_unit;
}

static void without_a_steady_counter_the_kernels_clock_is_read(void **state)
{
	struct clock_facts facts;
	unsigned int processor;
	double ns;

	(void)state;
	assert_int_equal(clock_setup(false, &facts), 0);
	assert_string_equal(facts.unit, "ns");
	assert_true(facts.step_ns >= 0 && facts.step_ns < 60e9);
	ns = pause_by_clock(facts.ticks_per_unit);
	assert_true(ns >= 19e6);
	clock_reads_tsc = false;
	ns = pause_by_clock(1);
	assert_true(ns >= 19e6 && ns < 60e9);
	assert_true(clock_stop_on(&processor) > 0);
	assert_int_equal(processor, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_counter_that_the_kernel_gave_up_is_no_clock),
		cmocka_unit_test(
			a_counter_that_the_kernel_lists_is_one_where_the_processor_says_so),
		cmocka_unit_test(without_a_steady_counter_the_kernels_clock_is_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
