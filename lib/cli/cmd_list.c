// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * daxmark list: what can be measured, checked and compared. The runner knows
 * its benchmarks and checks, so it is asked: daxmark-run --list.
 */
#include <argp.h>
#include <errno.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/beside.h"
#include "command/command.h"

#define RUNNER "daxmark-run"

extern char **environ;

static const char *const topics[] = { "benches", "checks", "kernels", NULL };

static error_t parse(int key, char *argument, struct argp_state *state)
{
	const char **topic = state->input;

	switch (key) {
	case ARGP_KEY_ARG:
		if (*topic)
			argp_error(state, "only one topic can be listed");
		for (size_t i = 0; topics[i]; i++)
			if (!strcmp(topics[i], argument))
				*topic = topics[i];
		if (!*topic)
			argp_error(state,
				   "there is no topic '%s'; there are benches, checks and "
				   "kernels",
				   argument);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static void list_kernels(void)
{
	puts("A kernel in a plan is named one of three ways, each with an optional list of "
	     "patches:");
	puts("  debian:linux-source-6.1   a source package of Debian");
	puts("  debian:linux-source-7.2/forky");
	puts("                            one of another suite, fetched and not installed");
	puts("  git:/path#rev             a revision of a git repository");
	puts("  image:/path/to/bzImage    an image, run as it is");
	puts("A series names its base, and patches or a range of commits that are a kernel each:");
	puts("  git:/path#base..tip       the commits of a git repository from base to tip");
}

/* The runner beside this program if it is there, else the one in PATH. */
static int start_runner(int out, pid_t *pid)
{
	char *argv[] = { (char *)RUNNER, (char *)"--list", NULL };
	posix_spawn_file_actions_t actions;
	char path[4096];
	int err = posix_spawn_file_actions_init(&actions);

	if (err)
		return err;
	err = posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
	if (!err && (beside_program(RUNNER, path, sizeof(path)) || access(path, X_OK)))
		snprintf(path, sizeof(path), "%s", RUNNER);
	if (!err)
		err = posix_spawnp(pid, path, &actions, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	return err;
}

/* Checks stand below a line "checks:", benchmarks above it. */
static void copy_topic(FILE *from, const char *topic)
{
	bool in_checks = false;
	char *line = NULL;
	size_t size = 0;

	while (getline(&line, &size, from) >= 0) {
		in_checks = in_checks || !strcmp(line, "checks:\n");
		if (!topic || in_checks == !strcmp(topic, "checks"))
			fputs(line, stdout);
	}
	free(line);
}

static int list_runner(const char *topic)
{
	int ends[2], status = 0, err;
	FILE *from;
	pid_t pid;

	if (pipe(ends)) {
		complain("pipe: %s", strerror(errno));
		return STATUS_ENVIRONMENT;
	}
	err = start_runner(ends[1], &pid);
	close(ends[1]);
	from = fdopen(ends[0], "r");
	if (!err && from)
		copy_topic(from, topic);
	if (from)
		fclose(from);
	else
		close(ends[0]);
	if (err) {
		complain(RUNNER ": %s (looked for beside daxmark and in PATH)", strerror(err));
		return STATUS_ENVIRONMENT;
	}
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (!WIFEXITED(status) || WEXITSTATUS(status)) {
		complain(RUNNER " --list failed");
		return STATUS_ENVIRONMENT;
	}
	return STATUS_DONE;
}

int command_list(int argc, char **argv)
{
	static const struct argp argp = {
		.parser = parse,
		.args_doc = "[benches|checks|kernels]",
		.doc = "Lists the benchmarks with their arms, the checks, and the ways to name a "
		       "kernel in a plan; or only one of the three.",
	};
	const char *topic = NULL;
	int status = STATUS_DONE;

	argp_parse(&argp, argc, argv, 0, NULL, &topic);
	if (!topic || strcmp(topic, "kernels") != 0)
		status = list_runner(topic);
	if (status == STATUS_DONE && (!topic || !strcmp(topic, "kernels")))
		list_kernels();
	return status;
}
