// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Stands in for daxmark-run in a guest and goes wrong on purpose: the seed says
 * how. Every way must be told from the others, and none may pass for a run.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WHOLE = 1, HANG, CUT_OFF, FAIL, SILENT, MISCOUNT, KILLED, GREEDY, FLOOD };

static const char *option(int argc, char **argv, const char *name)
{
	for (int i = 1; i + 1 < argc; i++)
		if (!strcmp(argv[i], name))
			return argv[i + 1];
	return "";
}

static int say(const char *path, const char *text)
{
	FILE *out = fopen(path, "w");

	return !out || fputs(text, out) < 0 || fclose(out);
}

/* Until the kernel ends us for want of memory. */
static void take_all_memory(void)
{
	size_t bytes = 1 << 20;

	for (;;) {
		volatile char *room = malloc(bytes);

		for (size_t at = 0; room && at < bytes; at += 4096)
			room[at] = 1;
	}
}

int main(int argc, char **argv)
{
	const char *out = option(argc, argv, "--output");

	switch (atoi(option(argc, argv, "--seed"))) {
	case WHOLE:
		return say(out, "{\"kind\":\"machine\"}\n{\"kind\":\"end\",\"lines\":1}\n");
	case HANG:
		say(out, "{\"kind\":\"machine\"}\n");
		for (;;)
			pause();
	case CUT_OFF:
		return say(out, "{\"kind\":\"machine\"}\n{\"kind\":\"sam");
	case FAIL:
		fprintf(stderr, "daxmark-run: the target is on fire\n");
		return 5;
	case SILENT:
		return 0;
	case MISCOUNT:
		return say(out, "{\"kind\":\"machine\"}\n{\"kind\":\"end\",\"lines\":7}\n");
	case KILLED:
		abort();
	case GREEDY:
		say(out, "{\"kind\":\"machine\"}\n");
		take_all_memory();
		return 0;
	case FLOOD:
		for (;;)
			fputs("daxmark-run: all is well, all is well, all is well\n", stderr);
	default:
		return 2;
	}
}
