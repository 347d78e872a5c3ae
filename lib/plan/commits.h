/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The commits of a range, as git has them. */
#ifndef DAXMARK_PLAN_COMMITS_H
#define DAXMARK_PLAN_COMMITS_H

#include "base/complain.h"
#include "plan/plan.h"

/*
 * Adds a kernel for each commit of the plan's range, see plan_series_range(),
 * with the commit's subject, and names the base by its hash. Prints what went
 * wrong.
 */
enum status commits_expand(struct plan *plan);

#endif
