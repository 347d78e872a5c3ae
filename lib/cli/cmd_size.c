// SPDX-License-Identifier: GPL-2.0-or-later
/* daxmark size: how many boots and operations a wanted precision takes. */
#include <argp.h>
#include <math.h>
#include <stdlib.h>

#include "command/command.h"
#include "report/size.h"

struct arguments {
	struct request request;
	double precision_pct;
};

static const struct argp_option options[] = {
	{ "precision", 'p', "PERCENT", 0,
	  "half the width of the 95% interval that is wanted for a change (1)", 0 },
	{ "output", 'o', "FILE", 0, OUTPUT_HELP, 0 },
	{ 0 },
};

static error_t parse(int key, char *argument, struct argp_state *state)
{
	struct arguments *a = state->input;
	char *end;

	switch (key) {
	case 'p':
		a->precision_pct = strtod(argument, &end);
		if (end == argument || *end || !isfinite(a->precision_pct) || a->precision_pct <= 0)
			argp_error(state, "--precision is '%s', not a percentage above 0",
				   argument);
		return 0;
	case ARGP_KEY_END:
		cli_need_sides(&a->request.sides, 2, state, "exactly two can be compared");
		return 0;
	default:
		return cli_parse_request(key, argument, state, &a->request);
	}
}

/* What boots tell of boots takes times, and more than one of them. */
static bool has_pairs(const struct comparison *c)
{
	if (comparison_mode(c) != SIDE_TIME) {
		complain("\"%s\" is of mode %s: only times vary from boot to boot so that more of "
			 "them help",
			 c->side[0]->label, side_mode_name(comparison_mode(c)));
		return false;
	}
	if (c->side[0]->n_boots < 2) {
		complain("\"%s\" has one boot: how boots differ is seen from 2 pairs on",
			 c->side[0]->label);
		return false;
	}
	return true;
}

int command_size(int argc, char **argv)
{
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.args_doc = "BASE NEW",
		.doc = "Says how many pairs of boots, and how many operations in each, it takes to "
		       "know every change as well as wanted, from two result files (LABEL.jsonl) "
		       "of timed boots.",
	};
	struct arguments a = { .precision_pct = 1 };
	struct text text = { 0 };
	struct loaded loaded;
	enum status status;

	argp_parse(&argp, argc, argv, 0, NULL, &a);
	status = cli_load(&a.request.sides, &compare_limits, &loaded);
	if (status != STATUS_DONE)
		return status;
	status = STATUS_USAGE;
	if (has_pairs(&loaded.comparison)) {
		report_size(&text, &loaded.comparison, a.precision_pct);
		status = output_write(a.request.output, &text);
	}
	text_free(&text);
	cli_release(&loaded);
	return status;
}
