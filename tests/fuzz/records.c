// SPDX-License-Identifier: GPL-2.0-or-later
/* The records of a guest, and all that is made of one file of them. */
#include "record/reader.h"
#include "tests/fuzz/support/input.h"
#include "tests/fuzz/support/look.h"
#include "tests/fuzz/support/reports.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct side *sides[1];
	struct comparison comparison;
	char error[1024];
	struct side side;

	if (side_read(input_file(0, &(struct part){ data, size }), &side, error, sizeof(error))) {
		look_reason(error);
		side_free(&side);
		return 0;
	}
	sides[0] = &side;
	if (compare(sides, 1, &compare_limits, &comparison, error, sizeof(error))) {
		look_reason(error);
	} else {
		reports_of_one(&comparison);
		comparison_free(&comparison);
	}
	side_free(&side);
	return 0;
}
