// SPDX-License-Identifier: GPL-2.0-or-later
#include <argp.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "record/reader.h"

#define MESSAGE_SIZE 1024

void cli_take_side(struct sides *sides, const char *path)
{
	if (sides->n < CLI_SIDES_MAX)
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

static void choose_format(struct request *request, const struct argp_state *state, const char *name)
{
	struct text known = { 0 };

	for (const struct format *f = request->formats; f->name; f++) {
		const char *separator = f[1].name ? ", " : " and ";

		if (!strcmp(f->name, name)) {
			request->format = f;
			text_free(&known);
			return;
		}
		text_add(&known, "%s%s", f == request->formats ? "" : separator, f->name);
	}
	argp_error(state, "there is no format '%s'; there are %s", name,
		   known.data ? known.data : "others");
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

/* names: "one.jsonl" or "one.jsonl,two.jsonl" */
int cli_read_side(const char *names, struct side *side, char *message, size_t size)
{
	char *copy, *rest, *name;
	int err = 0;

	if (!strchr(names, ',') || !access(names, F_OK))
		return side_read(names, side, message, size);
	copy = rest = strdup(names);
	if (!copy) {
		snprintf(message, size, "out of memory");
		return -ENOMEM;
	}
	while (!err && (name = strsep(&rest, ","))) {
		if (*name) {
			err = side_read_more(name, side, message, size);
			continue;
		}
		snprintf(message, size, "%s: a name is missing beside a comma", names);
		side_free(side);
		err = -EINVAL;
	}
	free(copy);
	return err;
}

enum status cli_load(const char *base, const char *new, const struct limits *limits,
		     struct loaded *loaded)
{
	const struct side *other = new ? &loaded->new : &loaded->base;
	char message[MESSAGE_SIZE];
	int err;

	memset(loaded, 0, sizeof(*loaded));
	err = cli_read_side(base, &loaded->base, message, sizeof(message));
	if (!err && new)
		err = cli_read_side(new, &loaded->new, message, sizeof(message));
	if (!err && new)
		err = side_match(&loaded->base, &loaded->new, message, sizeof(message));
	if (!err)
		err = compare_sides(&loaded->base, other, limits, &loaded->comparison, message,
				    sizeof(message));
	if (err) {
		complain("%s", message);
		cli_release(loaded);
	}
	return status_of(err);
}

void cli_release(struct loaded *loaded)
{
	comparison_free(&loaded->comparison);
	side_free(&loaded->base);
	side_free(&loaded->new);
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
