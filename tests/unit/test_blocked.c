// SPDX-License-Identifier: GPL-2.0-or-later
/* A thread that waits in the kernel is told from one that sleeps or runs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>

#include "bench/blocked.h"

static atomic_int tid;
static int end[2]; /* a pipe that is closed when the thread may end */

#define POLL_MS	   5
#define HANG_POLLS (60000 / POLL_MS)

static void pause_ms(long ms)
{
	struct timespec pause = { .tv_nsec = ms * 1000000 };

	nanosleep(&pause, NULL);
}

/* The parent of a vfork waits for its child as uninterruptibly as for a freeze. */
static void *wait_for_child(void *arg)
{
	pid_t child;
	char byte;

	atomic_store(&tid, gettid());
	/* NOLINTNEXTLINE: that its parent waits is what is wanted */
	child = vfork();
	if (!child) {
		close(end[1]);		/* NOLINT: a copy of its own */
		read(end[0], &byte, 1); /* NOLINT */
		_exit(0);
	}
	waitpid(child, NULL, 0);
	return arg;
}

static void *sleep_on(void *arg)
{
	char byte;

	atomic_store(&tid, gettid());
	return read(end[0], &byte, 1) ? NULL : arg;
}

static bool seen_blocked(void *(*function)(void *), int polls)
{
	pthread_t thread;
	bool seen = false;

	atomic_store(&tid, 0);
	assert_int_equal(pipe2(end, O_CLOEXEC), 0);
	assert_int_equal(pthread_create(&thread, NULL, function, NULL), 0);
	while (!atomic_load(&tid))
		pause_ms(1);
	for (int i = 0; i < polls && !seen; i++) {
		seen = thread_is_blocked(atomic_load(&tid));
		pause_ms(POLL_MS);
	}
	close(end[1]);
	pthread_join(thread, NULL);
	close(end[0]);
	return seen;
}

static void a_thread_that_no_signal_wakes_is_blocked(void **state)
{
	(void)state;
	assert_true(seen_blocked(wait_for_child, HANG_POLLS));
}

static void a_sleeping_thread_is_not_blocked(void **state)
{
	(void)state;
	assert_false(seen_blocked(sleep_on, 20));
}

static void a_running_thread_and_one_that_is_gone_are_not_blocked(void **state)
{
	(void)state;
	assert_false(thread_is_blocked(gettid()));
	assert_false(thread_is_blocked(0x7fffffff));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_thread_that_no_signal_wakes_is_blocked),
		cmocka_unit_test(a_sleeping_thread_is_not_blocked),
		cmocka_unit_test(a_running_thread_and_one_that_is_gone_are_not_blocked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
