// SPDX-License-Identifier: GPL-2.0-or-later
/* daxmark clean: what runs that were killed have left. */
#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "target/leftover.h"

static void tell(const char *path)
{
	printf("removed %s\n", path);
}

static int clean(const char *dir)
{
	int n = leftover_remove(dir, tell);

	if (n >= 0)
		return n;
	complain("%s: %s", dir, strerror(-n));
	return n;
}

struct arguments {
	int failed;
	size_t dirs;
};

static error_t parse(int key, char *argument, struct argp_state *state)
{
	struct arguments *a = state->input;

	if (key != ARGP_KEY_ARG)
		return ARGP_ERR_UNKNOWN;
	a->dirs++;
	if (clean(argument) < 0)
		a->failed = 1;
	return 0;
}

int command_clean(int argc, char **argv)
{
	static const struct argp argp = {
		.parser = parse,
		.args_doc = "[DIR...]",
		.doc = "Removes what runs that were killed have left in DIR (default: $TMPDIR, "
		       "else "
		       "/tmp): folders named daxmark-PID-START-XXXXXX, and in a folder of "
		       "results .daxmark-PID-START-STAMP, whose process is gone, and nothing else. "
		       "Mounts, loop devices and guests end with their run.",
	};
	struct arguments a = { 0 };
	const char *base = getenv("TMPDIR");

	argp_parse(&argp, argc, argv, 0, NULL, &a);
	if (!a.dirs && clean(base ? base : "/tmp") < 0)
		a.failed = 1;
	return a.failed ? STATUS_ENVIRONMENT : STATUS_DONE;
}
