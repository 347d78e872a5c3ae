// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What the harness itself costs: an empty operation.
 *
 * Its figure is contained in every other one (two readings of the clock and
 * what stands between them); it is shown beside them and never subtracted.
 */
#include "bench/bench.h"

static int pass(struct ctx *ctx, struct samples *samples)
{
	for (size_t i = 0; i < ctx->operations; i++) {
		samples_start(samples);
		samples_stop(samples, 0);
	}
	return 0;
}

static const struct arm arms[] = {
	{ .name = "empty", .brief = "two readings of the clock with nothing between them" },
	{ 0 },
};

BENCH(noop) = {
	.name = "noop",
	.title = "The harness itself",
	.brief = "the harness itself",
	.metric = { "pair" },
	.arms = arms,
	.operations = 2048,
	.no_target = 1,
	.pass = pass,
};
