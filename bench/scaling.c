// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "bench/file.h"
#include "bench/interrupt.h"
#include "bench/scaling.h"
#include "bench/thread.h"
#include "measure/faults.h"

/* What all threads of a pass look at. */
struct start_line {
	atomic_size_t ready;
	atomic_bool open;
};

struct worker {
	pthread_t thread;
	const struct bench *bench;
	struct start_line *line;
	struct ctx ctx;
	struct samples samples; /* for operations that are timed one by one */
	uint64_t start, stop;	/* of all operations; stop is 0 when they were */
	uint64_t faults;
	int64_t preemptions;
	bool made;	/* its setup was called */
	size_t batches; /* one after the other between start and stop */
	int error;
};

static void rest(void)
{
#if defined(__x86_64__)
	_mm_pause();
#endif
}

/* Two accounts of the same: from start to stop, or the operations' own sum. */
static void *work(void *arg)
{
	struct worker *w = arg;
	uint64_t faults;
	int64_t preemptions;

	atomic_fetch_add(&w->line->ready, 1);
	while (!atomic_load(&w->line->open))
		rest();
	preemptions = preemptions_taken();
	faults = faults_taken();
	w->error = -EOPNOTSUPP;
	if (w->bench->batch) {
		w->start = clock_start();
		for (size_t i = 0; i < w->batches; i++) {
			w->error = w->bench->batch(&w->ctx);
			if (w->error)
				break;
		}
		w->stop = clock_stop();
	}
	if (w->error == -EOPNOTSUPP) {
		w->stop = 0;
		w->error = w->bench->pass(&w->ctx, &w->samples);
	}
	w->faults = faults_taken() - faults - w->samples.faults_between;
	w->ctx.faults = w->faults;
	w->preemptions = preemptions_taken() - preemptions;
	return NULL;
}

/* Of the processors that the threads are bound to; -1 where that is not known. */
static int64_t interrupts_of(const struct ctx *like)
{
	int64_t all = 0;

	for (size_t i = 0; i < like->parts; i++) {
		int64_t interrupts = interrupts_taken(like->cpu[i]);

		if (interrupts < 0)
			return -1;
		all += interrupts;
	}
	return all;
}

/*
 * Those that could be started are let go and waited for also when one could not.
 * *interrupted grows by the interrupts of their processors meanwhile and by their
 * preemptions; files are read only while none of them works.
 */
static int work_together(struct worker *workers, const struct ctx *like, int64_t *interrupted)
{
	struct start_line *line = workers->line;
	int64_t before, after;
	size_t started = 0;
	int error = 0;

	atomic_store(&line->ready, 0);
	atomic_store(&line->open, false);
	while (started < like->parts && !error) {
		struct worker *w = &workers[started];

		error = thread_start(&w->thread, &like->cpu[started], work, w);
		if (error)
			file_error(&w->ctx, "thread", error);
		started += !error;
	}
	while (atomic_load(&line->ready) < started)
		sched_yield();
	before = interrupts_of(like);
	atomic_store(&line->open, true);
	for (size_t i = 0; i < started; i++) {
		pthread_join(workers[i].thread, NULL);
		if (!error)
			error = workers[i].error;
	}
	after = interrupts_of(like);
	if (before < 0 || after < 0)
		*interrupted = -1;
	else if (*interrupted >= 0)
		*interrupted += after - before;
	for (size_t i = 0; i < started && *interrupted >= 0; i++)
		*interrupted += workers[i].preemptions;
	return error;
}

static uint64_t busy(const struct worker *w)
{
	uint64_t ticks = 0;

	for (size_t m = 0; m < SAMPLES_METRICS; m++)
		for (size_t i = 0; i < w->samples.n[m]; i++)
			ticks += w->samples.tick[m][i];
	return ticks;
}

static uint64_t ticks_of(const struct worker *workers, size_t n)
{
	uint64_t first = UINT64_MAX, last = 0, most = 0;

	for (size_t i = 0; i < n; i++) {
		uint64_t ticks = busy(&workers[i]);

		first = workers[i].start < first ? workers[i].start : first;
		last = workers[i].stop > last ? workers[i].stop : last;
		most = ticks > most ? ticks : most;
	}
	return last ? last - first : most;
}

/*
 * Threads do not start in the same instant, so a pass has to be long beside the
 * difference: one whose operations can be repeated takes a millisecond at least.
 */
static void lengthen(struct worker *workers, const struct ctx *like, uint64_t wanted)
{
	const struct bench *bench = workers->bench;
	uint64_t ticks = UINT64_MAX;
	size_t batches = 1;

	for (size_t i = 0; i < like->parts; i++)
		if (workers[i].stop && workers[i].stop - workers[i].start < ticks)
			ticks = workers[i].stop - workers[i].start;
	if (bench->again && bench->again(like->arm) && ticks < wanted)
		batches = (size_t)(wanted / (ticks ? ticks : 1)) + 1;
	for (size_t i = 0; i < like->parts; i++)
		workers[i].batches = batches;
}

/* Each thread's file is made before any of them starts, by this thread. */
static int set_up(struct worker *workers, const struct ctx *like)
{
	int error = 0;

	for (size_t i = 0; i < like->parts && !error; i++) {
		struct worker *w = &workers[i];

		w->ctx.part = i;
		w->made = true;
		samples_clear(&w->samples);
		w->samples.faults_between = 0;
		if (w->bench->setup)
			error = w->bench->setup(&w->ctx);
	}
	return error;
}

static int tear_down(struct worker *workers, size_t n)
{
	int error = 0;

	for (size_t i = n; i-- > 0;) {
		struct worker *w = &workers[i];

		if (w->bench->teardown && w->made) {
			int torn = w->bench->teardown(&w->ctx);

			error = error ? error : torn;
		}
		w->made = false;
		file_release(&w->ctx);
	}
	return error;
}

static int one_pass(struct worker *workers, struct ctx *like, struct scaling *scaling,
		    struct samples *samples)
{
	size_t batches = workers->batches;
	int error = set_up(workers, like), torn;

	if (!error)
		error = work_together(workers, like, &scaling->interrupted);
	torn = tear_down(workers, like->parts);
	error = error ? error : torn;
	if (!error)
		samples_add(samples, 0, ticks_of(workers, like->parts));
	if (!error && !like->pass)
		lengthen(workers, like, scaling->ticks_per_pass);
	scaling->operations = like->operations * batches;
	for (size_t i = 0; i < like->parts; i++) {
		scaling->faults += workers[i].faults;
		if (workers[i].ctx.reason[0])
			memcpy(like->reason, workers[i].ctx.reason, sizeof(like->reason));
		like->bytes = workers[i].ctx.bytes;
		like->fault_bytes = workers[i].ctx.fault_bytes;
		/* of a file that all share the first knows them */
		if (workers[i].ctx.folio_bytes)
			like->folio_bytes = workers[i].ctx.folio_bytes;
		workers[i].ctx = *like;
	}
	return error;
}

static int all_passes(struct worker *workers, struct ctx *like, struct scaling *scaling,
		      struct samples *samples)
{
	int error = 0;

	for (size_t pass = 0; pass <= SCALING_PASSES && !error; pass++) {
		if (interrupt_wanted())
			return file_error(like, "ended by a signal", -EINTR);
		if (pass == 1) {
			samples_clear(samples);
			scaling->faults = 0;
			scaling->interrupted = 0;
		}
		like->pass = pass;
		error = one_pass(workers, like, scaling, samples);
	}
	return error;
}

int scaling_run(const struct bench *bench, struct ctx *like, struct scaling *scaling,
		struct samples *samples)
{
	struct worker *workers = calloc(like->parts, sizeof(*workers));
	struct start_line line;
	int error = workers ? 0 : -ENOMEM;

	for (size_t i = 0; i < like->parts && workers; i++) {
		workers[i].bench = bench;
		workers[i].line = &line;
		workers[i].batches = 1;
		workers[i].ctx = *like;
		if (!error)
			error = samples_init(&workers[i].samples, like->operations);
	}
	if (!error)
		error = all_passes(workers, like, scaling, samples);
	for (size_t i = 0; i < like->parts && workers; i++)
		samples_free(&workers[i].samples);
	free(workers);
	return error;
}
