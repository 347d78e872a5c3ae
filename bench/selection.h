/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a plan chose, in terms of what there is. */
#ifndef DAXMARK_BENCH_SELECTION_H
#define DAXMARK_BENCH_SELECTION_H

#include <stdbool.h>

#include "bench/bench.h"
#include "bench/fill.h"
#include "plan/plan.h"

/*
 * Checks every name in the plan that belongs to benchmarks, arms, checks and
 * targets. Returns 0; or -EINVAL and one line in error that names file, line
 * and the known choices.
 */
int selection_check(const struct plan *plan, char error[PLAN_ERROR_MAX]);

bool selected_filesystem(const struct plan *plan, const char *fs);
bool selected_access(const struct plan *plan, const char *access);
bool selected_check(const struct plan *plan, const struct check *check);
/* Whether any of its arms is. */
bool selected_bench(const struct plan *plan, const struct bench *bench);
bool selected_arm(const struct plan *plan, const struct bench *bench, const struct arm *arm);

/* Operations of a pass, and measured passes, as the plan or the benchmark say. */
size_t selected_operations(const struct plan *plan, const struct bench *bench,
			   const struct arm *arm);
/* In how many ways the arm's file is filled, each an arm of its own; 0: as ever. */
size_t selected_fills(const struct plan *plan, const struct bench *bench, const struct arm *arm);
/* The way number i of them. */
void selected_fill(const struct plan *plan, const struct bench *bench, size_t i, struct fill *fill);
/* KiB of other code to run before each operation. */
size_t selected_between_kib(const struct plan *plan, const struct bench *bench);
/* Whether a batch is run although instructions are counted. */
bool selected_batch(const struct plan *plan, const struct bench *bench);
size_t selected_passes(const struct plan *plan, const struct bench *bench);

/*
 * Refuses numbers of threads beyond the processors there are to put them on:
 * -ENODEV and one line in error.
 */
int selection_check_threads(const struct plan *plan, size_t processors, char error[PLAN_ERROR_MAX]);

/*
 * The numbers of threads to measure with, in ascending order: the one above
 * after, 0 when there is none. A plan that wants any has 1, to compare the rest
 * to; "all" is every power of two and the number of processors.
 */
size_t selected_threads(const struct plan *plan, size_t processors, size_t after);

/* Whether threads are measured on "one" file, on one "each". */
bool selected_files(const struct plan *plan, const char *files);

#endif
