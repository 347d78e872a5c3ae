// SPDX-License-Identifier: GPL-2.0-or-later
/* daxmark crosscheck: whether daxmark and fio agree on the same work. */
#include <argp.h>
#include <stdlib.h>
#include <string.h>

#include "base/output.h"
#include "crosscheck/crosscheck_report.h"
#include "record/reader.h"

#define MESSAGE_SIZE 1024

struct arguments {
	const char *ours;
	struct fio_jobs jobs;
	const char *output;
	bool json;
};

static const struct argp_option options[] = {
	{ "format", 'f', "FORMAT", 0, "text (at most 72 columns, to paste into a mail), json", 0 },
	{ "output", 'o', "FILE", 0, OUTPUT_HELP, 0 },
	{ 0 },
};

static error_t parse(int key, char *argument, struct argp_state *state)
{
	struct arguments *a = state->input;
	char message[MESSAGE_SIZE];

	switch (key) {
	case 'f':
		a->json = !strcmp(argument, "json");
		if (!a->json && strcmp(argument, "text") != 0)
			argp_error(state, "there is no format '%s'; there are text and json",
				   argument);
		return 0;
	case 'o':
		a->output = argument;
		return 0;
	case ARGP_KEY_ARG:
		if (!a->ours) {
			a->ours = argument;
			return 0;
		}
		if (fio_read(argument, &a->jobs, message, sizeof(message))) {
			complain("%s", message);
			exit(STATUS_USAGE);
		}
		return 0;
	case ARGP_KEY_END:
		if (!a->ours || !a->jobs.n)
			argp_error(state, "takes a result file and at least one of fio's");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static enum status status_of_rows(const struct crosscheck *c)
{
	if (crosscheck_count(c, CROSSCHECK_DIFFERS))
		return STATUS_JUDGED;
	return crosscheck_count(c, CROSSCHECK_AGREES) ? STATUS_DONE : STATUS_ENVIRONMENT;
}

static enum status judge_and_write(const struct arguments *a, const struct side *side)
{
	struct crosscheck crosscheck;
	struct text text = { 0 };
	char message[MESSAGE_SIZE];
	int error = crosscheck_judge(side, &a->jobs, &crosscheck, message, sizeof(message));
	enum status status = status_of(error);

	if (error) {
		complain("%s", message);
	} else {
		(a->json ? report_crosscheck_json : report_crosscheck)(&text, &crosscheck);
		status = output_write(a->output, &text);
		if (status == STATUS_DONE)
			status = status_of_rows(&crosscheck);
	}
	text_free(&text);
	crosscheck_free(&crosscheck);
	return status;
}

int command_crosscheck(int argc, char **argv)
{
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.args_doc = "OURS FIO...",
		.doc = "Compares a result file with fio's JSON (--output-format=json+) of the same "
		       "work; exits 1 if a row that should agree differs by more than 15%.",
	};
	struct arguments a = { 0 };
	char message[MESSAGE_SIZE];
	enum status status;
	struct side side;
	int error;

	argp_parse(&argp, argc, argv, 0, NULL, &a);
	error = side_read(a.ours, &side, message, sizeof(message));
	status = status_of(error);
	if (error) {
		complain("%s", message);
	} else {
		status = judge_and_write(&a, &side);
		side_free(&side);
	}
	fio_free(&a.jobs);
	return status;
}
