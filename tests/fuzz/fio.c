// SPDX-License-Identifier: GPL-2.0-or-later
/* Records and what fio wrote in the same guest: daxmark crosscheck. */
#include "crosscheck/crosscheck_report.h"
#include "crosscheck/fio.h"
#include "record/reader.h"
#include "tests/fuzz/support/input.h"
#include "tests/fuzz/support/look.h"

static char error[1024];

static void judge(const struct side *side, const struct fio_jobs *jobs)
{
	struct crosscheck crosscheck;
	struct text text = { 0 };

	if (crosscheck_judge(side, jobs, &crosscheck, error, sizeof(error))) {
		look_reason(error);
	} else {
		report_crosscheck(&text, &crosscheck);
		look_plain(&text, 72, 0);
		report_crosscheck_json(&text, &crosscheck);
		look_json(&text);
	}
	crosscheck_free(&crosscheck);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct part parts[INPUT_PARTS_MAX];
	size_t n = input_split(data, size, parts);
	struct fio_jobs jobs = { 0 };
	struct side side;
	int err = 0;

	for (size_t i = 1; i < n && !err; i++)
		err = fio_read(input_file(i, &parts[i]), &jobs, error, sizeof(error));
	if (err) {
		look_reason(error);
	} else if (jobs.n) {
		if (side_read(input_file(0, &parts[0]), &side, error, sizeof(error)))
			look_reason(error);
		else
			judge(&side, &jobs);
		side_free(&side);
	}
	fio_free(&jobs);
	return 0;
}
