/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A histogram of single operations that can be merged with another.
 *
 * The buckets are fixed, so that two histograms taken on different machines
 * or nights have the same ones: a value below 256 is its own bucket; above,
 * each power of two is cut into 128 equal buckets. A bucket is thus never
 * wider than 1/128 (0.8%) of its lowest value.
 */
#ifndef DAXMARK_RECORD_HISTOGRAM_H
#define DAXMARK_RECORD_HISTOGRAM_H

#include <stddef.h>
#include <stdint.h>

#define HISTOGRAM_BITS 7
/* the linear part, then 128 buckets for each power of two from 2^8 to 2^63 */
#define HISTOGRAM_BUCKETS (256 + (63 - HISTOGRAM_BITS) * 128)

struct histogram {
	uint64_t count[HISTOGRAM_BUCKETS];
};

/* The bucket of a value; always less than HISTOGRAM_BUCKETS. */
size_t histogram_bucket(uint64_t value);

/* The lowest value that falls into a bucket; bucket < HISTOGRAM_BUCKETS. */
uint64_t histogram_lowest(size_t bucket);

void histogram_clear(struct histogram *h);
void histogram_add(struct histogram *h, uint64_t value);

/* Adds the counts of from to those of to. */
void histogram_merge(struct histogram *to, const struct histogram *from);

#endif
