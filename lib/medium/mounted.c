// SPDX-License-Identifier: GPL-2.0-or-later
#include <ctype.h>
#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "medium/mounted.h"

/* Namespaces that were looked at; beyond so many, one may be looked at twice. */
#define SEEN_MAX 64

struct seen {
	uint64_t namespace[SEEN_MAX];
	size_t n;
};

static bool was_seen(struct seen *seen, uint64_t namespace)
{
	for (size_t i = 0; i < seen->n; i++)
		if (seen->namespace[i] == namespace)
			return true;
	if (seen->n < SEEN_MAX)
		seen->namespace[seen->n++] = namespace;
	return false;
}

static bool is_in(const char *process, unsigned int major, unsigned int minor, char *text,
		  size_t size)
{
	char path[64], point[256], *line = NULL;
	unsigned int found_major, found_minor;
	bool found = false;
	size_t room = 0;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%.20s/mountinfo", process);
	file = fopen(path, "re");
	while (file && !found && getline(&line, &room, file) > 0)
		found = sscanf(line, "%*d %*d %u:%u %*s %255s", &found_major, &found_minor,
			       point) == 3 &&
			found_major == major && found_minor == minor;
	if (found)
		snprintf(text, size, "%s", point);
	free(line);
	if (file)
		fclose(file);
	return found;
}

bool mounted_elsewhere(unsigned int major, unsigned int minor, uint64_t but, char *text,
		       size_t size)
{
	struct seen seen = { .namespace = { but }, .n = 1 };
	DIR *dir = opendir("/proc");
	bool found = false;

	for (struct dirent *entry; dir && !found && (entry = readdir(dir));) {
		char path[64];
		struct stat st;

		if (!isdigit((unsigned char)entry->d_name[0]))
			continue;
		snprintf(path, sizeof(path), "/proc/%.20s/ns/mnt", entry->d_name);
		found = !stat(path, &st) && !was_seen(&seen, st.st_ino) &&
			is_in(entry->d_name, major, minor, text, size);
	}
	if (dir)
		closedir(dir);
	return found;
}
