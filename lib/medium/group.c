// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/process.h"
#include "medium/group.h"

/* The kernel's PROC_CGROUP_INIT_INO. */
#define FIRST_CGROUP_NAMESPACE 0xEFFFFFFBu

/* 0 in cgroup.procs is the process that writes it. */
static int join(const char *group)
{
	char path[320];
	int error = 0, fd;

	snprintf(path, sizeof(path), "%s/cgroup.procs", group);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	if (write(fd, "0", 1) < 0)
		error = -errno;
	close(fd);
	return error;
}

/* A line is HIERARCHY:CONTROLLERS:GROUP. */
static bool is_at_top(void)
{
	FILE *file = fopen("/proc/self/cgroup", "re");
	char line[512];
	bool top = true;

	while (file && top && fgets(line, sizeof(line), file)) {
		const char *group = strchr(line, ':');

		group = group ? strchr(group + 1, ':') : NULL;
		top = !group || !strcmp(group, ":/\n");
	}
	if (file)
		fclose(file);
	return top;
}

/* A line is ID PARENT DEVICE ROOT POINT OPTIONS... - TYPE SOURCE OPTIONS. */
static int join_tops(void)
{
	FILE *mounts = fopen("/proc/self/mountinfo", "re");
	char line[1024], root[256], point[256];
	int error = 0;

	while (mounts && fgets(line, sizeof(line), mounts)) {
		const char *type = strstr(line, " - cgroup");
		int status;

		if (!type || sscanf(line, "%*d %*d %*s %255s %255s", root, point) != 2 ||
		    strcmp(root, "/") != 0)
			continue;
		status = join(point);
		if (status && !error)
			error = status;
	}
	if (mounts)
		fclose(mounts);
	return error;
}

/* In a namespace of control groups its own group looks like the topmost one. */
static bool sees_top(void)
{
	uint64_t inode;
	int error = process_namespace_of("self", "cgroup", &inode);

	/* ESRCH: the kernel has none */
	return error == -ESRCH || (!error && inode == FIRST_CGROUP_NAMESPACE);
}

int group_leave_all(void)
{
	int error = is_at_top() ? 0 : join_tops();

	if (!is_at_top())
		return error ? error : -ENOENT;
	return sees_top() ? 0 : -EXDEV;
}
