// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/run.h"
#include "medium/mkfs.h"

#define WORDS_MAX 12

/*
 * 4 KiB blocks, for DAX takes only the page's size. Nothing is left for the
 * kernel to do later: lazy initialisation would write in the background while
 * we measure. XFS without reflink: with it, older kernels have no DAX.
 */
static const struct maker {
	const char *fs;
	const char *package;
	unsigned int mib_min; /* it takes so many, else 0 */
	const char *words[WORDS_MAX];
} makers[] = {
	{ "ext2",
	  "e2fsprogs",
	  0,
	  { "mke2fs", "-q", "-F", "-b", "4096", "-t", "ext2", "-E", "nodiscard" } },
	{ "ext4",
	  "e2fsprogs",
	  0,
	  { "mke2fs", "-q", "-F", "-b", "4096", "-t", "ext4", "-E",
	    "nodiscard,lazy_itable_init=0,lazy_journal_init=0" } },
	{ "xfs", "xfsprogs", 300, { "mkfs.xfs", "-q", "-f", "-K", "-m", "reflink=0" } },
	{ NULL, NULL, 0, { NULL } },
};

int mkfs_run(const char *fs, const char *device, uint64_t bytes, char *line, size_t size,
	     char *reason, size_t reason_size)
{
	const char *argv[WORDS_MAX + 2];
	const struct maker *maker = makers;
	char output[256];
	size_t n = 0;
	int status;

	while (maker->fs && strcmp(maker->fs, fs) != 0)
		maker++;
	if (!maker->fs)
		return -EINVAL;
	if (bytes >> 20 < maker->mib_min) {
		snprintf(reason, reason_size, "%s takes %u MiB, and %s has %llu", fs,
			 maker->mib_min, device, (unsigned long long)bytes >> 20);
		return -ENOTSUP;
	}
	while (maker->words[n]) {
		argv[n] = maker->words[n];
		n++;
	}
	argv[n++] = device;
	argv[n] = NULL;
	command_line(argv, line, size);
	status = command_run(argv, NULL, output, sizeof(output));
	if (status == -ENOENT) {
		snprintf(reason, reason_size, "%s is missing (package %s)", argv[0],
			 maker->package);
		return -ENOTSUP;
	}
	/* what comes behind it is how to use the program */
	output[strcspn(output, "\n")] = '\0';
	if (status)
		snprintf(reason, reason_size, "%s ended with status %d: %s", argv[0], status,
			 status < 0 ? strerror(-status) : output);
	return status ? -EIO : 0;
}
