// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>

#include "bench/file.h"
#include "bench/interrupt.h"
#include "bench/passes.h"
#include "measure/faults.h"
#include "measure/mark.h"

/* A warm-up pass is a short one of the same kind. */
#define WARM_UP_SHARE 8

/* The thread's and its processor's; -1 where nobody asks or nothing says. */
static int64_t interrupted_by_now(int cpu)
{
	int64_t interrupts = cpu < 0 ? -1 : interrupts_taken(cpu);

	return interrupts < 0 ? -1 : interrupts + preemptions_taken();
}

static void add_interrupted(struct passes *p, int64_t before)
{
	int64_t now = interrupted_by_now(p->cpu);

	if (before < 0 || now < 0)
		p->sampled->interrupted = -1;
	else
		p->sampled->interrupted += now - before;
}

/* The first error is the one that counts. */
static int tear_down(const struct bench *bench, struct ctx *ctx, int error)
{
	int torn = bench->teardown ? bench->teardown(ctx) : 0;

	file_release(ctx);
	return error ? error : torn;
}

/* setup, pass, teardown, release */
static int one_pass(struct passes *p)
{
	struct ctx *ctx = p->ctx;
	int error = p->bench->setup ? p->bench->setup(ctx) : 0;

	if (!error) {
		int64_t interruptions = interrupted_by_now(p->cpu);
		uint64_t before = faults_taken();

		error = p->bench->pass(ctx, p->samples);
		ctx->faults = faults_taken() - before - p->samples->faults_between;
		p->sampled->faults += ctx->faults;
		add_interrupted(p, interruptions);
	}
	return ctx->stuck ? error : tear_down(p->bench, ctx, error);
}

/* The same with the clock read once on either side; none of them where it cannot be had. */
static int one_batch(struct passes *p)
{
	struct ctx *ctx = p->ctx;
	uint64_t start = 0, stop = 0;
	int error = p->bench->setup ? p->bench->setup(ctx) : 0;

	if (!error) {
		uint64_t before = faults_taken();

		start = clock_start();
		error = p->bench->batch(ctx);
		stop = clock_stop();
		ctx->faults = faults_taken() - before;
	}
	error = tear_down(p->bench, ctx, error);
	if (error == -EOPNOTSUPP)
		p->batch = false;
	if (!error && ctx->pass) {
		p->batch_ticks += (double)(stop - start);
		p->sampled->batch_n += ctx->operations;
	}
	return error == -EOPNOTSUPP ? 0 : error;
}

/* Nothing is allocated, printed or written between setup and teardown. */
static int measured_passes(struct passes *p)
{
	struct ctx *ctx = p->ctx;
	int error = 0;

	for (size_t pass = 0; pass <= p->sampled->passes && !error; pass++) {
		if (pass == 1) {
			samples_clear(p->samples);
			p->sampled->faults = 0;
			p->sampled->interrupted = 0;
			MARK(MARK_MEASURED);
		}
		if (interrupt_wanted())
			return file_error(ctx, "ended by a signal", -EINTR);
		p->samples->faults_between = 0;
		ctx->pass = pass;
		ctx->operations = p->operations;
		if (pass == 0)
			ctx->operations = (p->operations + WARM_UP_SHARE - 1) / WARM_UP_SHARE;
		error = one_pass(p);
		if (!error && p->batch && !ctx->counts_instructions)
			error = one_batch(p);
	}
	return error;
}

int passes_run(struct passes *p)
{
	int error = measured_passes(p);

	mark_number(p->record);
	MARK(MARK_END);
	/* a batch among what is counted would be an operation to who watches */
	if (!error && p->batch && p->ctx->counts_instructions)
		error = one_batch(p);
	if (p->sampled->batch_n)
		p->sampled->batch_mean = p->batch_ticks / (double)p->sampled->batch_n;
	return error;
}
