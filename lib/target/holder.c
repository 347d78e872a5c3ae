// SPDX-License-Identifier: GPL-2.0-or-later
#include <dirent.h>
#include <libmount/libmount.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "target/holder.h"

/* The first word of a line of /proc/swaps is the device's name. */
static bool is_swap(dev_t device)
{
	FILE *file = fopen("/proc/swaps", "re");
	char line[512];
	bool found = false;

	while (file && !found && fgets(line, sizeof(line), file)) {
		struct stat st;

		line[strcspn(line, " \t\n")] = '\0';
		found = !stat(line, &st) && S_ISBLK(st.st_mode) && st.st_rdev == device;
	}
	if (file)
		fclose(file);
	return found;
}

/* Where the kernel lists what is built on the device, and its partitions. */
static DIR *open_listing(dev_t device, const char *below)
{
	char path[64];

	snprintf(path, sizeof(path), "/sys/dev/block/%u:%u%s", major(device), minor(device), below);
	return opendir(path);
}

/* md, dm and the like. */
static bool is_held(dev_t device, char *text, size_t size)
{
	DIR *dir = open_listing(device, "/holders");
	bool found = false;

	for (struct dirent *entry; dir && !found && (entry = readdir(dir));) {
		found = entry->d_name[0] != '.';
		if (found)
			snprintf(text, size, "is in use by %s", entry->d_name);
	}
	if (dir)
		closedir(dir);
	return found;
}

static bool is_mounted(const char *name)
{
	struct libmnt_table *table = mnt_new_table_from_file("/proc/self/mountinfo");
	char path[280];
	struct stat st;
	bool found;

	snprintf(path, sizeof(path), "/dev/%s", name);
	found = table && !stat(path, &st) &&
		mnt_table_find_devno(table, st.st_rdev, MNT_ITER_FORWARD);
	mnt_unref_table(table);
	return found;
}

/* A partition is a folder of the disk's that is named like it and more. */
static bool has_mounted_partition(dev_t device, char *text, size_t size)
{
	DIR *dir = open_listing(device, "");
	bool found = false;

	for (struct dirent *entry; dir && !found && (entry = readdir(dir));) {
		found = entry->d_type == DT_DIR && entry->d_name[0] != '.' &&
			is_mounted(entry->d_name);
		if (found)
			snprintf(text, size, "has a mounted partition, %s", entry->d_name);
	}
	if (dir)
		closedir(dir);
	return found;
}

bool holder_name(dev_t device, char *text, size_t size)
{
	if (is_swap(device)) {
		snprintf(text, size, "is in use as swap");
		return true;
	}
	if (is_held(device, text, size) || has_mounted_partition(device, text, size))
		return true;
	snprintf(text, size, "is in use");
	return false;
}
