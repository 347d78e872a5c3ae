// SPDX-License-Identifier: GPL-2.0-or-later
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/process.h"

/* The kernel's PROC_PID_INIT_INO: from the first PID namespace every process is seen. */
#define FIRST_PID_NAMESPACE 0xEFFFFFFCu

uint64_t process_started(pid_t pid)
{
	char path[64], line[1024];
	const char *rest;
	uint64_t start = 0;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%ld/stat", (long)pid);
	file = fopen(path, "re");
	if (!file)
		return 0;
	/* the name, in parentheses, may hold anything; the state is field 3 */
	if (fgets(line, sizeof(line), file) && (rest = strrchr(line, ')'))) {
		rest += 2;
		if (*rest == 'Z' || *rest == 'X')
			rest = NULL;
		for (int field = 3; field < 22 && rest; field++) {
			rest = strchr(rest, ' ');
			rest += rest != NULL;
		}
		if (rest)
			start = strtoull(rest, NULL, 10);
	}
	fclose(file);
	return start;
}

static uint64_t namespace_of(const char *process, const char *kind)
{
	char path[64];
	struct stat st;

	snprintf(path, sizeof(path), "/proc/%.20s/ns/%s", process, kind);
	return stat(path, &st) ? 0 : st.st_ino;
}

uint64_t process_namespace(const char *kind)
{
	return namespace_of("self", kind);
}

/* /proc may be that of another PID namespace, in which our numbers mean others. */
static bool proc_is_ours(void)
{
	char link[32];
	ssize_t length = readlink("/proc/self", link, sizeof(link) - 1);

	if (length < 0)
		return false;
	link[length] = '\0';
	return strtol(link, NULL, 10) == getpid();
}

int process_identify(pid_t pid, struct process *process)
{
	if (!proc_is_ours())
		return -ENOENT;
	process->namespace = process_namespace("pid");
	process->pid = pid;
	process->start = process_started(pid);
	return process->start ? 0 : -ENOENT;
}

/* The number of a process in the innermost of its PID namespaces: the last of NSpid. */
static pid_t inner_pid(const char *process)
{
	char path[64], line[256];
	long pid = 0;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%.20s/status", process);
	file = fopen(path, "re");
	while (file && fgets(line, sizeof(line), file)) {
		const char *last = strrchr(line, '\t');

		if (strncmp(line, "NSpid:", 6) != 0 || !last)
			continue;
		pid = strtol(last, NULL, 10);
		break;
	}
	if (file)
		fclose(file);
	return (pid_t)pid;
}

/*
 * A process of another PID namespace has another number in ours. The inode of a
 * namespace that is gone is given again, so that one with the same number in it may
 * be another process: it began at another time. As its time namespace may shift that
 * time, it is neither taken for the process nor for a proof that it is gone.
 */
static enum process_state look_everywhere(const struct process *process, pid_t *pid)
{
	bool sees_all = process_namespace("pid") == FIRST_PID_NAMESPACE;
	bool may_be_another = false;
	DIR *dir = opendir("/proc");

	for (struct dirent *entry; dir && !*pid && (entry = readdir(dir));) {
		pid_t outer = (pid_t)strtol(entry->d_name, NULL, 10);
		uint64_t start;

		if (!isdigit((unsigned char)entry->d_name[0]) ||
		    namespace_of(entry->d_name, "pid") != process->namespace ||
		    inner_pid(entry->d_name) != process->pid)
			continue;
		start = process_started(outer);
		if (start == process->start)
			*pid = outer;
		else if (start)
			may_be_another = true;
	}
	if (dir)
		closedir(dir);
	if (*pid)
		return PROCESS_LIVES;
	return dir && sees_all && !may_be_another ? PROCESS_GONE : PROCESS_HIDDEN;
}

enum process_state process_find(const struct process *process, pid_t *pid)
{
	*pid = 0;
	if (!proc_is_ours())
		return PROCESS_HIDDEN;
	if (process->namespace != process_namespace("pid"))
		return look_everywhere(process, pid);
	if (process_started(process->pid) != process->start)
		return PROCESS_GONE;
	*pid = process->pid;
	return PROCESS_LIVES;
}

enum process_state process_state(const struct process *process)
{
	pid_t pid;

	return process_find(process, &pid);
}
