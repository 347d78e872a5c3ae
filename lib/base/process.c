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

int process_namespace_of(const char *process, const char *kind, uint64_t *inode)
{
	char path[64];
	struct stat st;

	*inode = 0;
	snprintf(path, sizeof(path), "/proc/%.20s/ns/%s", process, kind);
	if (stat(path, &st))
		return errno == ENOENT ? -ESRCH : -errno;
	*inode = st.st_ino;
	return 0;
}

uint64_t process_namespace(const char *kind)
{
	uint64_t inode;

	process_namespace_of("self", kind, &inode);
	return inode;
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

/* The first process is always there; /proc may be mounted so that it hides those of others. */
bool process_sees_all(void)
{
	struct stat st;

	return proc_is_ours() && process_namespace("pid") == FIRST_PID_NAMESPACE &&
	       !stat("/proc/1", &st);
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

/*
 * The number of a process in the innermost of its PID namespaces, the last of NSpid: 0
 * when that is the namespace of /proc, -ESRCH when the process has ended, or a negative errno.
 */
static pid_t inner_pid(const char *process)
{
	char path[64], line[256];
	long pid = -ESRCH;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%.20s/status", process);
	file = fopen(path, "re");
	if (!file)
		return errno == ENOENT ? -ESRCH : -errno;
	while (fgets(line, sizeof(line), file)) {
		const char *last = strrchr(line, '\t');

		if (strncmp(line, "NSpid:", 6) != 0 || !last)
			continue;
		pid = last == strchr(line, '\t') ? 0 : strtol(last, NULL, 10);
		break;
	}
	fclose(file);
	return (pid_t)pid;
}

/*
 * What one of the processes in /proc is to the one sought. The inode of a namespace that is
 * gone is given again, so that one with the same number in it may be another process: it
 * began at another time. As its time namespace may shift that time, it is neither taken for
 * the process nor for a proof that it is gone. Neither is one whose namespace we cannot
 * read, which takes CAP_SYS_PTRACE.
 */
static enum process_state compare(const struct process *process, const char *name)
{
	pid_t inner = inner_pid(name);
	uint64_t namespace, start;
	int error;

	if (inner < 0)
		return inner == -ESRCH ? PROCESS_GONE : PROCESS_HIDDEN;
	if (inner != process->pid)
		return PROCESS_GONE;
	error = process_namespace_of(name, "pid", &namespace);
	if (error)
		return error == -ESRCH ? PROCESS_GONE : PROCESS_HIDDEN;
	if (namespace != process->namespace)
		return PROCESS_GONE;
	start = process_started((pid_t)strtol(name, NULL, 10));
	return start == process->start ? PROCESS_LIVES : start ? PROCESS_HIDDEN : PROCESS_GONE;
}

/* A process of another PID namespace has another number in ours, which pid gets. */
static enum process_state look_everywhere(const struct process *process, pid_t *pid)
{
	enum process_state state = process_sees_all() ? PROCESS_GONE : PROCESS_HIDDEN;
	DIR *dir = opendir("/proc");

	if (!dir)
		return PROCESS_HIDDEN;
	for (struct dirent *entry; state != PROCESS_LIVES && (entry = readdir(dir));) {
		enum process_state one = PROCESS_GONE;

		if (isdigit((unsigned char)entry->d_name[0]))
			one = compare(process, entry->d_name);
		if (one != PROCESS_GONE)
			state = one;
		if (one == PROCESS_LIVES)
			*pid = (pid_t)strtol(entry->d_name, NULL, 10);
	}
	closedir(dir);
	return state;
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
