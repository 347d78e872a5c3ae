// SPDX-License-Identifier: GPL-2.0-or-later
/* Which process lives, is gone, or cannot be seen. */
#include <linux/capability.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/process.h"

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
	assert_int_equal(process_state(&process),
			 process_sees_all() ? PROCESS_GONE : PROCESS_HIDDEN);
}

/* The first process of a PID namespace of its own, by its number here; 0 without the right to make
 * one. */
static pid_t begin_namespace(void)
{
	pid_t maker, first = 0;
	int numbers[2];

	assert_int_equal(pipe(numbers), 0);
	maker = fork();
	if (!maker) {
		pid_t pid = unshare(CLONE_NEWPID) ? 0 : fork();

		if (!pid)
			pause();
		if (write(numbers[1], &pid, sizeof(pid)) < 0)
			_exit(1);
		_exit(0);
	}
	assert_int_equal(waitpid(maker, NULL, 0), maker);
	assert_int_equal(read(numbers[0], &first, sizeof(first)), sizeof(first));
	close(numbers[0]);
	close(numbers[1]);
	return first;
}

static void one_that_began_at_another_time_is_another_in_any_namespace(void **state)
{
	struct process process = { .pid = 1 };
	char name[32];
	pid_t first;

	(void)state;
	if (geteuid() || !process_sees_all())
		skip();
	first = begin_namespace();
	assert_true(first > 0);
	snprintf(name, sizeof(name), "%d", first);
	assert_int_equal(process_namespace_of(name, "pid", &process.namespace), 0);
	process.start = process_started(first);
	assert_int_equal(process_state(&process), PROCESS_LIVES);
	process.start--;
	assert_int_equal(process_state(&process), PROCESS_HIDDEN);
	kill(first, SIGKILL);
}

/* What the kernel asks of those who want to see the namespaces of a process that may do more. */
static void give_up_ptrace(void)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3];

	if (syscall(SYS_capget, &header, data))
		_exit(100);
	data[0].effective &= ~(1u << CAP_SYS_PTRACE);
	data[0].permitted &= ~(1u << CAP_SYS_PTRACE);
	data[0].inheritable = 0;
	if (syscall(SYS_capset, &header, data))
		_exit(100);
}

static void one_that_cannot_be_looked_at_is_not_gone(void **state)
{
	struct process process = { .pid = 1 };
	pid_t first, child;
	int status;

	(void)state;
	if (geteuid() || !process_sees_all())
		skip();
	first = begin_namespace();
	assert_true(first > 0);
	process.start = process_started(first);
	child = fork();
	if (!child) {
		char name[32];

		snprintf(name, sizeof(name), "%d", first);
		if (process_namespace_of(name, "pid", &process.namespace))
			_exit(101);
		give_up_ptrace();
		_exit(process_state(&process));
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	kill(first, SIGKILL);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), PROCESS_HIDDEN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(this_process_lives),
		cmocka_unit_test(a_later_process_of_the_same_number_is_another),
		cmocka_unit_test(a_killed_process_is_gone_before_anyone_asks_for_its_status),
		cmocka_unit_test(a_process_of_a_namespace_that_nobody_is_in_is_gone_or_hidden),
		cmocka_unit_test(one_that_began_at_another_time_is_another_in_any_namespace),
		cmocka_unit_test(one_that_cannot_be_looked_at_is_not_gone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
