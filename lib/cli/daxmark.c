// SPDX-License-Identifier: GPL-2.0-or-later
/* daxmark: one program, one command each for what can be done with results. */
#include <argp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command/command.h"
#include "crosscheck/crosscheck_report.h"

#ifndef DAXMARK_VERSION
#define DAXMARK_VERSION "0.1"
#endif

const char *argp_program_version = "daxmark " DAXMARK_VERSION;

static const struct command {
	const char *name;
	const char *brief;
	int (*run)(int argc, char **argv);
} commands[] = {
	{ "clean", "remove what runs that were killed have left", command_clean },
	{ "compare", "verdicts on two or more result files, in seven formats", command_compare },
	{ "crosscheck", "whether daxmark and fio agree on the same work", command_crosscheck },
	{ "explain", "which kernel functions a changed cost went to", command_explain },
	{ "history", "nights of kernels, and when a cost changed", command_history },
	{ "list", "the benchmarks, arms and checks there are", command_list },
	{ "plan", "the fields of a plan, for scripts", command_plan },
	{ "plot", "figures of two result files, or of the threads of one", command_plot },
	{ "show", "what one result file holds, as text or JSON", command_show },
	{ "size", "how many timed boots a wanted precision takes", command_size },
	{ NULL, NULL, NULL }, /* EOL */
};

static char *add_commands(int key, const char *text, void *input)
{
	char *help = NULL;
	size_t size;
	FILE *out;

	(void)input;
	if (key != ARGP_KEY_HELP_POST_DOC)
		return (char *)text;
	out = open_memstream(&help, &size);
	if (!out)
		return (char *)text;
	fputs("Commands:\n", out);
	for (const struct command *c = commands; c->name; c++)
		fprintf(out, "  %-10s %s\n", c->name, c->brief);
	fputs("\n'daxmark COMMAND --help' says more of each.", out);
	fclose(out);
	return help;
}

static error_t parse(int key, char *argument, struct argp_state *state)
{
	const struct command **chosen = state->input;

	switch (key) {
	case ARGP_KEY_ARG:
		for (const struct command *c = commands; c->name; c++)
			if (!strcmp(c->name, argument))
				*chosen = c;
		if (!*chosen)
			argp_error(state, "there is no command '%s'", argument);
		/* the rest belongs to the command */
		state->next = state->argc;
		return 0;
	case ARGP_KEY_NO_ARGS:
		argp_error(state, "a command is missing");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

int main(int argc, char **argv)
{
	static const struct argp argp = {
		.parser = parse,
		.args_doc = "COMMAND [ARGUMENT...]",
		.doc = "Compares what kernels do with persistent memory: costs and promises.\v",
		.help_filter = add_commands,
	};
	const struct command *chosen = NULL;
	char name[64];
	int first = 1;

	/* the scripts and the manual put options behind the files */
	unsetenv("POSIXLY_CORRECT");
	/* a parent that ignores it would leave no status of a child to ask for */
	signal(SIGCHLD, SIG_DFL);
	argp_err_exit_status = STATUS_USAGE;
	if (output_keep_standard())
		return complain_memory();
	if (argp_parse(&argp, argc, argv, ARGP_IN_ORDER, NULL, &chosen))
		return STATUS_ENVIRONMENT;
	while (strcmp(argv[first], chosen->name) != 0)
		first++;
	/* errors and help then say "daxmark compare" */
	snprintf(name, sizeof(name), "daxmark %s", chosen->name);
	argv[first] = name;
	return chosen->run(argc - first, argv + first);
}
