/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAXMARK_VERDICT_JUDGE_PARTS_H
#define DAXMARK_VERDICT_JUDGE_PARTS_H

#include "verdict/judge.h"

/*
 * The part of a judgement that counts and times have in common: everything but
 * the tests and the verdict, which is left inconclusive. 0 or -ENOMEM.
 */
int judge_summarise(const struct boot_median *base, const struct boot_median *other, size_t n,
		    struct judgement *judgement);

#endif
