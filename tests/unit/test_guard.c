// SPDX-License-Identifier: GPL-2.0-or-later
/* That nothing is frozen without a guard that has just answered. Nothing is frozen here. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "medium/group.h"
#include "medium/guard.h"

static void start(atomic_uint *freezes)
{
	int fd = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	assert_true(fd >= 0);
	assert_int_equal(guard_start(fd, 60, freezes), 0);
	close(fd);
}

static void without_a_guard_nothing_is_asked(void **state)
{
	(void)state;
	assert_int_equal(guard_answers(), 0);
	assert_int_equal(guard_freeze_begins(), 0);
	guard_freeze_ended();
	assert_int_equal(guard_stop(), 0);
}

static void so_many_freezes_follow_one_answer(void **state)
{
	(void)state;
	start(NULL);
	assert_int_equal(guard_freeze_begins(), -EOWNERDEAD);
	assert_int_equal(guard_answers(), 0);
	for (int i = 0; i < GUARD_FREEZES; i++) {
		assert_int_equal(guard_freeze_begins(), 0);
		guard_freeze_ended();
	}
	assert_int_equal(guard_freeze_begins(), -EOWNERDEAD);
	assert_int_equal(guard_answers(), 0);
	assert_int_equal(guard_freeze_begins(), 0);
	guard_freeze_ended();
	assert_int_equal(guard_stop(), 0);
}

static void freezes_are_counted_where_the_caller_wants(void **state)
{
	atomic_uint *freezes = mmap(NULL, sizeof(*freezes), PROT_READ | PROT_WRITE,
				    MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	(void)state;
	assert_true(freezes != MAP_FAILED);
	start(freezes);
	assert_int_equal(guard_answers(), 0);
	assert_int_equal(atomic_load(freezes), 0);
	assert_int_equal(guard_freeze_begins(), 0);
	assert_int_equal(atomic_load(freezes), 1);
	guard_freeze_ended();
	assert_int_equal(atomic_load(freezes), 2);
	assert_int_equal(guard_stop(), 0);
	munmap(freezes, sizeof(*freezes));
}

/* Ends between a freeze and its thaw, as one that is killed. */
static void end_in_a_freeze(atomic_uint *freezes)
{
	start(freezes);
	if (guard_answers() || guard_freeze_begins())
		_exit(1);
	_exit(0);
}

static void a_guard_that_outlives_its_run_counts_the_thaw(void **state)
{
	const struct timespec pause = { .tv_nsec = 10000000 };
	atomic_uint *freezes = mmap(NULL, sizeof(*freezes), PROT_READ | PROT_WRITE,
				    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pid_t run;
	int status;

	(void)state;
	if (geteuid())
		skip();
	assert_true(freezes != MAP_FAILED);
	run = fork();
	if (!run)
		end_in_a_freeze(freezes);
	assert_int_equal(waitpid(run, &status, 0), run);
	assert_int_equal(status, 0);
	/* a limit for what hangs: the guard may have to wait for a processor */
	for (int i = 0; i < 6000 && atomic_load(freezes) != 2; i++)
		nanosleep(&pause, NULL);
	assert_int_equal(atomic_load(freezes), 2);
	munmap(freezes, sizeof(*freezes));
}

static bool has_close_range = true;

int close_range(unsigned int first, unsigned int last, int flags)
{
	if (has_close_range)
		return (int)syscall(SYS_close_range, first, last, flags);
	errno = ENOSYS;
	return -1;
}

static size_t open_files(pid_t pid)
{
	char path[64];
	size_t n = 0;
	DIR *dir;

	snprintf(path, sizeof(path), "/proc/%d/fd", pid);
	dir = opendir(path);
	assert_non_null(dir);
	for (struct dirent *entry; (entry = readdir(dir));)
		n += entry->d_name[0] != '.';
	closedir(dir);
	return n;
}

static void a_guard_keeps_what_it_watches_and_its_questions_alone(void **state)
{
	(void)state;
	for (int old = 0; old < 2; old++) {
		has_close_range = !old;
		start(NULL);
		assert_int_equal(open_files(guard_process()), 2);
		assert_int_equal(guard_stop(), 0);
	}
	has_close_range = true;
}

/* There the group of the namespace looks like the topmost one. */
static void a_namespace_of_control_groups_is_said(void **state)
{
	pid_t pid;
	int status;

	(void)state;
	if (geteuid() || access("/proc/self/ns/cgroup", F_OK))
		skip();
	pid = fork();
	if (!pid)
		_exit(unshare(CLONE_NEWCGROUP) ? 1 : group_leave_all() == -EXDEV ? 0 : 2);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

static void a_guard_that_was_killed_is_noticed(void **state)
{
	siginfo_t info;
	pid_t pid;

	(void)state;
	start(NULL);
	pid = guard_process();
	assert_int_equal(guard_answers(), 0);
	kill(pid, SIGKILL);
	assert_int_equal(waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT), 0);
	assert_int_equal(guard_answers(), -EOWNERDEAD);
	assert_string_equal(guard_fate(), "was ended by signal 9");
	assert_int_equal(guard_freeze_begins(), -EOWNERDEAD);
	assert_int_equal(guard_stop(), -EOWNERDEAD);
	assert_int_equal(guard_process(), 0);
}

static void a_guard_that_was_stopped_is_noticed_and_ended(void **state)
{
	siginfo_t info;
	pid_t pid;

	(void)state;
	start(NULL);
	pid = guard_process();
	kill(pid, SIGSTOP);
	assert_int_equal(waitid(P_PID, (id_t)pid, &info, WSTOPPED | WNOWAIT), 0);
	assert_int_equal(guard_answers(), -EOWNERDEAD);
	assert_string_equal(guard_fate(), "is stopped");
	assert_int_equal(guard_stop(), -EOWNERDEAD);
	assert_int_equal(kill(pid, 0), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_guard_nothing_is_asked),
		cmocka_unit_test(so_many_freezes_follow_one_answer),
		cmocka_unit_test(freezes_are_counted_where_the_caller_wants),
		cmocka_unit_test(a_guard_that_outlives_its_run_counts_the_thaw),
		cmocka_unit_test(a_guard_keeps_what_it_watches_and_its_questions_alone),
		cmocka_unit_test(a_namespace_of_control_groups_is_said),
		cmocka_unit_test(a_guard_that_was_killed_is_noticed),
		cmocka_unit_test(a_guard_that_was_stopped_is_noticed_and_ended),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
