// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <jansson.h>
#include <string.h>
#include <unistd.h>

#include "guest/qmp.h"

#define NEGOTIATE "{\"execute\":\"qmp_capabilities\"}"

/* The output of QEMU that has not been read as a whole line yet. */
struct answers {
	char text[16384];
	size_t used;
};

/* A QEMU that is gone reads nothing; that is seen by its status. */
static void say(const struct child *child, const char *words)
{
	ssize_t written = write(child->in, words, strlen(words));

	(void)written;
}

/*
 * The first line that answers a question with more than "done": an array. NULL when QEMU ends
 * or says nothing until the deadline.
 */
static json_t *array_answered(struct child *child, struct answers *answers, double deadline)
{
	for (;;) {
		char *end = memchr(answers->text, '\n', answers->used);
		double left = deadline - child_now();
		ssize_t got;

		if (end) {
			size_t length = (size_t)(end + 1 - answers->text);
			json_t *line = json_loadb(answers->text, length, 0, NULL);
			json_t *answer = json_object_get(line, "return");

			answers->used -= length;
			memmove(answers->text, end + 1, answers->used);
			if (json_is_array(answer))
				json_incref(answer);
			else
				answer = NULL;
			json_decref(line);
			if (answer)
				return answer;
			continue;
		}
		if (left <= 0 || child_wait(child, child->out, (int)(1000 * left) + 1))
			return NULL;
		got = read(child->out, answers->text + answers->used,
			   sizeof(answers->text) - answers->used);
		if (got <= 0)
			return NULL;
		answers->used += (size_t)got;
	}
}

pid_t qmp_processor(struct child *child)
{
	struct answers answers = { .used = 0 };
	json_t *processors;
	pid_t thread = 0;

	say(child, NEGOTIATE "{\"execute\":\"query-cpus-fast\"}");
	processors = array_answered(child, &answers, child_now() + QMP_LIMIT_S);
	if (json_array_size(processors) == 1)
		thread = (pid_t)json_integer_value(
			json_object_get(json_array_get(processors, 0), "thread-id"));
	json_decref(processors);
	/* where it has closed its output it is about to end */
	if (!processors)
		child_wait(child, -1, 1000);
	return thread;
}

void qmp_continue(const struct child *child)
{
	say(child, "{\"execute\":\"cont\"}");
}

void qmp_quit(const struct child *child)
{
	say(child, NEGOTIATE "{\"execute\":\"quit\"}");
}
