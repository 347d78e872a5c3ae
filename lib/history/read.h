/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a history holds, for reports: arrays that the caller frees with free(). */
#ifndef DAXMARK_HISTORY_READ_H
#define DAXMARK_HISTORY_READ_H

#include "history/night.h"

#define MODE_NAME_MAX 8

struct read_night {
	int64_t id;
	struct night night; /* base and new are "" */
	char mode[MODE_NAME_MAX];
	char image[NIGHT_NAME_MAX];
	char content[SHA256_HEX_MAX];
	int64_t environment;
	double none_pct;	     /* a change within this is none */
	int64_t values;		     /* series that have one */
	char starts[NIGHT_NAME_MAX]; /* why it starts a segment: "runner", "guest config"...; or ""
				      */
};

/* What is wanted; NULL: all. */
struct read_filter {
	const char *branch;
	const char *revision; /* or image digest */
};

/* Nights branch by branch, count before time, in the order of their dates. */
int read_nights(struct history *h, const struct read_filter *filter, struct read_night **nights,
		size_t *n);

/* Room for one more of an array that holds n; NULL when out of memory, and the old one stays. */
void *read_grow(void *array, size_t n, size_t size);

#endif
