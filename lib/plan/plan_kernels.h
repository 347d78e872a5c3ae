/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The kernels of a plan: one by one, or as the steps of a series. */
#ifndef DAXMARK_PLAN_PLAN_KERNELS_H
#define DAXMARK_PLAN_PLAN_KERNELS_H

#include "plan/plan_values.h"

/* A key of [kernel LABEL] and of [series LABEL]. 1, or 0 as plan_refuse(). */
int plan_kernel_key(struct plan_parser *p, const char *label, const char *key, const char *value);
int plan_series_key(struct plan_parser *p, const char *label, const char *key, const char *value);

/*
 * When the whole plan is read: checks the series, if there is one, and adds the
 * kernels that it stands for; of a range of commits only the one it begins with,
 * as only git knows the others. 1, or 0 as plan_refuse().
 */
int plan_series_expand(struct plan_parser *p);

/* A kernel of that label, with nothing else set yet; NULL as plan_refuse(). */
struct plan_kernel *plan_add_kernel(struct plan_parser *p, const char *label);

void plan_free_kernels(struct plan *plan);

#endif
