// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench/progress.h"

#define CLEAR_LINE "\r\033[K"

static time_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec;
}

void progress_start(struct progress *progress, bool wanted, size_t of)
{
	const char *type = getenv("TERM");

	memset(progress, 0, sizeof(*progress));
	progress->wanted = wanted;
	/* the console of a guest is one, too, and is kept as a file */
	progress->terminal = isatty(STDERR_FILENO) && type && strcmp(type, "dumb") != 0;
	progress->of = of;
	progress->start = now();
	progress->fs = progress->access = "";
}

/* As long as the steps so far took, on average; unknown at the beginning. */
static void print_left(const struct progress *progress)
{
	size_t taken = progress->done - progress->skipped;
	long seconds = now() - progress->start;

	if (taken >= 5 && seconds > 0)
		fprintf(stderr, ", about %ld s left",
			seconds * (long)(progress->of - progress->done) / (long)taken);
}

void progress_step(struct progress *progress, const struct target *target, const char *what,
		   const char *arm)
{
	if (!progress->wanted)
		return;
	if (progress->terminal) {
		fprintf(stderr, CLEAR_LINE "%zu of %zu: %s%s%s %s %s", progress->done + 1,
			progress->of, target ? target->fs : "", target ? " " : "",
			target ? target->access : "harness", what, arm);
		print_left(progress);
		fflush(stderr);
	} else if (target && (strcmp(target->fs, progress->fs) != 0 ||
			      strcmp(target->access, progress->access) != 0)) {
		fprintf(stderr, "%s %s (%zu of %zu done", target->fs, target->access,
			progress->done, progress->of);
		print_left(progress);
		fputs(")\n", stderr);
		progress->fs = target->fs;
		progress->access = target->access;
	}
	progress->done++;
}

void progress_skip(struct progress *progress, size_t steps)
{
	progress->done += steps;
	progress->skipped += steps;
}

void progress_end(struct progress *progress)
{
	if (progress->wanted && progress->terminal)
		fputs(CLEAR_LINE, stderr);
}
