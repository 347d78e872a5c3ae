/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The stretches of a series that are of one level, as far as is known. */
#ifndef DAXMARK_HISTORY_SEGMENTS_H
#define DAXMARK_HISTORY_SEGMENTS_H

#include "history/read.h"

struct segment {
	size_t first, end; /* indices into the series' values: first <= i < end */
	double level;	   /* median of the logarithms of the ratios; NAN without any */
	const struct read_change *change; /* that it begins with, or NULL */
	const char *starts; /* else what of the environment changed; "" for the first */
};

/*
 * In the order of nights; the caller frees *segments. A change and a new
 * environment begin one each. 0 or -ENOMEM.
 */
int view_segments(const struct view *view, const struct read_series *series,
		  const struct read_value *values, size_t n_values, struct segment **segments,
		  size_t *n);

#endif
