// SPDX-License-Identifier: GPL-2.0-or-later
#include <argp.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command/command.h"

void cli_take_side(struct sides *sides, const char *path)
{
	if (sides->n < SIDES_MAX)
		sides->path[sides->n] = path;
	sides->n++;
}

void cli_need_sides(const struct sides *sides, size_t n, const struct argp_state *state,
		    const char *purpose)
{
	if (sides->n != n)
		argp_error(state,
			   "%zu result file%s given: %s (files of one side have commas between "
			   "them)",
			   sides->n, sides->n == 1 ? "" : "s", purpose);
}

/* "text, lkml and json": the formats for so many sides. */
static void list_formats(struct text *known, const struct format *formats, size_t sides)
{
	const struct format *last = NULL;

	for (const struct format *f = formats; f->name; f++)
		if (f->sides_max >= sides)
			last = f;
	for (const struct format *f = formats; f->name; f++)
		if (f->sides_max >= sides)
			text_add(known, "%s%s",
				 !known->length ? ""
				 : f == last	? " and "
						: ", ",
				 f->name);
}

static void choose_format(struct request *request, const struct argp_state *state, const char *name)
{
	struct text known = { 0 };

	for (const struct format *f = request->formats; f->name; f++) {
		if (strcmp(f->name, name) != 0)
			continue;
		request->format = f;
		return;
	}
	list_formats(&known, request->formats, 1);
	argp_error(state, "there is no format '%s'; there are %s", name,
		   known.data ? known.data : "others");
	text_free(&known);
}

void cli_check_format(const struct request *request, const struct argp_state *state)
{
	struct text known = { 0 };

	if (!request->format || request->sides.n <= request->format->sides_max)
		return;
	list_formats(&known, request->formats, request->sides.n);
	argp_error(state, "more than two sides are reported as %s, not as %s",
		   known.data ? known.data : "others", request->format->name);
	text_free(&known);
}

int cli_parse_request(int key, char *argument, struct argp_state *state, struct request *request)
{
	switch (key) {
	case 'f':
		choose_format(request, state, argument);
		return 0;
	case 'o':
		request->output = argument;
		return 0;
	case ARGP_KEY_ARG:
		cli_take_side(&request->sides, argument);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static double percentage(const struct argp_state *state, const char *name, const char *argument)
{
	char *end;
	double percent = strtod(argument, &end);

	if (end == argument || *end || !isfinite(percent) || percent < 0)
		argp_error(state, "%s is '%s', not a percentage of 0 or more", name, argument);
	return percent;
}

int cli_parse_limit(int key, const char *argument, const struct argp_state *state,
		    struct limits *limits)
{
	if (key == 'F')
		limits->floor_pct = percentage(state, "--floor", argument);
	else
		limits->margin_pct = percentage(state, "--margin", argument);
	return 0;
}

enum status cli_report(const struct request *request, const struct comparison *comparison)
{
	const struct format *format = request->format ? request->format : request->formats;
	struct text text = { 0 };
	enum status status;

	format->report(&text, comparison);
	status = output_write(request->output, &text);
	text_free(&text);
	return status;
}
