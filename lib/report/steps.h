/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reports on more than two sides in a row: what each step brought. */
#ifndef DAXMARK_REPORT_STEPS_H
#define DAXMARK_REPORT_STEPS_H

#include "report/text.h"
#include "verdict/steps.h"

/* For a terminal: every metric on every side, at most width columns wide. */
void report_steps_table(struct text *text, size_t width, const struct steps *steps);

/* For a mail, as report_lkml() is: what changed at some step. */
void report_steps_lkml(struct text *text, const struct steps *steps);

/*
 * For programs:
 *
 *   {"mode", "sides": [label], "floor_pct", "margin_pct", "boots",
 *    "steps": [{"step", "label", "source", "patches": [file], "subject",
 *               "before": {...}, "first": {...},
 *               "brought_by": {"metrics": [{"bench", "arm", "metric", "fs",
 *                                           "access", "steps": [step]}],
 *                              "checks": [{"name", "fs", "access",
 *                                          "steps": [step]}]}}],
 *    "failed": [{"step", "label", "subject", "reason", "next"}]}
 *
 * A step is the place of its side in the row, from 0. "before" and
 * "first" are what report_json() writes of the side against the one before it
 * and against the first. "brought_by" has every metric and check that a step up
 * to this one changed, with these steps. "failed" are sides without results;
 * "next" is the step that is also over what they changed, or null.
 */
void report_steps_json(struct text *text, const struct steps *steps);

/* The checks of the last side, what changed since the first beside them: report_ktap(). */
void report_steps_ktap(struct text *text, const struct steps *steps);

#endif
