/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The lines of a plan, on their way to inih. */
#ifndef DAXMARK_PLAN_PLAN_LINES_H
#define DAXMARK_PLAN_PLAN_LINES_H

#include "plan/plan_values.h"

#define PLAN_LINE_MAX 8191

/*
 * inih's reader: the next line of p->file, counted in p->line; NULL at its end or after
 * an error. A value that is too long for inih is in p->long_value.
 */
char *plan_next_line(char *text, int size, void *p);

#endif
