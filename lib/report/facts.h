/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Under what conditions a comparison was made, and how to make it again. */
#ifndef DAXMARK_REPORT_FACTS_H
#define DAXMARK_REPORT_FACTS_H

#include <stdbool.h>

#include "base/text.h"
#include "compare/compare.h"

/*
 * Kernels, machine, file systems with the proof of DAX, the meaning of the
 * unit, the commands. What was the same for all boots of a side is taken from
 * its first.
 */
void report_facts(struct text *text, size_t width, const struct comparison *comparison);

/* Parts of the above, each in a file of its own. */

/* "  Seeds      1, 2, 3" with the value built by the caller; frees it. */
void facts_add(struct text *text, size_t width, const char *name, struct text *value);

/* Hex digits of a hash that are enough to tell two builds apart. */
#define FACTS_HASH 12

/* Where they begin: older records have the name of the algorithm in front, "sha256:...". */
const char *facts_hash(const char *hash);

/* What the kernel of a side was made of. */
void facts_kernel(struct text *text, size_t width, const struct side *side, const char *name);

/* Parts of that: "a.patch, sha256 0123..." to value, and the line of the image. */
void facts_patch(struct text *value, const struct side_patch *patch);
void facts_image(struct text *text, size_t width, const struct side_boot *boot);

/* Configuration, initramfs and compiler, and whether two have the same. */
void facts_build(struct text *text, size_t width, const struct side_run *run, const char *name);
bool facts_same_build(const struct side_run *a, const struct side_run *b);

/* Machine, clock, runner, places, seeds, targets. */
void facts_conditions(struct text *text, size_t width, const struct comparison *comparison);

/* What the figures are, and are not. */
void facts_meaning(struct text *text, size_t width, const struct comparison *comparison);

/* Topology, CPU and node of each device, the devices. */
void facts_places(struct text *text, size_t width, const struct side_boot *boot);

/* Boots or runs: how many, how they are compared, and from where on a change is one. */
void facts_runs(struct text *text, size_t width, const struct comparison *comparison);

/* File systems, mounts and the proof of DAX. */
void facts_targets(struct text *text, size_t width, const struct comparison *comparison);

/* The command of the first boot, and the two lines that make the comparison again. */
void facts_commands(struct text *text, size_t width, const struct comparison *comparison);

/* Parts of that. The QEMU command of a boot, if it has one; name is that of its side. */
void facts_command(struct text *text, size_t width, const struct side_run *run, const char *name);

/* "build/daxmark compare" with the limit that decides what a change is, where not the default. */
void facts_compare(struct text *command, const struct comparison *comparison);

/* The label as part of a file name in a command; otherwise where it needs quoting. */
const char *facts_file_label(const char *label, const char *otherwise);

/*
 * How to make the results again, the plan run once or as often as times says
 * ("once a run under each, "), and then what was reported by command; frees that.
 */
void facts_reproduce(struct text *text, size_t width, const struct side_run *run, const char *times,
		     struct text *command);

#endif
