/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The single operations of one arm, as they are measured.
 *
 * All memory is taken and touched before a pass begins; inside a pass a
 * sample is one store into an array. What does not fit is dropped and
 * counted, never written past the end.
 */
#ifndef DAXMARK_MEASURE_SAMPLES_H
#define DAXMARK_MEASURE_SAMPLES_H

#include <stddef.h>
#include <stdint.h>

#include "measure/between.h"
#include "measure/clock.h"
#include "record/histogram.h"

#define SAMPLES_METRICS 3

struct samples {
	uint64_t *tick[SAMPLES_METRICS]; /* one duration an operation, in ticks */
	size_t n[SAMPLES_METRICS];
	size_t capacity; /* of each metric */
	size_t dropped;
	size_t between_kib;	 /* of other code before each operation */
	uint64_t faults_between; /* page faults of this pass that no operation took */
	size_t moved; /* operations that ended on another processor than the one before */
	unsigned int processor;
	uint64_t start;
};

static inline void samples_add(struct samples *s, size_t metric, uint64_t ticks)
{
	if (s->n[metric] < s->capacity)
		s->tick[metric][s->n[metric]++] = ticks;
	else
		s->dropped++;
}

static inline void samples_start(struct samples *s)
{
	if (s->between_kib)
		between_run(s->between_kib);
	s->start = clock_start();
}

static inline void samples_stop(struct samples *s, size_t metric)
{
	unsigned int processor;
	uint64_t stop = clock_stop_on(&processor);

	samples_add(s, metric, stop - s->start);
	s->moved += processor != s->processor;
	s->processor = processor;
}

/* Takes and touches memory for capacity operations a metric. 0 or -ENOMEM. */
int samples_init(struct samples *s, size_t capacity);
void samples_clear(struct samples *s);
void samples_free(struct samples *s);

/* What is reported of one metric, in the clock's unit. */
struct summary {
	size_t n;
	double min, median, mean, p90, p99, max;
	/*
	 * Ranks 40% and 60%: between them the median would lie with 95%
	 * confidence if the operations were worth 96 independent ones
	 * (0.98 / sqrt(96) = 0.10; order-statistic interval, Hahn and Meeker,
	 * Statistical Intervals, 1991, 5.2). A pass repeats a pattern, so it is
	 * worth few independent operations however long it is.
	 */
	double median_low, median_high;
};

/*
 * Sorts the metric's operations and sums them up; quantile q is the value at
 * rank ceil(q n), type 1 of Hyndman and Fan (The American Statistician 50,
 * 1996): a value that occurred. Fills histogram too. The metric has at least
 * one operation.
 */
void samples_summary(struct samples *s, size_t metric, double ticks_per_unit,
		     struct summary *summary, struct histogram *histogram);

#endif
