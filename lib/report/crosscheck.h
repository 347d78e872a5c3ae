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
#ifndef DAXMARK_REPORT_CROSSCHECK_H
#define DAXMARK_REPORT_CROSSCHECK_H

#include "base/text.h"
#include "compare/crosscheck.h"

void report_crosscheck(struct text *text, const struct crosscheck *crosscheck);
void report_crosscheck_json(struct text *text, const struct crosscheck *crosscheck);

#endif
