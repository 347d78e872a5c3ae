// SPDX-License-Identifier: GPL-2.0-or-later
#include <dirent.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "guest/guest.h"

/* No QEMU takes so long to answer, on a busy machine either; in seconds. */
#define ANSWER_LIMIT_S 300

/* As the kernel has it: "0-2,5". */
static const char *may_use_list(void)
{
	FILE *file = fopen("/proc/self/status", "re");
	char line[4096], list[512] = "";

	while (file && fgets(line, sizeof(line), file))
		if (sscanf(line, "Cpus_allowed_list: %511s", list) == 1)
			break;
	if (file)
		fclose(file);
	return guest_text("%s", list);
}

/* An isolated processor is not among those that the scheduler uses, and can be had all the same. */
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

/* All but the guest's own, or also that where there is no other. */
static void choose_others(struct pinning *pinning, const cpu_set_t *may_use)
{
	const size_t size = sizeof(pinning->others);
	size_t used = 0;

	pinning->others_set = *may_use;
	CPU_CLR(pinning->own, &pinning->others_set);
	if (!CPU_COUNT(&pinning->others_set))
		pinning->others_set = *may_use;
	for (int i = 0; i < CPU_SETSIZE && used < size; i++)
		if (CPU_ISSET(i, &pinning->others_set))
			used += (size_t)snprintf(pinning->others + used, size - used, "%s%d",
						 used ? "," : "", i);
}

/* The guest's own processor, from --pin. */
static int own_of(const char *list, const cpu_set_t *may_use)
{
	char *end;
	unsigned long own = strtoul(list, &end, 10);

	if (*list < '0' || *list > '9' || *end)
		guest_die(STATUS_USAGE,
			  "--pin %s: name %d processor of those there are for this process (%s)",
			  list, GUEST_PROCESSORS, may_use_list());
	if (!may_run_on(own, may_use))
		guest_die(STATUS_USAGE, "--pin %s: this process may not run there; choose of %s",
			  list, may_use_list());
	return (int)own;
}

void pin_choose(const char *list, enum plan_mode mode, struct pinning *pinning)
{
	cpu_set_t may_use;

	*pinning = (struct pinning){ .wanted = list || mode == PLAN_TIME };
	if (!pinning->wanted)
		return;
	if (mode == PLAN_COUNT)
		guest_die(STATUS_USAGE, "--pin is for mode time and emulated: a count does not "
					"know where QEMU runs");
	if (sched_getaffinity(0, sizeof(may_use), &may_use))
		guest_die(STATUS_ENVIRONMENT, "the processors of this process cannot be read");
	for (int i = 0; i < CPU_SETSIZE; i++)
		if (CPU_ISSET(i, &may_use))
			pinning->own = i;
	if (list)
		pinning->own = own_of(list, &may_use);
	choose_others(pinning, &may_use);
}

/* QEMU's answers, until the deadline. */
struct answers {
	struct child *child;
	double deadline;
};

/* For jansson, one byte at a time: it forgets what it has read behind a value. */
static size_t next_byte(void *byte, size_t size, void *data)
{
	const struct answers *answers = data;
	double left = answers->deadline - child_now();

	(void)size;
	if (left <= 0 || child_wait(answers->child, answers->child->talk, (int)(1000 * left) + 1))
		return (size_t)-1;
	return read(answers->child->talk, byte, 1) == 1 ? 1 : (size_t)-1;
}

/* A QEMU that is gone reads nothing; its status says how it ended. */
static void execute(const struct child *child, const char *command)
{
	dprintf(child->talk, "{\"execute\":\"%s\"}", command);
}

/*
 * The thread that is the guest's only processor. 0: QEMU has not said so in time, has another
 * number of processors, or is gone.
 */
static pid_t processor_of(struct child *child)
{
	struct answers answers = { child, child_now() + ANSWER_LIMIT_S };
	bool answered = false;
	json_t *message;
	int thread = 0;

	execute(child, "qmp_capabilities");
	execute(child, "query-cpus-fast");
	/* the one answer that is a list */
	while (!answered &&
	       (message = json_load_callback(next_byte, &answers, JSON_DISABLE_EOF_CHECK, NULL))) {
		json_t *answer = json_object_get(message, "return");

		answered = json_is_array(answer);
		if (json_unpack(answer, "[{s:i}!]", "thread-id", &thread))
			thread = 0;
		json_decref(message);
	}
	/* a QEMU that has closed its output is about to end */
	if (!answered)
		child_wait(child, -1, 1000);
	return thread;
}

/* All threads of QEMU but the guest's processor. One that has ended meanwhile needs no place. */
static void bind_others(pid_t qemu, pid_t processor, const cpu_set_t *others)
{
	DIR *dir = opendir(guest_text("/proc/%ld/task", (long)qemu));

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
	pid_t processor = processor_of(child);

	if (processor <= 0)
		return child->pidfd < 0 ? NULL : "QEMU does not say which of its threads that is";
	bind_others(child->pid, processor, &pinning->others_set);
	if (!bind_one(processor, pinning->own))
		return "the kernel did not do it";
	execute(child, "cont");
	return NULL;
}
