// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "measure/samples.h"

int samples_init(struct samples *s, size_t capacity)
{
	memset(s, 0, sizeof(*s));
	for (size_t m = 0; m < SAMPLES_METRICS; m++) {
		s->tick[m] = malloc(capacity * sizeof(uint64_t));
		if (!s->tick[m]) {
			samples_free(s);
			return -ENOMEM;
		}
		/* touched now, so that no page of ours is faulted in a pass */
		memset(s->tick[m], 0xff, capacity * sizeof(uint64_t));
	}
	s->capacity = capacity;
	return 0;
}

void samples_clear(struct samples *s)
{
	memset(s->n, 0, sizeof(s->n));
	s->dropped = 0;
	s->moved = 0;
	clock_stop_on(&s->processor);
}

void samples_free(struct samples *s)
{
	for (size_t m = 0; m < SAMPLES_METRICS; m++)
		free(s->tick[m]);
	memset(s, 0, sizeof(*s));
}

static int by_value(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

/* sorted[ceil(n * percent / 100) - 1], in whole numbers to be exact */
static uint64_t quantile(const uint64_t *sorted, size_t n, size_t percent)
{
	return sorted[(n * percent + 99) / 100 - 1];
}

void samples_summary(struct samples *s, size_t metric, double ticks_per_unit,
		     struct summary *summary, struct histogram *histogram)
{
	uint64_t *tick = s->tick[metric];
	size_t n = s->n[metric];
	double sum = 0;

	qsort(tick, n, sizeof(tick[0]), by_value);
	histogram_clear(histogram);
	for (size_t i = 0; i < n; i++) {
		double value = (double)tick[i] / ticks_per_unit;

		sum += value;
		histogram_add(histogram, (uint64_t)(value + 0.5));
	}
	summary->n = n;
	summary->min = (double)tick[0] / ticks_per_unit;
	summary->median = (double)quantile(tick, n, 50) / ticks_per_unit;
	summary->median_low = (double)quantile(tick, n, 40) / ticks_per_unit;
	summary->median_high = (double)quantile(tick, n, 60) / ticks_per_unit;
	summary->mean = sum / (double)n;
	summary->p90 = (double)quantile(tick, n, 90) / ticks_per_unit;
	summary->p99 = (double)quantile(tick, n, 99) / ticks_per_unit;
	summary->max = (double)tick[n - 1] / ticks_per_unit;
}
