/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * compare.json: the comparison for programs.
 *
 *   {"mode",
 *    "metrics": [{"bench", "arm", "metric", "unit", "better", "fs", "access",
 *                 "base", "new", "change_pct", "ci_low_pct", "ci_high_pct",
 *                 "n", "verdict", "base_spread_pct", "new_spread_pct",
 *                 "base_faults", "new_faults", "base_low", "base_high",
 *                 "new_low", "new_high", "why"}],
 *    "checks": [{"name", "fs", "access", "base", "new", "evidence",
 *                "base_evidence"}],
 *    "skipped": [{"bench", "arm", "metric", "fs", "access", "side", "reason"}],
 *    "base_label", "new_label", "floor_pct", "margin_pct", "boots"}
 *
 * In time mode a metric has besides
 *
 *   "pairs", "t_p", "wilcoxon_p", "holm_p", "pair_sd_pct", "within_sd_pct",
 *   "between_sd_pct",
 *   "p99": {"base", "new", "change_pct", "ci_low_pct", "ci_high_pct", "base_low",
 *           "base_high", "new_low", "new_high", "verdict", "why", and the seven
 *           above}
 *
 * Its deviations are those of a pair's change: as seen, the part that the
 * operations within a boot account for, and the rest (struct pair_spread).
 *
 * Of one side (has_one_side()) it says what was measured:
 *
 *   {"mode",
 *    "metrics": [{"bench", "arm", "metric", "unit", "better", "fs", "access",
 *                 "value", "low", "high", "mean", "p99", "bytes_per_second",
 *                 "faults_per_operation", "n", "spread_pct", "batch_mean",
 *                 "moved", "interrupted"}],
 *    "checks": [{"name", "fs", "access", "verdict", "evidence"}],
 *    "skipped": [{"bench", "arm", "metric", "fs", "access", "reason"}],
 *    "label", "kernel", "runs"}
 *
 * value is the median over the runs of their medians, low to high holds the
 * medians' intervals of all runs; the others are as in struct measured, and
 * null where it has none.
 *
 * In count mode ci_low_pct and ci_high_pct are the lowest and the highest
 * change over the seeds, not a confidence interval; in time mode they are the
 * 95% interval of change_pct. base_low to base_high and
 * new_low to new_high hold the medians' intervals of all boots of a side
 * (struct boot_median). Whole numbers are written as such and exactly. A
 * percentage of 0 and
 * faults that were not recorded are null. A name in "skipped" that is null
 * stands for all; "side" is the one that lacks it: base, new or both.
 */
#ifndef DAXMARK_REPORT_JSON_H
#define DAXMARK_REPORT_JSON_H

#include "report/text.h"
#include "verdict/compare.h"

void report_json(struct text *text, const struct comparison *comparison);

#endif
