// SPDX-License-Identifier: GPL-2.0-or-later
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/process.h"
#include "medium/mounted.h"

/* 1 and where in text, 0, or a negative errno. */
static int is_in(const char *process, unsigned int major, unsigned int minor, char *text,
		 size_t size)
{
	char path[64], point[256], *line = NULL;
	unsigned int found_major, found_minor;
	bool found = false;
	size_t room = 0;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%.20s/mountinfo", process);
	file = fopen(path, "re");
	/* one that has ended has no mounts: EINVAL as long as its exit status is left */
	if (!file)
		return errno == ENOENT || errno == ESRCH || errno == EINVAL ? 0 : -errno;
	while (!found && getline(&line, &room, file) > 0)
		found = sscanf(line, "%*d %*d %u:%u %*s %255s", &found_major, &found_minor,
			       point) == 3 &&
			found_major == major && found_minor == minor;
	if (found)
		snprintf(text, size, "%s", point);
	free(line);
	fclose(file);
	return found;
}

/*
 * Each process is asked, as one of them may see less of the mounts of its namespace than
 * another: its root may be a folder of it.
 */
int mounted_elsewhere(unsigned int major, unsigned int minor, uint64_t but, char *text, size_t size)
{
	DIR *dir = opendir("/proc");
	int found = 0;

	if (!dir)
		return -errno;
	for (struct dirent *entry; !found && (entry = readdir(dir));) {
		uint64_t namespace;

		if (!isdigit((unsigned char)entry->d_name[0]))
			continue;
		if (but && !process_namespace_of(entry->d_name, "mnt", &namespace) &&
		    namespace == but)
			continue;
		found = is_in(entry->d_name, major, minor, text, size);
	}
	closedir(dir);
	return found;
}
