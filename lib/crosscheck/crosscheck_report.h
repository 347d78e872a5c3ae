/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The cross-check as it is read: a table a target in at most 72 columns of
 * plain ASCII, or JSON:
 *
 *   {"mode", "unit", "bound_pct",
 *    "rows": [{"fs", "access", "bench", "arm", "fio_job", "ours", "ours_empty",
 *              "fio", "fio_empty", "ratio", "verdict", "known"}]}
 *
 * ours and fio are as measured, ratio is of what is left of each without its
 * own empty operation; null where there is none. verdict is one of agrees,
 * differs, shown, skipped.
 */
#ifndef DAXMARK_CROSSCHECK_CROSSCHECK_REPORT_H
#define DAXMARK_CROSSCHECK_CROSSCHECK_REPORT_H

#include "base/text.h"
#include "crosscheck/crosscheck.h"

void report_crosscheck(struct text *text, const struct crosscheck *crosscheck);
void report_crosscheck_json(struct text *text, const struct crosscheck *crosscheck);

/* daxmark crosscheck: gets its name as argv[0], prints, and returns a status. */
int command_crosscheck(int argc, char **argv);

#endif
