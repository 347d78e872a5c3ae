// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bench/emit.h"
#include "bench/file.h"
#include "bench/fill.h"
#include "bench/interrupt.h"
#include "bench/passes.h"
#include "bench/runner.h"
#include "bench/scaling.h"
#include "bench/scatter.h"
#include "bench/selection.h"
#include "bench/watch.h"

static void ctx_clear(struct ctx *ctx, const struct target *target)
{
	memset(ctx, 0, sizeof(*ctx));
	ctx->target = target;
	ctx->fd = ctx->out = ctx->pipe[0] = ctx->pipe[1] = -1;
}

/* name: of the arm or the check */
static int fail(struct runner *runner, const struct ctx *ctx, const char *bench, const char *name,
		int error)
{
	const struct target *target = ctx->target;

	snprintf(runner->error, sizeof(runner->error), "%s %s on %s %s: %s", bench, name,
		 target ? target->fs : "no", target ? target->access : "target",
		 ctx->reason[0] ? ctx->reason : strerror(-error));
	return error;
}

/* threads: beside the one that measures, 0 for an arm that is not about them */
static int run_arm(struct runner *runner, const struct bench *bench, const struct arm *arm,
		   const struct target *target, size_t threads, bool one_file)
{
	bool counts = runner->plan->mode == PLAN_COUNT;
	struct sampled sampled = { .passes = selected_passes(runner->plan, bench) };
	struct samples samples;
	char name[EMIT_ARM_MAX];
	struct ctx ctx;
	struct passes passes = {
		.bench = bench,
		.ctx = &ctx,
		.samples = &samples,
		.sampled = &sampled,
		.operations = selected_operations(runner->plan, bench, arm),
		.record = (uint32_t)runner->writer->lines,
		.cpu = counts ? -1 : runner->place->cpu,
		.batch = bench->batch && !threads &&
			 (!counts || selected_batch(runner->plan, bench)),
	};
	int error;

	error = watch_look(runner, target);
	if (error)
		return error;
	ctx_clear(&ctx, target);
	ctx.arm = arm;
	ctx.fill = runner->fill;
	ctx.counts_instructions = counts;
	ctx.parts = threads;
	ctx.one_file = one_file;
	ctx.cpu = threads ? runner->cpu : NULL;
	progress_step(&runner->progress, target, bench->name, emit_arm_name(&ctx, name));
	error = samples_init(&samples, passes.operations * sampled.passes);
	if (error)
		return fail(runner, &ctx, bench->name, name, error);
	samples.between_kib = selected_between_kib(runner->plan, bench);
	error = passes_run(&passes);
	sampled.moved = clock_reads_tsc ? (int64_t)samples.moved : -1;
	runner->stuck = ctx.stuck;
	if (!error && samples.dropped)
		error = -EOVERFLOW;
	/* the target is smaller than this arm needs: nothing is wrong with the others */
	if (error == -ENOSPC)
		error = -EOPNOTSUPP;
	if (error && error != -EOPNOTSUPP) {
		samples_free(&samples);
		return fail(runner, &ctx, bench->name, name, error);
	}
	if (error)
		error = emit_skip(runner->writer, bench, &ctx);
	else
		error = emit_samples(runner->writer, bench, &ctx, &samples, &sampled,
				     runner->clock);
	samples_free(&samples);
	/* what went wrong now is the output, not the arm */
	ctx.reason[0] = '\0';
	return error ? fail(runner, &ctx, bench->name, name, error) : 0;
}

static int run_threads(struct runner *runner, const struct bench *bench, const struct arm *arm,
		       const struct target *target, size_t threads, bool one_file)
{
	struct scaling scaling = {
		.ticks_per_pass = (uint64_t)(SCALING_PASS_NS * runner->clock->ticks_per_unit),
	};
	struct samples samples;
	char name[EMIT_ARM_MAX];
	struct ctx ctx;
	int error;

	if (bench->threads && bench->threads(arm))
		return run_arm(runner, bench, arm, target, threads, one_file);
	ctx_clear(&ctx, target);
	ctx.arm = arm;
	ctx.fill = runner->fill;
	ctx.operations = selected_operations(runner->plan, bench, arm);
	ctx.parts = threads;
	ctx.one_file = one_file;
	ctx.cpu = runner->cpu;
	progress_step(&runner->progress, target, bench->name, emit_arm_name(&ctx, name));
	error = samples_init(&samples, SCALING_PASSES);
	if (error)
		return fail(runner, &ctx, bench->name, name, error);
	error = scaling_run(bench, &ctx, &scaling, &samples);
	/* a file for each of many threads may be more than the target holds */
	if (error == -EOPNOTSUPP || error == -ENOSPC)
		error = emit_skip(runner->writer, bench, &ctx);
	else if (!error)
		error = emit_scaling(runner->writer, bench, &ctx, &scaling, &samples,
				     runner->clock);
	samples_free(&samples);
	return error ? fail(runner, &ctx, bench->name, name, error) : 0;
}

static bool many_threads(const struct bench *bench, const struct arm *arm)
{
	return !bench->alone || (bench->threads && bench->threads(arm));
}

/* With each number of threads, on one file and on one each. */
static int run_scaled(struct runner *runner, const struct bench *bench, const struct arm *arm,
		      const struct target *target)
{
	const struct plan *plan = runner->plan;
	bool one = target && selected_files(plan, "one");
	bool each = !target || selected_files(plan, "each");
	/* one thread beside is what the arm by itself has */
	size_t threads = bench->alone ? 1 : 0;
	int error = 0;

	if (!many_threads(bench, arm))
		return 0;
	while (!error && (threads = selected_threads(plan, runner->cpus, threads))) {
		if (one || threads == 1)
			error = run_threads(runner, bench, arm, target, threads, threads > 1);
		if (!error && each && threads > 1)
			error = run_threads(runner, bench, arm, target, threads, false);
	}
	return error;
}

static int run_alone(struct runner *runner, const struct bench *bench, const struct arm *arm,
		     const struct target *target)
{
	return run_arm(runner, bench, arm, target, 0, false);
}

/* Once for each way the plan has the file filled. */
static int run_filled(struct runner *runner, const struct bench *bench, const struct arm *arm,
		      const struct target *target,
		      int (*run)(struct runner *runner, const struct bench *bench,
				 const struct arm *arm, const struct target *target))
{
	size_t fills = selected_fills(runner->plan, bench, arm);
	int error = fills ? 0 : run(runner, bench, arm, target);

	for (size_t i = 0; i < fills && !error; i++) {
		struct fill fill;

		selected_fill(runner->plan, bench, i, &fill);
		runner->fill = &fill;
		error = run(runner, bench, arm, target);
		runner->fill = NULL;
	}
	return error;
}

/* What stands for the arms that a single thread has to do. */
static int skip_threads(struct runner *runner, const struct bench *bench,
			const struct target *target)
{
	static const struct arm several_threads = { .name = "by-threads" };
	struct ctx ctx;

	ctx_clear(&ctx, target);
	ctx.arm = &several_threads;
	snprintf(ctx.reason, sizeof(ctx.reason), "%s", bench->alone);
	return emit_skip(runner->writer, bench, &ctx);
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
				error = run_filled(runner, bench, arm, target, run_alone);
		for (const struct arm *arm = bench->arms; arm->name && !error; arm++)
			if (selected_arm(runner->plan, bench, arm))
				error = run_filled(runner, bench, arm, target, run_scaled);
		if (bench->alone && runner->plan->threads.n && !error)
			error = skip_threads(runner, bench, target);
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
		error = watch_look(runner, target);
		if (error)
			return error;
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
	int error = 0, unmade, unwatched;

	if (!target_is_borrowed(target))
		error = scatter_files(target, runner->seed);
	if (error)
		snprintf(runner->error, sizeof(runner->error), "%s %s: files that scatter: %s",
			 target->fs, target->access, strerror(-error));
	else
		error = emit_target(runner->writer, target, runner->place, NULL);
	if (!error)
		error = watch_start(runner, target);
	if (!error)
		error = run_checks(runner, target);
	if (!error && measures(runner->plan))
		error = run_benches(runner, target);
	if (runner->stuck)
		return error;
	unwatched = watch_stop(runner, target);
	if (!error)
		error = unwatched;
	unmade = target_unmake(target);
	if (unmade && !error) {
		snprintf(runner->error, sizeof(runner->error), "cannot give up %s: %s", target->dir,
			 strerror(-unmade));
		error = unmade;
	}
	return error;
}

/* Of the steps with each number of threads, those that run_scaled() takes. */
static size_t scaled_steps(const struct bench *bench, const struct arm *arm, size_t all)
{
	if (!all || !many_threads(bench, arm))
		return 0;
	return all - (bench->alone != NULL);
}

static size_t steps_of_arm(const struct plan *plan, const struct bench *bench,
			   const struct arm *arm, size_t scaled)
{
	size_t fills = selected_fills(plan, bench, arm);

	return (fills ? fills : 1) * (1 + scaled_steps(bench, arm, scaled));
}

/* Arms and checks of one target, or those without one. */
static size_t steps_of(const struct runner *runner, bool target)
{
	const struct plan *plan = runner->plan;
	size_t steps = 0, scaled = 0, threads = 0, ways = 1;

	if (target)
		ways = (size_t)selected_files(plan, "one") + selected_files(plan, "each");
	while ((threads = selected_threads(plan, runner->cpus, threads)))
		scaled += threads == 1 ? 1 : ways;

	for (size_t b = 0; bench_table[b]; b++)
		for (const struct arm *arm = bench_table[b]->arms; arm->name; arm++)
			if (bench_table[b]->no_target != target && measures(plan) &&
			    selected_arm(plan, bench_table[b], arm))
				steps += steps_of_arm(plan, bench_table[b], arm, scaled);
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

void runner_choose_cpus(struct runner *runner, const struct place *place)
{
	int cpus =
		place_cpus(&runner->places->topology, place->node, PLAN_THREADS_MAX, runner->cpu);

	runner->cpus = cpus > 0 ? (size_t)cpus : 0;
}

/* Before the target is made, so that what the kernel keeps of it lies near, too. */
static int go_near(struct runner *runner, struct place *place)
{
	char reason[PLACE_REASON_MAX];
	int error = place_bind(place, reason);

	runner->place = place;
	runner_choose_cpus(runner, place);
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
	progress_skip(&runner->progress, steps_of(runner, true));
	return skip_target(runner, target, tries ? reasons : runner->no_source);
}

/* Before the first sample of any. */
static int describe_benches(struct runner *runner)
{
	int error = 0;

	for (size_t b = 0; bench_table[b] && !error; b++)
		if (selected_bench(runner->plan, bench_table[b]))
			error = emit_bench(runner->writer, bench_table[b]);
	return error;
}

int runner_run(struct runner *runner)
{
	const struct plan *plan = runner->plan;
	int error = scatter_memory(runner->seed);

	runner->place = &runner->places->start;
	/* a guest is watched from outside, and its console is a part of what is counted */
	progress_start(&runner->progress, plan->mode != PLAN_COUNT,
		       steps_of(runner, false) + targets_of(plan) * steps_of(runner, true));
	if (error)
		snprintf(runner->error, sizeof(runner->error), "memory that scatters: %s",
			 strerror(-error));
	else if (measures(plan))
		error = describe_benches(runner);
	if (!error && measures(plan))
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
