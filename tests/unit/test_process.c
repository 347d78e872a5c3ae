// SPDX-License-Identifier: GPL-2.0-or-later
/* Which process lives, is gone, or cannot be seen. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "target/process.h"

#define FIRST_PID_NAMESPACE 0xEFFFFFFCu

static void this_process_lives(void **state)
{
	struct process process;

	(void)state;
	assert_int_equal(process_identify(getpid(), &process), 0);
	assert_int_equal(process.pid, getpid());
	assert_int_equal(process_state(&process), PROCESS_LIVES);
}

static void a_later_process_of_the_same_number_is_another(void **state)
{
	struct process process;

	(void)state;
	assert_int_equal(process_identify(getpid(), &process), 0);
	process.start--;
	assert_int_equal(process_state(&process), PROCESS_GONE);
}

static void a_killed_process_is_gone_before_anyone_asks_for_its_status(void **state)
{
	pid_t pid = fork();
	struct process process;
	siginfo_t info;

	(void)state;
	if (!pid) {
		pause();
		_exit(0);
	}
	assert_int_equal(process_identify(pid, &process), 0);
	assert_int_equal(process_state(&process), PROCESS_LIVES);
	kill(pid, SIGKILL);
	assert_int_equal(waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT), 0);
	assert_int_equal(process_state(&process), PROCESS_GONE);
	waitpid(pid, NULL, 0);
	assert_int_equal(process_state(&process), PROCESS_GONE);
	assert_true(process_identify(pid, &process) < 0);
}

/* From the first namespace all are seen, and from another one not. */
static void a_process_of_a_namespace_that_nobody_is_in_is_gone_or_hidden(void **state)
{
	struct process process;

	(void)state;
	assert_int_equal(process_identify(getpid(), &process), 0);
	process.namespace += 1;
	assert_int_equal(process_state(&process), process_namespace("pid") == FIRST_PID_NAMESPACE
							  ? PROCESS_GONE
							  : PROCESS_HIDDEN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(this_process_lives),
		cmocka_unit_test(a_later_process_of_the_same_number_is_another),
		cmocka_unit_test(a_killed_process_is_gone_before_anyone_asks_for_its_status),
		cmocka_unit_test(a_process_of_a_namespace_that_nobody_is_in_is_gone_or_hidden),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
