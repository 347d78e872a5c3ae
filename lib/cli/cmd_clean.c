// SPDX-License-Identifier: GPL-2.0-or-later
/* daxmark clean: what runs that were killed have left: frozen, attached, or in a folder. */
#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/leftover.h"
#include "command/command.h"
#include "medium/mend.h"

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

static void tell_mended(bool mended, const char *line)
{
	if (mended)
		printf("%s\n", line);
	else
		complain("%s", line);
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
		       "results .daxmark-PID-START-STAMP, whose process is gone and which "
		       "no child of it keeps locked, and nothing else. "
		       "Root also thaws with it what such a run left frozen, and gives up the "
		       "loop device, as the claim of the run in /run/daxmark says. "
		       "Mounts and guests end with their run.",
	};
	struct arguments a = { 0 };
	const char *base = getenv("TMPDIR");

	argp_parse(&argp, argc, argv, 0, NULL, &a);
	/* what takes root is said to others, who have not failed */
	if (mend_all(tell_mended) && !geteuid())
		a.failed = 1;
	if (!a.dirs && clean(base ? base : "/tmp") < 0)
		a.failed = 1;
	return a.failed ? STATUS_ENVIRONMENT : STATUS_DONE;
}
