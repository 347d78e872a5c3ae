// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <string.h>

#include "bench/blocked.h"

bool thread_is_blocked(pid_t tid)
{
	char path[64], line[128] = "";
	const char *name_end;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/self/task/%d/stat", (int)tid);
	file = fopen(path, "re");
	if (!file)
		return false;
	if (!fgets(line, sizeof(line), file))
		line[0] = '\0';
	fclose(file);
	/* "TID (name) STATE ..."; a name may hold anything, so from its end */
	name_end = strrchr(line, ')');
	return name_end && !strncmp(name_end, ") D", 3);
}
