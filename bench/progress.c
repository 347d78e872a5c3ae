// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
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
	memset(progress, 0, sizeof(*progress));
	progress->wanted = wanted;
	progress->terminal = isatty(STDERR_FILENO);
	progress->of = of;
	progress->start = now();
}

/* As long as the steps so far took, on average; unknown at the beginning. */
static void print_left(const struct progress *progress)
{
	long taken = now() - progress->start;

	if (progress->done >= 5 && taken > 0)
		fprintf(stderr, ", about %ld s left",
			taken * (long)(progress->of - progress->done) / (long)progress->done);
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
	} else if (target && target != progress->last) {
		fprintf(stderr, "%s %s (%zu of %zu done", target->fs, target->access,
			progress->done, progress->of);
		print_left(progress);
		fputs(")\n", stderr);
		progress->last = target;
	}
	progress->done++;
}

void progress_skip(struct progress *progress, size_t steps)
{
	progress->done += steps;
}

void progress_end(struct progress *progress)
{
	if (progress->wanted && progress->terminal)
		fputs(CLEAR_LINE, stderr);
}
