/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAXMARK_BENCH_RUNNER_H
#define DAXMARK_BENCH_RUNNER_H

#include <stdbool.h>

#include "bench/places.h"
#include "bench/progress.h"
#include "measure/clock.h"
#include "plan/plan.h"
#include "record/writer.h"

#define RUNNER_ERROR_MAX 640

struct runner {
	const struct plan *plan;
	struct writer *writer;
	const struct clock_facts *clock;
	struct source *source; /* open, in the order in which they are tried */
	size_t sources;
	const char *no_source;	   /* why there is none */
	uint64_t seed;		   /* decides where things lie, see scatter.h */
	const char *base;	   /* the folder for mount points */
	struct places *places;	   /* those of the sources are chosen */
	struct place *place;	   /* where the thread is now */
	int cpu[PLAN_THREADS_MAX]; /* for threads, nearest first, this one the first */
	size_t cpus;
	const struct fill *fill; /* how the file of the arm that runs is filled; NULL: as ever */
	bool stuck;		 /* a thread waits in the kernel for ever: release nothing */
	struct progress progress;
	char error[RUNNER_ERROR_MAX];
};

/* Lists the processors for threads, as place_cpus() has them near a place. */
void runner_choose_cpus(struct runner *runner, const struct place *place);

/*
 * Runs what the plan chose on every target it chose and writes the records
 * between `machine` and `end`. What a kernel or file system cannot do becomes
 * a skip. Returns 0; or a negative errno and one line in error when the run
 * is not whole, after unmounting what was mounted.
 */
int runner_run(struct runner *runner);

#endif
