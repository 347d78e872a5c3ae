// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/run.h"

extern char **environ;

/* Keeps what fits and swallows the rest, so that the program never blocks. */
static void read_all(int fd, char *output, size_t size)
{
	char rest[512];
	size_t used = 0;
	ssize_t got;

	for (;;) {
		if (used + 1 < size)
			got = read(fd, output + used, size - used - 1);
		else
			got = read(fd, rest, sizeof(rest));
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		if (used + 1 < size)
			used += (size_t)got;
	}
	while (used && (output[used - 1] == '\n' || output[used - 1] == ' '))
		used--;
	output[used] = '\0';
}

int command_run(const char *const argv[], char *const environment[], char *output, size_t size)
{
	posix_spawn_file_actions_t actions;
	int pipes[2], status, error;
	pid_t pid;

	output[0] = '\0';
	if (pipe2(pipes, O_CLOEXEC))
		return -errno;
	error = posix_spawn_file_actions_init(&actions);
	if (error)
		goto close_pipes;
	posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&actions, pipes[1], STDOUT_FILENO);
	posix_spawn_file_actions_adddup2(&actions, pipes[1], STDERR_FILENO);
	/* posix_spawnp takes char *const[] only for want of a better prototype */
	error = posix_spawnp(&pid, argv[0], &actions, NULL, (char *const *)(uintptr_t)argv,
			     environment ? environment : environ);
	posix_spawn_file_actions_destroy(&actions);
	if (error)
		goto close_pipes;
	close(pipes[1]);
	read_all(pipes[0], output, size);
	close(pipes[0]);
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -errno;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);

close_pipes:
	close(pipes[0]);
	close(pipes[1]);
	return -error;
}

void command_line(const char *const argv[], char *line, size_t size)
{
	size_t used = 0;

	line[0] = '\0';
	for (size_t i = 0; argv[i] && used < size; i++)
		used += (size_t)snprintf(line + used, size - used, "%s%s", i ? " " : "", argv[i]);
}
