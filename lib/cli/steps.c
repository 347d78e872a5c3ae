// SPDX-License-Identifier: GPL-2.0-or-later
/* More than two sides in a row: read, matched, compared, reported. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "record/reader.h"
#include "report/steps.h"

#define MESSAGE_SIZE 1024

struct row {
	struct side side[CLI_SIDES_MAX]; /* as given */
	size_t n;
	const struct side *compared[CLI_SIDES_MAX];
	size_t n_compared;
	struct step_failure failure[CLI_SIDES_MAX];
	size_t n_failures;
	struct steps steps;
	char message[MESSAGE_SIZE];
};

static void text_format(struct text *text, const struct steps *steps)
{
	report_steps_table(text, cli_text_width(), steps);
}

/* CLI_STEPS_FORMATS names these. */
static const struct steps_format {
	const char *name;
	void (*report)(struct text *text, const struct steps *steps);
} formats[] = {
	{ "text", text_format },
	{ "lkml", report_steps_lkml },
	{ "mmtests", report_steps_mmtests },
	{ "json", report_steps_json },
	{ "ktap", report_steps_ktap },
	{ NULL, NULL }, /* EOL */
};

static const struct steps_format *find_format(const char *name)
{
	for (const struct steps_format *f = formats; f->name; f++)
		if (!strcmp(f->name, name))
			return f;
	return NULL;
}

bool cli_has_steps_format(const char *name)
{
	return find_format(name) != NULL;
}

/* The first is what all others are compared with. */
static int take_failure(struct row *row, const struct side *side)
{
	if (!row->n_compared) {
		size_t used = strlen(row->message);

		snprintf(row->message + used, sizeof(row->message) - used,
			 ": and it is the first, which all others are compared with");
		return -ENODATA;
	}
	row->failure[row->n_failures++] = (struct step_failure){
		.label = side->label,
		.subject = side->failure.subject,
		.reason = side->failure.reason,
		.before = row->n_compared,
	};
	return 0;
}

static int read_row(struct row *row, const struct sides *sides)
{
	for (; row->n < sides->n; row->n++) {
		struct side *side = &row->side[row->n];
		int err = cli_read_side(sides->path[row->n], side, row->message, MESSAGE_SIZE);

		if (!err)
			row->compared[row->n_compared++] = side;
		else if (err == -ENODATA)
			err = take_failure(row, side);
		if (err)
			return err;
	}
	/* the message is still that of the last one that gave no results */
	if (row->n_compared < 2) {
		size_t used = strlen(row->message);

		snprintf(row->message + used, sizeof(row->message) - used,
			 "; only one of the %zu sides did", row->n);
		return -ENODATA;
	}
	return 0;
}

static int match_row(struct row *row)
{
	int err = 0;

	for (size_t i = 1; i < row->n_compared; i++)
		for (size_t k = 0; k < i && !err; k++)
			err = side_match(row->compared[k], row->compared[i], row->message,
					 MESSAGE_SIZE);
	return err;
}

static enum status write_row(const struct request *request, const struct row *row)
{
	const char *name = request->format ? request->format->name : request->formats->name;
	struct text text = { 0 };
	enum status status;

	find_format(name)->report(&text, &row->steps);
	status = cli_write(request->output, &text);
	text_free(&text);
	return status;
}

static bool has_regressed(const struct steps *steps)
{
	for (size_t i = 1; i < steps->n_sides; i++)
		if (steps_regress(steps, i))
			return true;
	return cli_something_wrong(steps_first(steps, steps->n_sides - 1));
}

enum status cli_report_steps(const struct request *request, const struct limits *limits,
			     bool *regressed)
{
	struct row *row = calloc(1, sizeof(*row));
	enum status status;
	int err;

	*regressed = false;
	if (!row) {
		complain("out of memory");
		return STATUS_ENVIRONMENT;
	}
	err = read_row(row, &request->sides);
	if (!err)
		err = match_row(row);
	if (!err)
		err = steps_compare(row->compared, row->n_compared, limits, &row->steps,
				    row->message, MESSAGE_SIZE);
	if (err) {
		complain("%s", row->message);
		status = status_of(err);
	} else {
		row->steps.failures = row->failure;
		row->steps.n_failures = row->n_failures;
		*regressed = has_regressed(&row->steps);
		status = write_row(request, row);
		steps_free(&row->steps);
	}
	for (size_t i = 0; i < request->sides.n; i++)
		side_free(&row->side[i]);
	free(row);
	return status;
}
