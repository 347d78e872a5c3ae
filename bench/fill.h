/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How a file came into the page cache before it is measured. That decides the size
 * of the folios its pages are in, on kernels and file systems that have larger ones
 * than a page.
 */
#ifndef DAXMARK_BENCH_FILL_H
#define DAXMARK_BENCH_FILL_H

#include "bench/bench.h"

enum fill_how {
	FILL_WRITTEN,	/* as it was written, in calls of so many bytes */
	FILL_READAHEAD, /* dropped, then read from front to back */
	FILL_RANDOM,	/* the same after POSIX_FADV_RANDOM, a page a call */
	FILL_FAULT,	/* dropped, then a load from each page of a mapping */
};

struct fill {
	const char *name; /* the plan's word */
	enum fill_how how;
	size_t bytes; /* a write call; those that drop it write by pages */
};

/* What fill_named() takes, in words. */
#define FILL_CHOICES "4k, 8k, 16k and so on to 4m, readahead, random, fault"

/* 0, or -EINVAL; fill keeps word. */
int fill_named(const char *word, struct fill *fill);

/*
 * Memory of bytes for a setup, which does not change where later mappings lie once
 * it is given back. NULL when there is none.
 */
char *fill_buffer(size_t bytes);
void fill_buffer_free(char *buffer, size_t bytes);

/*
 * The file fd of so many bytes is written and on the device: brings it into the
 * page cache as ctx->fill says, and finds ctx->folio_bytes. 0, or a
 * negative errno and ctx->reason; -EOPNOTSUPP where there is no page cache, or
 * the kernel would not drop the file.
 */
int fill_cache(struct ctx *ctx, int fd, size_t bytes);

#endif
