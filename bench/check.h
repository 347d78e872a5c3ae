/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What several checks do alike. */
#ifndef DAXMARK_BENCH_CHECK_H
#define DAXMARK_BENCH_CHECK_H

#include "bench/file.h"

/* Sets a verdict and its evidence, one sentence. */
void check_found(struct finding *finding, enum check_verdict verdict, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Sets atime and mtime of fd to a date long ago, so that any change shows. */
int check_make_old(struct ctx *ctx, int fd);

void check_pause_ms(long ms);

/*
 * Maps ctx->fd's first page, reads it, lets more than a second pass (ext2
 * keeps whole seconds), writes to it and makes the write durable with msync.
 */
int check_write_after_read(struct ctx *ctx);

#endif
