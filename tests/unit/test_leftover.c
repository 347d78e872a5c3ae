// SPDX-License-Identifier: GPL-2.0-or-later
/* Which folders are left over, and that nothing else is removed. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/leftover.h"

static char base[] = "/tmp/daxmark-test-XXXXXX";

static const char *at(const char *name)
{
	static char path[512];

	snprintf(path, sizeof(path), "%s/%s", base, name);
	return path;
}

static void make_folder(const char *name)
{
	assert_int_equal(mkdir(at(name), 0700), 0);
}

static void make_file(const char *name)
{
	int fd = open(at(name), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	assert_true(fd >= 0);
	close(fd);
}

static int is_there(const char *name)
{
	struct stat st;

	return !lstat(at(name), &st);
}

/* A process that was, with when it began as it would be asked now: not at all. */
static void name_of_the_gone(char *name, size_t size, const char *end)
{
	pid_t pid = fork();

	if (!pid)
		_exit(0);
	waitpid(pid, NULL, 0);
	snprintf(name, size, "daxmark-%ld-123%s", (long)pid, end);
}

static void the_folder_of_a_process_that_is_gone_is_removed_with_what_is_in_it(void **state)
{
	char name[64], inner[128];

	(void)state;
	name_of_the_gone(name, sizeof(name), "-abcdef");
	make_folder(name);
	snprintf(inner, sizeof(inner), "%s/folder", name);
	make_folder(inner);
	snprintf(inner, sizeof(inner), "%s/folder/file", name);
	make_file(inner);
	make_file("mine");
	snprintf(inner, sizeof(inner), "%s/link", name);
	assert_int_equal(symlink(base, at(inner)), 0);
	assert_int_equal(leftover_remove(base, NULL), 1);
	assert_false(is_there(name));
	assert_true(is_there("mine"));
	unlink(at("mine"));
}

/* Whoever takes over the children of a killed process may take his time. */
static void a_process_that_is_dead_and_not_waited_for_is_gone(void **state)
{
	char pattern[512];
	siginfo_t info;
	pid_t pid = fork();

	(void)state;
	if (!pid)
		_exit(leftover_make(base, pattern, sizeof(pattern)) < 0);
	assert_int_equal(waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT), 0);
	assert_int_equal(info.si_status, 0);
	assert_int_equal(leftover_remove(base, NULL), 1);
	waitpid(pid, NULL, 0);
}

static void results_that_were_never_done_are_removed(void **state)
{
	char gone[64], name[80];

	(void)state;
	name_of_the_gone(gone, sizeof(gone), "-20150401T120000Z");
	snprintf(name, sizeof(name), ".%s", gone);
	make_folder(name);
	make_folder(gone); /* not hidden: no name of ours */
	assert_int_equal(leftover_remove(base, NULL), 1);
	assert_false(is_there(name));
	assert_int_equal(rmdir(at(gone)), 0);
}

static void the_folder_of_a_process_that_lives_stays(void **state)
{
	char pattern[512];
	int fd;

	(void)state;
	fd = leftover_make(base, pattern, sizeof(pattern));
	assert_true(fd >= 0);
	close(fd);
	assert_int_equal(leftover_remove(base, NULL), 0);
	assert_int_equal(rmdir(pattern), 0);
	assert_int_equal(leftover_make(base, pattern, 20), -ENAMETOOLONG);
	assert_int_equal(leftover_make(at("none"), pattern, sizeof(pattern)), -ENOENT);
}

/* As a process of another PID namespace, which is not seen under its number. */
static void a_folder_that_someone_holds_stays_though_its_process_is_not_seen(void **state)
{
	char path[512], name[64];
	int fd, pipes[2];
	char byte;
	pid_t pid;

	(void)state;
	fd = leftover_make(base, path, sizeof(path));
	assert_true(fd >= 0);
	name_of_the_gone(name, sizeof(name), "-abcdef");
	assert_int_equal(rename(path, at(name)), 0);
	assert_int_equal(leftover_remove(base, NULL), 0);
	assert_true(is_there(name));
	/* a child goes on holding it */
	assert_int_equal(pipe(pipes), 0);
	pid = fork();
	if (!pid) {
		close(pipes[1]);
		_exit(read(pipes[0], &byte, 1) != 0);
	}
	close(fd);
	assert_int_equal(leftover_remove(base, NULL), 0);
	close(pipes[0]);
	close(pipes[1]);
	waitpid(pid, NULL, 0);
	assert_int_equal(leftover_remove(base, NULL), 1);
	assert_false(is_there(name));
}

static void a_process_of_the_same_number_that_began_later_is_another(void **state)
{
	char name[64];

	(void)state;
	snprintf(name, sizeof(name), "daxmark-%ld-1-abcdef", (long)getpid());
	make_folder(name);
	assert_int_equal(leftover_remove(base, NULL), 1);
	assert_false(is_there(name));
}

static void nothing_that_is_not_named_so_is_touched(void **state)
{
	static const char *const others[] = { "-abcde", "-abcdefg", "abcdef", "-abcdef.x" };
	char name[64];

	(void)state;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		name_of_the_gone(name, sizeof(name), others[i]);
		make_folder(name);
		assert_int_equal(leftover_remove(base, NULL), 0);
		assert_int_equal(rmdir(at(name)), 0);
	}
	name_of_the_gone(name, sizeof(name), "-abcdef");
	make_file(name); /* no folder */
	assert_int_equal(leftover_remove(base, NULL), 0);
	unlink(at(name));
	assert_int_equal(symlink("/", at(name)), 0);
	assert_int_equal(leftover_remove(base, NULL), 0);
	unlink(at(name));
	make_folder("daxmark-0-1-abcdef");
	make_folder("daxmark--1-1-abcdef");
	make_folder("daxmark-99999999999999999999-1-abcdef");
	assert_int_equal(leftover_remove(base, NULL), 0);
}

static void a_folder_that_is_not_there_is_an_error(void **state)
{
	(void)state;
	assert_int_equal(leftover_remove(at("none"), NULL), -ENOENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			the_folder_of_a_process_that_is_gone_is_removed_with_what_is_in_it),
		cmocka_unit_test(a_process_that_is_dead_and_not_waited_for_is_gone),
		cmocka_unit_test(results_that_were_never_done_are_removed),
		cmocka_unit_test(the_folder_of_a_process_that_lives_stays),
		cmocka_unit_test(a_folder_that_someone_holds_stays_though_its_process_is_not_seen),
		cmocka_unit_test(a_process_of_the_same_number_that_began_later_is_another),
		cmocka_unit_test(nothing_that_is_not_named_so_is_touched),
		cmocka_unit_test(a_folder_that_is_not_there_is_an_error),
	};
	char command[64];
	int failed;

	if (!mkdtemp(base))
		return 1;
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	snprintf(command, sizeof(command), "rm -rf %s", base);
	return system(command) || failed; /* NOLINT(cert-env33-c): a name of our own */
}
