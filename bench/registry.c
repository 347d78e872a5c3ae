// SPDX-License-Identifier: GPL-2.0-or-later
/* The linker gathers what BENCH() and CHECK() define; here it is put in order. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/bench.h"

extern const struct bench *const __start_benches[], *const __stop_benches[];
extern const struct check *const __start_checks[], *const __stop_checks[];

const struct bench *const *bench_table;
const struct check *const *check_table;

static int by_name(const void *a, const void *b)
{
	/* either struct begins with its name */
	const char *const *const *x = a, *const *const *y = b;

	return strcmp(**x, **y);
}

/* A copy of the pointers from first to before end, by name, with a NULL behind them. */
static void *in_order(const void *first, const void *end)
{
	size_t bytes = (size_t)((const char *)end - (const char *)first);
	void **table = calloc(1, bytes + sizeof(*table));

	if (!table) {
		fputs("out of memory\n", stderr);
		exit(EXIT_FAILURE);
	}
	memcpy(table, first, bytes);
	qsort(table, bytes / sizeof(*table), sizeof(*table), by_name);
	return table;
}

/* Before main(), so that whoever links them finds them. */
__attribute__((constructor)) static void make_tables(void)
{
	bench_table = in_order(__start_benches, __stop_benches);
	check_table = in_order(__start_checks, __stop_checks);
}
