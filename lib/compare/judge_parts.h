/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAXMARK_COMPARE_JUDGE_PARTS_H
#define DAXMARK_COMPARE_JUDGE_PARTS_H

#include "compare/judge.h"

/*
 * The part of a judgement that counts and times have in common: everything but
 * the tests and the verdict, which is left inconclusive. 0 or -ENOMEM.
 */
int judge_summarise(const struct boot_median *base, const struct boot_median *other, size_t n,
		    struct judgement *judgement);

/*
 * Whether the floor and the directions of the pairs decide about a count: then the
 * verdict, or why there is none, is filled in.
 */
bool judge_within_floor(struct judgement *judgement, double floor_pct);

/* Better or worse, by the sign of a change that is proved. */
void judge_direction(struct judgement *judgement, bool higher_is_better);

#endif
