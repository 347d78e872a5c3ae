// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A fuzz target without a fuzzer: feeds it files, and says "ok" for each that it
 * lived through, as tests/run counts it.
 *
 *   TARGET [FILE or FOLDER...]    default: tests/fuzz/corpus/TARGET
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "tests/fuzz/support/input.h"

static int feed(const char *path, size_t size)
{
	FILE *file = fopen(path, "re");
	/* exactly as large: who reads beyond it is caught */
	uint8_t *data = malloc(size ? size : 1);
	int bad = !file || !data || fread(data, 1, size, file) != size;

	if (file)
		fclose(file);
	if (bad) {
		printf("not ok %s: cannot be read: %s\n", path, strerror(errno));
	} else {
		printf("# %s\n", path);
		fflush(stdout);
		LLVMFuzzerTestOneInput(data, size);
		printf("ok fed %s\n", path);
	}
	free(data);
	return bad;
}

static int feed_path(const char *path, int depth)
{
	struct dirent **entry;
	struct stat st;
	int n, bad = 0;

	if (stat(path, &st)) {
		printf("not ok %s: %s\n", path, strerror(errno));
		return 1;
	}
	if (!S_ISDIR(st.st_mode) || depth)
		return feed(path, (size_t)st.st_size);
	n = scandir(path, &entry, NULL, alphasort);
	for (int i = 0; i < n; i++) {
		char name[4096];

		snprintf(name, sizeof(name), "%s/%s", path, entry[i]->d_name);
		if (*entry[i]->d_name != '.')
			bad |= feed_path(name, depth + 1);
		free(entry[i]);
	}
	if (n >= 0)
		free(entry);
	return bad || n <= 2;
}

int main(int argc, char **argv)
{
	const char *slash = strrchr(argv[0], '/');
	char corpus[4096];
	int bad = 0;

	snprintf(corpus, sizeof(corpus), "tests/fuzz/corpus/%s", slash ? slash + 1 : argv[0]);
	for (int i = 1; i < argc; i++)
		bad |= feed_path(argv[i], 0);
	return argc > 1 ? bad : feed_path(corpus, 0);
}
