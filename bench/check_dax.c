// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * dax-proved: the target's files have the access it is named for. A target
 * that asked for DAX and did not get it never comes here: it is a skip.
 */
#include "bench/check.h"

static int run(struct ctx *ctx, struct finding *finding)
{
	const struct target *target = ctx->target;

	check_found(finding,
		    target_wants_dax(target) == (target->dax == DAX_YES) ? CHECK_PASS : CHECK_FAIL,
		    "%s", target->proof);
	return 0;
}

const struct check check_dax_proved = {
	.name = "dax-proved",
	.brief = "files are DAX where that was asked for, and only there",
	.run = run,
};
