/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Two sides of a comparison that are judged against each other: a step, or all of them. */
#ifndef DAXMARK_COMPARE_SPAN_H
#define DAXMARK_COMPARE_SPAN_H

#include "compare/comparison.h"

/* Whether the p99 of a cost is proved to have changed: of times alone. */
bool tail_changed(const struct change *change);

struct span {
	const struct comparison *of;
	size_t from, to;
};

/* Side i, from 1 on, against the one before it; against the first; the last against the first. */
struct span span_step(const struct comparison *comparison, size_t i);
struct span span_first(const struct comparison *comparison, size_t i);
struct span span_whole(const struct comparison *comparison);

static inline const struct side *span_base(struct span span)
{
	return span.of->side[span.from];
}

static inline const struct side *span_new(struct span span)
{
	return span.of->side[span.to];
}

/* How a cost (its index) changed there, NULL where one of the two lacks it; the same of costs that
 * did. */
const struct change *span_change(struct span span, size_t cost);
const struct change *span_changed(struct span span, size_t cost);

/* How many costs have that verdict there, and how many have a p99 with it that is proved. */
size_t span_count(struct span span, enum verdict verdict);
size_t span_tails(struct span span, enum verdict verdict);
bool span_any_tail(struct span span);

/* How many costs were judged there. */
size_t span_costs(struct span span);

/* Whether a check (its index) was tried on either side, and whether it came out differently. */
bool span_tried(struct span span, size_t check);
bool span_turned(struct span span, size_t check);

/* Whether a promise that was kept is broken there, or a cost or its p99 is worse. */
bool span_regresses(struct span span);

#endif
