// SPDX-License-Identifier: GPL-2.0-or-later
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#include "guest/pinning.h"
#include "guest/qmp.h"

#define LIST_MAX 512

/* As the kernel has it: "0-2,5". */
static void may_use_list(char list[LIST_MAX])
{
	char line[4096];
	FILE *file = fopen("/proc/self/status", "re");

	list[0] = '\0';
	while (file && fgets(line, sizeof(line), file))
		if (sscanf(line, "Cpus_allowed_list: %511s", list) == 1)
			break;
	if (file)
		fclose(file);
}

/* A processor that was taken from the scheduler is not among those, and can be had all the same. */
static bool may_run_on(unsigned long processor, const cpu_set_t *may_use)
{
	cpu_set_t one;
	bool may;

	CPU_ZERO(&one);
	if (processor >= CPU_SETSIZE)
		return false;
	CPU_SET(processor, &one);
	may = !sched_setaffinity(0, sizeof(one), &one);
	sched_setaffinity(0, sizeof(*may_use), may_use);
	return may;
}

static int last_of(const cpu_set_t *set)
{
	int last = -1;

	for (int i = 0; i < CPU_SETSIZE; i++)
		if (CPU_ISSET(i, set))
			last = i;
	return last;
}

/* All but the guest's own, or also that where there is no other. */
static void choose_others(struct pinning *pinning, const cpu_set_t *may_use, const char *all)
{
	size_t used = 0;

	pinning->others_set = *may_use;
	CPU_CLR(pinning->own, &pinning->others_set);
	if (!CPU_COUNT(&pinning->others_set)) {
		pinning->others_set = *may_use;
		snprintf(pinning->others, sizeof(pinning->others), "%s", all);
		return;
	}
	for (int i = 0; i < CPU_SETSIZE && used < sizeof(pinning->others); i++)
		if (CPU_ISSET(i, &pinning->others_set))
			used += (size_t)snprintf(pinning->others + used,
						 sizeof(pinning->others) - used, "%s%d",
						 used ? "," : "", i);
}

/* The guest's own processor, from --pin. */
static enum status take_own(const char *list, const cpu_set_t *may_use, const char *all,
			    struct pinning *pinning, char reason[GUEST_REASON_MAX])
{
	char *end;
	unsigned long own = strtoul(list, &end, 10);

	if (*list < '0' || *list > '9' || *end) {
		snprintf(reason, GUEST_REASON_MAX,
			 "--pin %s: name %d processor of those there are for this process (%s)",
			 list, GUEST_PROCESSORS, all);
		return STATUS_USAGE;
	}
	if (!may_run_on(own, may_use)) {
		snprintf(reason, GUEST_REASON_MAX,
			 "--pin %s: this process may not run there; choose of %s", list, all);
		return STATUS_USAGE;
	}
	pinning->own = (int)own;
	return STATUS_DONE;
}

enum status pin_choose(const char *list, enum plan_mode mode, struct pinning *pinning,
		       char reason[GUEST_REASON_MAX])
{
	enum status status = STATUS_DONE;
	char all[LIST_MAX];
	cpu_set_t may_use;

	*pinning = (struct pinning){ .wanted = list || mode == PLAN_TIME };
	if (!pinning->wanted)
		return STATUS_DONE;
	if (mode == PLAN_COUNT) {
		snprintf(reason, GUEST_REASON_MAX,
			 "--pin is for mode time and emulated: a count does not know where QEMU "
			 "runs");
		return STATUS_USAGE;
	}
	may_use_list(all);
	if (sched_getaffinity(0, sizeof(may_use), &may_use)) {
		snprintf(reason, GUEST_REASON_MAX, "the processors of this process cannot be read");
		return STATUS_ENVIRONMENT;
	}
	pinning->own = last_of(&may_use);
	if (list)
		status = take_own(list, &may_use, all, pinning, reason);
	if (!status)
		choose_others(pinning, &may_use, all);
	return status;
}

/* All threads of QEMU but the guest's processor. One that has ended meanwhile needs no place. */
static void bind_others(pid_t qemu, pid_t processor, const cpu_set_t *others)
{
	char path[64];
	DIR *dir;

	snprintf(path, sizeof(path), "/proc/%ld/task", (long)qemu);
	dir = opendir(path);
	for (struct dirent *entry; dir && (entry = readdir(dir));) {
		pid_t thread = (pid_t)strtol(entry->d_name, NULL, 10);

		if (thread && thread != processor)
			sched_setaffinity(thread, sizeof(*others), others);
	}
	if (dir)
		closedir(dir);
}

static bool bind_one(pid_t thread, int processor)
{
	cpu_set_t own, is;

	CPU_ZERO(&own);
	CPU_SET(processor, &own);
	return !sched_setaffinity(thread, sizeof(own), &own) &&
	       !sched_getaffinity(thread, sizeof(is), &is) && CPU_EQUAL(&own, &is);
}

const char *pin_guest(struct child *child, const struct pinning *pinning)
{
	pid_t processor = qmp_processor(child);

	if (processor <= 0)
		return child->pidfd < 0 ? NULL : "QEMU does not say which of its threads that is";
	bind_others(child->pid, processor, &pinning->others_set);
	if (!bind_one(processor, pinning->own))
		return "the kernel did not do it";
	qmp_continue(child);
	return NULL;
}
