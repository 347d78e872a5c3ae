// SPDX-License-Identifier: GPL-2.0-or-later
/* More than two sides in a row: read, matched, compared. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/row.h"
#include "record/reader.h"

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
		int err = cli_read_side(sides->path[row->n], side, row->message, ROW_MESSAGE_SIZE);

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
					 ROW_MESSAGE_SIZE);
	return err;
}

/* The side that could not be read is released, too. */
static void release_sides(struct row *row)
{
	for (size_t i = 0; i < CLI_SIDES_MAX; i++)
		side_free(&row->side[i]);
	free(row);
}

enum status cli_load_row(const struct sides *sides, const struct limits *limits,
			 struct row **loaded)
{
	struct row *row = calloc(1, sizeof(*row));
	int err;

	*loaded = NULL;
	if (!row) {
		complain("out of memory");
		return STATUS_ENVIRONMENT;
	}
	err = read_row(row, sides);
	if (!err)
		err = match_row(row);
	if (!err)
		err = steps_compare(row->compared, row->n_compared, limits, &row->steps,
				    row->message, ROW_MESSAGE_SIZE);
	if (err) {
		complain("%s", row->message);
		release_sides(row);
		return status_of(err);
	}
	row->steps.failures = row->failure;
	row->steps.n_failures = row->n_failures;
	*loaded = row;
	return STATUS_DONE;
}

void cli_release_row(struct row *row)
{
	steps_free(&row->steps);
	release_sides(row);
}
