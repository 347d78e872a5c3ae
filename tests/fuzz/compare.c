// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Two result files or a row of them, through the verdicts into every format. Of
 * compare.json nothing is read in C: that it is one document with nothing of a
 * file's own in it is what can be asked.
 */
#include <string.h>

#include "record/reader.h"
#include "tests/fuzz/support/input.h"
#include "tests/fuzz/support/look.h"
#include "tests/fuzz/support/reports.h"

#define SIDES_READ 4

static char error[1024];

static void compare_all(const struct side *const *sides, size_t n)
{
	struct comparison comparison;

	if (compare(sides, n, &compare_limits, &comparison, error, sizeof(error))) {
		look_reason(error);
		return;
	}
	if (n == 2)
		reports_of_two(&comparison);
	else
		reports_of_series(&comparison);
	comparison_free(&comparison);
}

/* As cli_load() does before it compares. */
static int match_all(const struct side *sides, size_t n)
{
	for (size_t i = 1; i < n; i++)
		for (size_t k = 0; k < i; k++)
			if (side_match(&sides[k], &sides[i], error, sizeof(error)))
				return -1;
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct side *row[SIDES_READ];
	struct part parts[INPUT_PARTS_MAX];
	struct side sides[SIDES_READ];
	size_t n = input_split(data, size, parts), read = 0;
	int err = 0;

	memset(sides, 0, sizeof(sides));
	for (; read < n && read < SIDES_READ && !err; read++) {
		err = side_read(input_file(read, &parts[read]), &sides[read], error, sizeof(error));
		row[read] = &sides[read];
	}
	if (!err && read >= 2)
		err = match_all(sides, read);
	if (err)
		look_reason(error);
	else if (read >= 2)
		compare_all(row, read);
	for (size_t i = 0; i < read; i++)
		side_free(&sides[i]);
	return 0;
}
