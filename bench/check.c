// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>

#include "bench/check.h"

#define LONG_AGO 1000000000 /* 2001-09-09, UTC */

void check_found(struct finding *finding, enum check_verdict verdict, const char *format, ...)
{
	va_list args;

	finding->verdict = verdict;
	va_start(args, format);
	vsnprintf(finding->evidence, sizeof(finding->evidence), format, args);
	va_end(args);
}

int check_make_old(struct ctx *ctx, int fd)
{
	const struct timespec old[2] = { { .tv_sec = LONG_AGO }, { .tv_sec = LONG_AGO } };

	return futimens(fd, old) ? file_error(ctx, "futimens", -errno) : 0;
}

void check_pause_ms(long ms)
{
	struct timespec left = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 };

	while (clock_nanosleep(CLOCK_MONOTONIC, 0, &left, &left) == EINTR)
		;
}

int check_write_after_read(struct ctx *ctx)
{
	int error = file_map(ctx, PAGE_BYTES);

	if (error)
		return error;
	file_read_pages(ctx);
	check_pause_ms(1100);
	file_write_pages(ctx);
	return msync(ctx->map, ctx->map_bytes, MS_SYNC) ? file_error(ctx, "msync", -errno) : 0;
}
