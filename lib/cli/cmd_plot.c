// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * daxmark plot: figures of result files. All is drawn into a folder of its
 * own first and moved when it is whole, so that earlier figures stay as they
 * were when something goes wrong.
 */
#include <argp.h>

#include "command/command.h"
#include "figure/figures.h"
#include "figure/gnuplot.h"

/* More than anyone looks at. */
#define ARMS_MAX 32

struct arguments {
	struct sides sides;
	const char *output;
	struct limits limits;
	const char *arms[ARMS_MAX];
	size_t n_arms;
};

static const struct argp_option options[] = {
	{ "arm", 'a', "ARM", 0,
	  "draw single operations and boots of this arm, in place of those that changed the most, "
	  "and of more than two files only its costs; may be given several times",
	  0 },
	CLI_LIMIT_OPTIONS,
	{ "output", 'o', "DIR", 0, "draw into this folder, which is made if needed", 0 },
	{ 0 },
};

static error_t parse(int key, char *argument, struct argp_state *state)
{
	struct arguments *a = state->input;

	switch (key) {
	case 'a':
		if (a->n_arms == ARMS_MAX)
			argp_error(state, "--arm is given more than %d times", ARMS_MAX);
		a->arms[a->n_arms++] = argument;
		return 0;
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
		if (a->sides.n == 0)
			cli_need_sides(&a->sides, 2, state,
				       "two or more are compared, of one its threads are shown");
		if (a->sides.n > SIDES_MAX)
			argp_error(state, "%zu sides given, and %d can be drawn at most",
				   a->sides.n, SIDES_MAX);
		if (a->sides.n == 1 && a->n_arms)
			argp_error(state, "--arm takes two result files");
		if (!a->output)
			argp_error(state, "--output DIR is missing");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static enum status draw(const struct arguments *a, const struct comparison *c)
{
	struct plot_arms arms = { a->arms, a->n_arms };
	struct gnuplot gnuplot;
	enum status status = figures_check(c, arms);

	if (status == STATUS_DONE)
		status = gnuplot_begin(&gnuplot, a->output);
	if (status == STATUS_DONE)
		status = gnuplot_end(&gnuplot, figures_draw(&gnuplot, c, arms));
	return status;
}

int command_plot(int argc, char **argv)
{
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.args_doc =
			"BASE NEW --output DIR\nBASE NEW NEXT... --output DIR\nFILE --output DIR",
		.doc = "Draws two result files (LABEL.jsonl) of one plan with gnuplot: what "
		       "changed, what every arm costs on both sides, how single operations are "
		       "distributed, and what each boot gave; of more than two, what every arm "
		       "costs on "
		       "each in turn; or of one result file what several "
		       "threads at once reached. SVG and PNG, with the data beside "
		       "them. " CLI_FILES_HELP,
	};
	struct arguments a = { .limits = compare_limits };
	struct loaded loaded;
	enum status status;

	argp_parse(&argp, argc, argv, 0, NULL, &a);
	status = cli_load(&a.sides, &a.limits, &loaded);
	if (status != STATUS_DONE)
		return status;
	status = draw(&a, &loaded.comparison);
	cli_release(&loaded);
	return status;
}
