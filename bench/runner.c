// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "bench/emit.h"
#include "bench/file.h"
#include "bench/interrupt.h"
#include "bench/runner.h"
#include "bench/scatter.h"
#include "bench/selection.h"
#include "measure/faults.h"

/* A warm-up pass is a short one of the same kind. */
#define WARM_UP_SHARE 8

static void ctx_clear(struct ctx *ctx, const struct target *target)
{
	memset(ctx, 0, sizeof(*ctx));
	ctx->target = target;
	ctx->fd = ctx->out = ctx->pipe[0] = ctx->pipe[1] = -1;
}

/* setup, pass, teardown, release; the first error is the one that counts. */
static int one_pass(const struct bench *bench, struct ctx *ctx, struct samples *samples,
		    uint64_t *faults)
{
	int error = bench->setup ? bench->setup(ctx) : 0;

	if (!error) {
		uint64_t before = faults_taken();

		error = bench->pass(ctx, samples);
		ctx->faults = faults_taken() - before - samples->faults_between;
		*faults += ctx->faults;
	}
	if (ctx->stuck)
		return error;
	if (bench->teardown) {
		int torn = bench->teardown(ctx);

		if (!error)
			error = torn;
	}
	file_release(ctx);
	return error;
}

/* One pass that reads the clock once on either side; ticks an operation, 0 without. */
static int one_batch(const struct bench *bench, struct ctx *ctx, double *mean)
{
	int error = bench->setup ? bench->setup(ctx) : 0;

	if (!error) {
		uint64_t before = faults_taken(), start = clock_start();

		error = bench->batch(ctx);
		*mean = (double)(clock_stop() - start) / (double)ctx->operations;
		ctx->faults = faults_taken() - before;
	}
	if (bench->teardown) {
		int torn = bench->teardown(ctx);

		if (!error)
			error = torn;
	}
	file_release(ctx);
	if (error)
		*mean = 0;
	return error == -EOPNOTSUPP ? 0 : error;
}

/* Nothing is allocated, printed or written between setup and teardown. */
static int all_passes(struct ctx *ctx, const struct bench *bench, size_t operations, size_t passes,
		      struct samples *samples, uint64_t *faults)
{
	int error = 0;

	for (size_t pass = 0; pass <= passes && !error; pass++) {
		if (pass == 1) {
			samples_clear(samples);
			*faults = 0;
		}
		if (interrupt_wanted())
			return file_error(ctx, "ended by a signal", -EINTR);
		samples->faults_between = 0;
		ctx->pass = pass;
		ctx->operations = operations;
		if (pass == 0)
			ctx->operations = (operations + WARM_UP_SHARE - 1) / WARM_UP_SHARE;
		error = one_pass(bench, ctx, samples, faults);
	}
	return error;
}

static int fail(struct runner *runner, const struct ctx *ctx, const char *bench, const char *arm,
		int error)
{
	const struct target *target = ctx->target;

	snprintf(runner->error, sizeof(runner->error), "%s %s on %s %s: %s", bench, arm,
		 target ? target->fs : "no", target ? target->access : "target",
		 ctx->reason[0] ? ctx->reason : strerror(-error));
	return error;
}

static int run_arm(struct runner *runner, const struct bench *bench, const struct arm *arm,
		   const struct target *target)
{
	size_t operations = selected_operations(runner->plan, bench, arm);
	size_t passes = selected_passes(runner->plan, bench);
	struct sampled sampled = { .passes = passes };
	struct samples samples;
	struct ctx ctx;
	int error;

	progress_step(&runner->progress, target, bench->name, arm->name);
	ctx_clear(&ctx, target);
	ctx.arm = arm;
	ctx.counts_instructions = runner->plan->mode == PLAN_COUNT;
	error = samples_init(&samples, operations * passes);
	if (error)
		return fail(runner, &ctx, bench->name, arm->name, error);
	sampled.interrupted = interruptions_taken(runner->place->cpu);
	error = all_passes(&ctx, bench, operations, passes, &samples, &sampled.faults);
	sampled.interrupted = interruptions_taken(runner->place->cpu) - sampled.interrupted;
	sampled.moved = samples.moved;
	if (!error && bench->batch && !ctx.counts_instructions)
		error = one_batch(bench, &ctx, &sampled.batch_mean);
	runner->stuck = ctx.stuck;
	if (!error && samples.dropped)
		error = -EOVERFLOW;
	if (error && error != -EOPNOTSUPP) {
		samples_free(&samples);
		return fail(runner, &ctx, bench->name, arm->name, error);
	}
	if (error)
		error = emit_skip(runner->writer, bench, arm, target, ctx.reason);
	else
		error = emit_samples(runner->writer, bench, &ctx, &samples, &sampled,
				     runner->clock);
	samples_free(&samples);
	/* what went wrong now is the output, not the arm */
	ctx.reason[0] = '\0';
	return error ? fail(runner, &ctx, bench->name, arm->name, error) : 0;
}

/* Those that need a target when there is one, the others when there is none. */
static int run_benches(struct runner *runner, const struct target *target)
{
	int error = 0;

	for (size_t b = 0; bench_table[b]; b++) {
		const struct bench *bench = bench_table[b];

		if (bench->no_target != !target)
			continue;
		for (const struct arm *arm = bench->arms; arm->name && !error; arm++)
			if (selected_arm(runner->plan, bench, arm))
				error = run_arm(runner, bench, arm, target);
	}
	return error;
}

static int interrupted(struct runner *runner)
{
	snprintf(runner->error, sizeof(runner->error), "ended by a signal");
	return -EINTR;
}

static int run_checks(struct runner *runner, const struct target *target)
{
	int error = 0;

	for (size_t i = 0; check_table[i] && !error; i++) {
		const struct check *check = check_table[i];
		struct finding finding = { .verdict = CHECK_FAIL };
		struct ctx ctx;

		if (!selected_check(runner->plan, check))
			continue;
		if (interrupt_wanted())
			return interrupted(runner);
		progress_step(&runner->progress, target, "check", check->name);
		ctx_clear(&ctx, target);
		error = check->run(&ctx, &finding);
		if (ctx.stuck)
			emit_check(runner->writer, check, target, &finding);
		else
			file_release(&ctx);
		runner->stuck = ctx.stuck;
		if (error)
			return fail(runner, &ctx, "check", check->name, error);
		error = emit_check(runner->writer, check, target, &finding);
	}
	return error;
}

/* A target that cannot be had still says so for each check that was asked for. */
static int skip_target(struct runner *runner, const struct target *target, const char *reason)
{
	struct finding finding = { .verdict = CHECK_SKIP };
	int error = emit_target(runner->writer, target, NULL, reason);

	snprintf(finding.evidence, sizeof(finding.evidence), "%.*s",
		 (int)sizeof(finding.evidence) - 1, reason);
	for (size_t i = 0; check_table[i] && !error; i++)
		if (selected_check(runner->plan, check_table[i]))
			error = emit_check(runner->writer, check_table[i], target, &finding);
	return error;
}

/* What an emulated processor takes for an operation is no result: only checks. */
static bool measures(const struct plan *plan)
{
	return plan->mode != PLAN_EMULATED;
}

/* Measures what has been made; what it leaves is taken away again. */
static int run_made_target(struct runner *runner, struct target *target)
{
	int error = 0, unmade;

	if (!target_is_borrowed(target))
		error = scatter_files(target, runner->seed);
	if (error)
		snprintf(runner->error, sizeof(runner->error), "%s %s: files that scatter: %s",
			 target->fs, target->access, strerror(-error));
	else
		error = emit_target(runner->writer, target, runner->place, NULL);
	if (!error)
		error = run_checks(runner, target);
	if (!error && measures(runner->plan))
		error = run_benches(runner, target);
	if (runner->stuck)
		return error;
	unmade = target_unmake(target);
	if (unmade && !error) {
		snprintf(runner->error, sizeof(runner->error), "cannot give up %s: %s", target->dir,
			 strerror(-unmade));
		error = unmade;
	}
	return error;
}

/* Arms and checks of one target, or those without one. */
static size_t steps_of(const struct plan *plan, bool target)
{
	size_t steps = 0;

	for (size_t b = 0; bench_table[b]; b++)
		for (const struct arm *arm = bench_table[b]->arms; arm->name; arm++)
			steps += bench_table[b]->no_target != target && measures(plan) &&
				 selected_arm(plan, bench_table[b], arm);
	for (size_t i = 0; check_table[i] && target; i++)
		steps += selected_check(plan, check_table[i]);
	return steps;
}

static size_t targets_of(const struct plan *plan)
{
	size_t targets = 0;

	for (size_t f = 0; target_filesystems[f]; f++)
		for (size_t a = 0; target_accesses[a]; a++)
			targets += selected_filesystem(plan, target_filesystems[f]) &&
				   selected_access(plan, target_accesses[a]);
	return targets;
}

/* Before the target is made, so that what the kernel keeps of it lies near, too. */
static int go_near(struct runner *runner, struct place *place)
{
	char reason[PLACE_REASON_MAX];
	int error = place_bind(place, reason);

	runner->place = place;
	if (error)
		snprintf(runner->error, sizeof(runner->error), "%s", reason);
	return error;
}

/* The first source that can give the target does; else all of their reasons are told. */
static int run_target(struct runner *runner, struct target *target)
{
	bool in_memory = target_needs_no_source(target->fs);
	char reason[TARGET_REASON_MAX], reasons[TARGET_REASON_MAX] = "";
	size_t used = 0, tries = in_memory ? 1 : runner->sources;

	for (size_t i = 0; i < tries; i++) {
		struct places *places = runner->places;
		int error = go_near(runner, in_memory ? &places->start : &places->near[i]);

		if (error)
			return error;
		target->source = in_memory ? NULL : &runner->source[i];
		error = target_make(target, runner->base, reason);
		if (!error)
			return run_made_target(runner, target);
		if (error != -ENOTSUP) {
			snprintf(runner->error, sizeof(runner->error), "%s %s: %s", target->fs,
				 target->access, reason);
			return error;
		}
		if (used < sizeof(reasons))
			used += (size_t)snprintf(reasons + used, sizeof(reasons) - used, "%s%s",
						 used ? "; " : "", reason);
	}
	progress_skip(&runner->progress, steps_of(runner->plan, true));
	return skip_target(runner, target, tries ? reasons : runner->no_source);
}

int runner_run(struct runner *runner)
{
	const struct plan *plan = runner->plan;
	int error = scatter_memory(runner->seed);

	runner->place = &runner->places->start;
	/* a guest is watched from outside, and its console is a part of what is counted */
	progress_start(&runner->progress, plan->mode != PLAN_COUNT,
		       steps_of(plan, false) + targets_of(plan) * steps_of(plan, true));
	if (error)
		snprintf(runner->error, sizeof(runner->error), "memory that scatters: %s",
			 strerror(-error));
	else if (measures(plan))
		error = run_benches(runner, NULL);
	for (size_t f = 0; target_filesystems[f] && !error; f++) {
		for (size_t a = 0; target_accesses[a] && !error; a++) {
			struct target target = { .fs = target_filesystems[f],
						 .access = target_accesses[a],
						 .dax = DAX_UNKNOWN };

			if (selected_filesystem(plan, target.fs) &&
			    selected_access(plan, target.access))
				error = run_target(runner, &target);
		}
	}
	progress_end(&runner->progress);
	return error;
}
