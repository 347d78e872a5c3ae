/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Under what conditions a comparison was made, and how to make it again. */
#ifndef DAXMARK_REPORT_FACTS_H
#define DAXMARK_REPORT_FACTS_H

#include "report/text.h"
#include "verdict/compare.h"

/*
 * Kernels, machine, file systems with the proof of DAX, the meaning of the
 * unit, the commands. What was the same for all boots of a side is taken from
 * its first.
 */
void report_facts(struct text *text, size_t width, const struct comparison *comparison);

/* File systems, mounts and the proof of DAX: a part of the above. */
void facts_targets(struct text *text, size_t width, const struct comparison *comparison);

#endif
