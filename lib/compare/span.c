// SPDX-License-Identifier: GPL-2.0-or-later
#include "compare/span.h"

struct span span_step(const struct comparison *c, size_t i)
{
	return (struct span){ c, i - 1, i };
}

struct span span_first(const struct comparison *c, size_t i)
{
	return (struct span){ c, 0, i };
}

struct span span_whole(const struct comparison *c)
{
	return span_first(c, c->n_sides - 1);
}

const struct change *span_change(struct span span, size_t cost)
{
	const struct cost *of = &span.of->costs[cost];

	if (span.from == span.to)
		return NULL;
	return span.from ? of->before[span.to] : of->first[span.to];
}

const struct change *span_changed(struct span span, size_t cost)
{
	const struct change *change = span_change(span, cost);

	return change && is_change(&change->judgement) ? change : NULL;
}

size_t span_count(struct span span, enum verdict verdict)
{
	size_t n = 0;

	for (size_t i = 0; i < span.of->n_costs; i++) {
		const struct change *change = span_change(span, i);

		n += change && change->judgement.verdict == verdict;
	}
	return n;
}

bool tail_changed(const struct change *change)
{
	return change->p99.pairs && is_change(&change->p99);
}

size_t span_tails(struct span span, enum verdict verdict)
{
	size_t n = 0;

	for (size_t i = 0; i < span.of->n_costs; i++) {
		const struct change *change = span_change(span, i);

		n += change && tail_changed(change) && change->p99.verdict == verdict;
	}
	return n;
}

bool span_any_tail(struct span span)
{
	return span_tails(span, VERDICT_WORSE) || span_tails(span, VERDICT_BETTER);
}

size_t span_costs(struct span span)
{
	size_t n = 0;

	for (size_t i = 0; i < span.of->n_costs; i++)
		n += span_change(span, i) != NULL;
	return n;
}

bool span_tried(struct span span, size_t check)
{
	const struct check_seen *on = span.of->checks[check].on;

	return on[span.from].evidence != check_not_tried || on[span.to].evidence != check_not_tried;
}

bool span_turned(struct span span, size_t check)
{
	const struct check_seen *on = span.of->checks[check].on;

	return on[span.from].verdict != on[span.to].verdict;
}

bool span_regresses(struct span span)
{
	for (size_t i = 0; i < span.of->n_checks; i++)
		if (span_turned(span, i) && span.of->checks[i].on[span.to].verdict == CHECK_FAIL)
			return true;
	return span_count(span, VERDICT_WORSE) || span_tails(span, VERDICT_WORSE);
}
