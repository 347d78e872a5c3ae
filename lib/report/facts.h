/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Under what conditions a comparison was made, and how to make it again. */
#ifndef DAXMARK_REPORT_FACTS_H
#define DAXMARK_REPORT_FACTS_H

#include <stdbool.h>

#include "base/text.h"
#include "compare/comparison.h"
#include "report/facts_line.h"

/*
 * Kernels, machine, file systems with the proof of DAX, the meaning of the
 * unit, the commands. What was the same for all boots of a side is taken from
 * its first.
 */
void report_facts(struct text *text, size_t width, const struct comparison *comparison);

/* Parts of the above, each in a file of its own. */

/* The kernels of all sides, with their patches, images and compilers. */
void facts_kernels(struct text *text, size_t width, const struct comparison *comparison);

/* Topology, CPU and node of each device, the devices. */
void facts_places(struct text *text, size_t width, const struct side_boot *boot);

/* Boots or runs: how many, how they are compared, and from where on a change is one. */
void facts_runs(struct text *text, size_t width, const struct comparison *comparison);

/* File systems, mounts and the proof of DAX. */
void facts_targets(struct text *text, size_t width, const struct comparison *comparison);

/* The command of the first boot, and the two lines that make the comparison again. */
void facts_commands(struct text *text, size_t width, const struct comparison *comparison);

#endif
