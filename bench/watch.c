// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bench/watch.h"
#include "medium/guard.h"

/* Said once: it concerns every target alike. */
static void say_what_guard_lacks(void)
{
	static bool said;
	char text[256];

	if (!said && guard_lacks(text, sizeof(text)))
		fprintf(stderr, "daxmark-run: %s\n", text);
	said = true;
}

static int fail(struct runner *runner, const struct target *target, int error)
{
	if (error == -EOWNERDEAD)
		snprintf(runner->error, sizeof(runner->error),
			 "the guard that thaws %s %s; the run ends, with nothing frozen",
			 target->dir, guard_fate());
	else
		snprintf(runner->error, sizeof(runner->error),
			 "the guard that thaws %s cannot be started: %s", target->dir,
			 strerror(-error));
	return error;
}

static int fail_claim(struct runner *runner, const struct target *target, int error)
{
	snprintf(runner->error, sizeof(runner->error),
		 "%s: the claim of what is frozen there cannot be written: %s", target->dir,
		 strerror(-error));
	return error;
}

static int start_guard(const struct runner *runner, const struct target *target,
		       struct claim *claim)
{
	int fd = open(target->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int error = fd < 0 ? -errno
			   : guard_start(fd, (unsigned int)runner->plan->freeze_limit_s,
					 claim ? claim->freezes : NULL);

	if (fd >= 0)
		close(fd);
	return error;
}

int watch_start(struct runner *runner, const struct target *target)
{
	struct claim *claim = target->source ? &target->source->claim : NULL;
	int error;

	if (runner->plan->mode == PLAN_COUNT || target_is_borrowed(target))
		return 0;
	error = claim ? claim_filesystem(claim, target->fs) : 0;
	if (error)
		return fail_claim(runner, target, error);
	error = start_guard(runner, target, claim);
	if (error)
		return fail(runner, target, error);
	say_what_guard_lacks();
	error = claim ? claim_guard(claim, guard_process()) : 0;
	return error ? fail_claim(runner, target, error) : 0;
}

int watch_look(struct runner *runner, const struct target *target)
{
	int error = target ? guard_answers() : 0;

	return error ? fail(runner, target, error) : 0;
}

int watch_stop(struct runner *runner, const struct target *target)
{
	int error = guard_stop();

	return error ? fail(runner, target, error) : 0;
}
