// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * daxmark plot: figures of two result files. All is drawn into a folder of its
 * own first and moved when it is whole, so that earlier figures stay as they
 * were when something goes wrong.
 */
#include <argp.h>

#include "cli/cli.h"
#include "cli/figures.h"
#include "cli/gnuplot.h"

struct arguments {
	struct sides sides;
	const char *output;
	struct limits limits;
};

static const struct argp_option options[] = {
	CLI_LIMIT_OPTIONS,
	{ "output", 'o', "DIR", 0, "draw into this folder, which is made if needed", 0 },
	{ 0 },
};

static error_t parse(int key, char *argument, struct argp_state *state)
{
	struct arguments *a = state->input;

	switch (key) {
	case 'F':
	case 'M':
		return cli_parse_limit(key, argument, state, &a->limits);
	case 'o':
		a->output = argument;
		return 0;
	case ARGP_KEY_ARG:
		cli_take_side(&a->sides, argument);
		return 0;
	case ARGP_KEY_END:
		cli_need_sides(&a->sides, 2, state, "a figure shows exactly two");
		if (!a->output)
			argp_error(state, "--output DIR is missing");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

int command_plot(int argc, char **argv)
{
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.args_doc = "BASE NEW --output DIR",
		.doc = "Draws two result files (LABEL.jsonl) of one plan with gnuplot: what "
		       "changed, what every arm costs on both sides, and how single operations "
		       "are distributed. SVG and PNG, with the data beside them. " CLI_FILES_HELP,
	};
	struct arguments a = { .limits = compare_limits };
	struct gnuplot gnuplot;
	struct loaded loaded;
	enum status status;

	argp_parse(&argp, argc, argv, 0, NULL, &a);
	status = cli_load(a.sides.path[0], a.sides.path[1], &a.limits, &loaded);
	if (status != STATUS_DONE)
		return status;
	status = gnuplot_begin(&gnuplot, a.output);
	if (status == STATUS_DONE) {
		status = figures_draw(&gnuplot, &loaded.comparison);
		status = gnuplot_end(&gnuplot, status);
	}
	cli_release(&loaded);
	return status;
}
