// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Preloaded: in the place of binding threads of other programs. With BIND_NOTES it waits half a
 * second and adds to that file, a line a thread, its name and how many ticks it has run in user and
 * in system mode; then it is bound. Without, nothing is done, and that is called success.
 */
#define _GNU_SOURCE
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static void note(pid_t thread, const char *path)
{
	char file[80], line[1024] = "", *name, *end;
	unsigned long user = 0, system = 0;
	FILE *stat, *notes = fopen(path, "a");

	snprintf(file, sizeof(file), "/proc/%ld/task/%ld/stat", (long)thread, (long)thread);
	stat = fopen(file, "r");
	if (stat && fgets(line, sizeof(line), stat) && (name = strchr(line, '(')) &&
	    (end = strrchr(line, ')')) &&
	    sscanf(end + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user,
		   &system) == 2)
		fprintf(notes, "%.*s: %lu %lu\n", (int)(end - name - 1), name + 1, user, system);
	if (stat)
		fclose(stat);
	fclose(notes);
}

int sched_setaffinity(pid_t thread, size_t size, const cpu_set_t *set)
{
	const char *notes = getenv("BIND_NOTES");

	if (thread && !notes)
		return 0;
	if (thread) {
		usleep(500000);
		note(thread, notes);
	}
	return (int)syscall(SYS_sched_setaffinity, thread, size, set);
}
