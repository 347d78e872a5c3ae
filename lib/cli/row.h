/* SPDX-License-Identifier: GPL-2.0-or-later */
/* More than two sides in a row, for the commands that compare them. */
#ifndef DAXMARK_CLI_ROW_H
#define DAXMARK_CLI_ROW_H

#include "cli/cli.h"
#include "compare/steps.h"

#define ROW_MESSAGE_SIZE 1024

struct row {
	struct side side[CLI_SIDES_MAX]; /* as given */
	size_t n;
	const struct side *compared[CLI_SIDES_MAX];
	size_t n_compared;
	struct step_failure failure[CLI_SIDES_MAX];
	size_t n_failures;
	struct steps steps;
	char message[ROW_MESSAGE_SIZE];
};

/*
 * Reads and compares 2 to CLI_SIDES_MAX sides in their order; one that gave no
 * results is named and left out. On STATUS_DONE the caller releases *row with
 * cli_release_row(); else the reason has been printed.
 */
enum status cli_load_row(const struct sides *sides, const struct limits *limits, struct row **row);
void cli_release_row(struct row *row);

#endif
