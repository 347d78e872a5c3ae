/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What was found, as records (docs/records.md). All return 0 or a negative errno. */
#ifndef DAXMARK_BENCH_EMIT_H
#define DAXMARK_BENCH_EMIT_H

#include "bench/bench.h"
#include "bench/places.h"
#include "bench/scaling.h"
#include "plan/plan.h"
#include "record/writer.h"

int emit_machine(struct writer *writer, const struct plan *plan, uint64_t seed, const char *device,
		 const struct places *places, const struct clock_facts *clock);

/* place: where it is measured, NULL for a target that cannot be had; skip: why not. */
int emit_target(struct writer *writer, const struct target *target, const struct place *place,
		const char *skip);

/* The words that reports use for a benchmark and its arms. */
int emit_bench(struct writer *writer, const struct bench *bench);

/* What is told of an arm beside its samples. */
struct sampled {
	size_t passes;
	uint64_t faults;     /* taken inside the measured passes */
	int64_t interrupted; /* at most so many operations; -1: not known */
	int64_t moved;	     /* to another processor; -1: not known */
	double batch_mean;   /* ticks an operation */
	size_t batch_n;	     /* operations behind it; 0: not taken */
};

/* One line for each metric of the arm that has an operation; sorts samples. */
int emit_samples(struct writer *writer, const struct bench *bench, const struct ctx *ctx,
		 struct samples *samples, const struct sampled *sampled,
		 const struct clock_facts *clock);

/* One line for an arm by several threads at once: as scaling_run() gave it. */
int emit_scaling(struct writer *writer, const struct bench *bench, const struct ctx *ctx,
		 const struct scaling *scaling, struct samples *samples,
		 const struct clock_facts *clock);

int emit_check(struct writer *writer, const struct check *check, const struct target *target,
	       const struct finding *finding);

/* The arm of ctx was asked for, and could not be measured for ctx->reason. */
int emit_skip(struct writer *writer, const struct bench *bench, const struct ctx *ctx);

#define EMIT_ARM_MAX 64

/* The arm's name for people: record/arm_name.h. */
const char *emit_arm_name(const struct ctx *ctx, char name[EMIT_ARM_MAX]);

#endif
