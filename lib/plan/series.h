/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a plan's series stands for, where the plan alone does not say it. */
#ifndef DAXMARK_PLAN_SERIES_H
#define DAXMARK_PLAN_SERIES_H

#include "base/complain.h"
#include "plan/plan.h"

/*
 * Adds a kernel for each commit of a range, and to each step of a series the
 * subject of its commit, or of its patch. A patch that cannot be read has none.
 * All subjects become plain ASCII, as records and reports have them.
 * Prints what went wrong.
 */
enum status series_complete(struct plan *plan);

/* A subject is cut behind so many characters. */
#define SERIES_SUBJECT_MAX 160

#endif
