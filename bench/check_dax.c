// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * dax-proved: a file of the target has the access that the target is named for,
 * with blocks and mapped, as the measured ones are. A target that asked for DAX
 * and did not get it never comes here: it is a skip.
 */
#include "bench/check.h"

static int run(struct ctx *ctx, struct finding *finding)
{
	char proof[sizeof(ctx->target->proof)];
	enum dax_state dax;
	int error = file_make(ctx, "dax", FILE_WRITTEN, PAGE_BYTES, &ctx->fd);

	if (!error)
		error = file_map(ctx, PAGE_BYTES);
	if (error)
		return error;
	file_read_pages(ctx);
	dax = target_file_dax(ctx->target, ctx->fd, proof, sizeof(proof));
	check_found(finding,
		    target_wants_dax(ctx->target) == (dax == DAX_YES) ? CHECK_PASS : CHECK_FAIL,
		    "%s", proof);
	return 0;
}

CHECK(dax_proved) = {
	.name = "dax-proved",
	.label = "DAX is what was asked for",
	.promise = "DAX as asked for",
	.brief = "files are DAX where that was asked for, and only there",
	.run = run,
};
