// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What the harness adds to a bare loop of stores, in one process and over one mapping.
 *
 *   cost DIRECTORY ROUNDS    DIRECTORY is one of ext4, without DAX
 *
 * A round makes and maps a file as first-write does. The bare loop, a batch of first-write (its
 * loop without a clock) and a pass of it (each store by itself) then take a block of pages each,
 * and another one in the opposite order, again and again up to the end of the file. All three
 * find what one setup left, and none has a place of its own: the first of six blocks is of
 * another one each time. A rate is that of six blocks, and the figure is the median of all: what
 * else the machine does falls on all three, or on a few of many.
 *
 * Exit status 1 where the median rate of a batch is less than 0.98 of the bare loop's.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bare_loop.h"
#include "bench/file.h"

enum { BARE, BATCH, EACH, WAYS };

#define TURNS	    (2 * WAYS)
#define SIXES	    5 /* of a round */
#define BLOCK_PAGES 34
#define ROUNDS_MAX  999
#define LEAST	    0.98

/* Of an arm, of each six blocks: ticks a page of each way, and the rate of a batch. */
struct table {
	double way[WAYS][ROUNDS_MAX * SIXES], rate[ROUNDS_MAX * SIXES];
	size_t n;
};

static int by_value(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static double quantile(double *value, size_t n, double q)
{
	qsort(value, n, sizeof(*value), by_value);
	return value[(size_t)(q * (double)(n - 1) + 0.5)];
}

/* Ticks of one block. ctx is a copy whose map begins there. */
static double block_ticks(const struct bench *bench, struct ctx *ctx, int way,
			  struct samples *samples)
{
	uint64_t start, ticks = 0;

	switch (way) {
	case BARE:
		return (double)bare_loop(ctx->map, ctx->operations);
	case BATCH:
		start = clock_start();
		bench->batch(ctx);
		return (double)(clock_stop() - start);
	}
	samples_clear(samples);
	bench->pass(ctx, samples);
	for (size_t i = 0; i < samples->n[0]; i++)
		ticks += samples->tick[0][i];
	return (double)ticks;
}

static void run_six(const struct bench *bench, struct ctx *block, size_t first,
		    struct samples *samples, struct table *table)
{
	double ticks[WAYS] = { 0 };

	for (size_t turn = 0; turn < TURNS; turn++) {
		size_t place = turn < WAYS ? turn : TURNS - 1 - turn;
		int way = (int)((first + place) % WAYS);

		ticks[way] += block_ticks(bench, block, way, samples);
		block->map += BLOCK_PAGES * PAGE_BYTES;
	}
	for (int way = 0; way < WAYS; way++)
		table->way[way][table->n] = ticks[way] / (2 * BLOCK_PAGES);
	table->rate[table->n++] = ticks[BARE] / ticks[BATCH];
}

static int run_round(const struct bench *bench, const struct arm *arm, const struct target *target,
		     size_t round, struct samples *samples, struct table *table)
{
	struct ctx ctx = { .target = target,
			   .arm = arm,
			   .operations = (size_t)SIXES * TURNS * BLOCK_PAGES,
			   .pass = 1,
			   .fd = -1,
			   .out = -1,
			   .pipe = { -1, -1 } };
	int error = bench->setup(&ctx);
	struct ctx block = ctx;

	block.operations = BLOCK_PAGES;
	for (size_t six = 0; six < SIXES && !error; six++)
		run_six(bench, &block, round + six, samples, table);
	if (error)
		fprintf(stderr, "cost: %s: %s\n", arm->name, ctx.reason);
	file_release(&ctx);
	return error;
}

/* The first round is a warm-up. */
static int run_arm(const struct bench *bench, const struct arm *arm, const struct target *target,
		   size_t rounds, struct samples *samples, struct table *table)
{
	for (size_t round = 0; round <= rounds; round++) {
		int error;

		if (round <= 1)
			table->n = 0;
		error = run_round(bench, arm, target, round, samples, table);
		if (error)
			return error;
	}
	return 0;
}

static const struct bench *find_bench(const char *name)
{
	for (size_t i = 0; bench_table[i]; i++)
		if (!strcmp(bench_table[i]->name, name))
			return bench_table[i];
	return NULL;
}

static double print_arm(const char *name, struct table *t, double ticks_per_ns)
{
	double rate = quantile(t->rate, t->n, 0.5);

	printf("%-16s %7.1f ns %7.1f ns %6.3f  %.3f to %.3f %9.1f ns\n", name,
	       quantile(t->way[BARE], t->n, 0.5) / ticks_per_ns,
	       quantile(t->way[BATCH], t->n, 0.5) / ticks_per_ns, rate,
	       quantile(t->rate, t->n, 0.25), quantile(t->rate, t->n, 0.75),
	       quantile(t->way[EACH], t->n, 0.5) / ticks_per_ns);
	return rate;
}

int main(int argc, char **argv)
{
	static const char *const arms[] = { "cold", "read-then-write", "remapped", "rewrite" };
	static struct table table;
	const struct bench *bench = find_bench("first-write");
	struct target target = { .fs = "ext4", .access = "page-cache", .dax = DAX_NO };
	struct clock_facts clock;
	struct samples samples;
	size_t rounds = argc == 3 ? strtoul(argv[2], NULL, 10) : 0;
	int status = 0;

	if (!bench || !rounds || rounds > ROUNDS_MAX) {
		fprintf(stderr, "usage: cost DIRECTORY ROUNDS, 1 to %d\n", ROUNDS_MAX);
		return 2;
	}
	snprintf(target.dir, sizeof(target.dir), "%s", argv[1]);
	if (clock_setup(false, &clock) || !clock_reads_tsc || samples_init(&samples, BLOCK_PAGES)) {
		fprintf(stderr, "cost: takes a steady time stamp counter\n");
		return 4;
	}
	printf("%-16s %10s %10s %6s  %-14s %12s\n", "", "bare loop", "batch", "rate",
	       "half of them", "op by op");
	for (size_t i = 0; i < sizeof(arms) / sizeof(arms[0]); i++) {
		const struct arm *arm = bench->arms;

		while (arm->name && strcmp(arm->name, arms[i]) != 0)
			arm++;
		if (!arm->name || run_arm(bench, arm, &target, rounds, &samples, &table))
			return 4;
		/* a rewrite is one store: its rate is that of the loop around it, and not judged */
		if (print_arm(arm->name, &table, clock.ticks_per_unit) < LEAST &&
		    strcmp(arm->name, "rewrite") != 0)
			status = 1;
	}
	printf("%-52s %13.1f ns\n", "two readings of the clock", clock.overhead);
	samples_free(&samples);
	if (status)
		printf("\nA batch reaches less than %.2f of the rate of a bare loop.\n", LEAST);
	return status;
}
