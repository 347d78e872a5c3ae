// SPDX-License-Identifier: GPL-2.0-or-later
/* daxmark show: one result file as it is, compared with nothing. */
#include <argp.h>

#include "command/command.h"
#include "report/json.h"
#include "report/show.h"

static const struct format formats[] = {
	{ "text", report_show, 1 }, { "json", report_json, 1 }, { NULL, NULL, 0 }, /* EOL */
};

static const struct argp_option options[] = {
	{ "format", 'f', "FORMAT", 0, "text (at most 72 columns, to paste into a mail), json", 0 },
	{ "output", 'o', "FILE", 0, OUTPUT_HELP, 0 },
	{ 0 },
};

static error_t parse(int key, char *argument, struct argp_state *state)
{
	struct request *request = state->input;

	if (key != ARGP_KEY_END)
		return cli_parse_request(key, argument, state, request);
	cli_need_sides(&request->sides, 1, state, "exactly one can be shown");
	return 0;
}

int command_show(int argc, char **argv)
{
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.args_doc = "FILE",
		.doc = "Shows what one result file (LABEL.jsonl) holds: what every operation "
		       "costs, which promises the kernel keeps, and how it was "
		       "measured. " CLI_FILES_HELP,
	};
	struct request request = { .formats = formats };
	struct loaded loaded;
	enum status status;

	argp_parse(&argp, argc, argv, 0, NULL, &request);
	status = cli_load(&request.sides, &compare_limits, &loaded);
	if (status != STATUS_DONE)
		return status;
	status = cli_report(&request, &loaded.comparison);
	cli_release(&loaded);
	return status;
}
