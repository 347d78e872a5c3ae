// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <string.h>

#include "bench/file.h"

int file_error(struct ctx *ctx, const char *what, int error)
{
	snprintf(ctx->reason, sizeof(ctx->reason), "%s: %s", what, strerror(-error));
	return error;
}
