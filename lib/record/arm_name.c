// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>

#include "record/arm_name.h"

size_t arm_name(char *name, size_t size, const char *arm, const char *fill, int64_t threads,
		const char *files)
{
	char at[24] = "";

	if (threads)
		snprintf(at, sizeof(at), "@%lld", (long long)threads);
	return (size_t)snprintf(name, size, "%s%s%s%s%s%s", arm, *fill ? "+" : "", fill, at,
				*files ? "-" : "", files);
}
