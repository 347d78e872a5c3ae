/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Differences between the sides of a comparison besides kernels, costs and checks:
 * device, memory, processor, QEMU, compiler, initramfs, symbols that a kernel's
 * configuration lacks, the proof of DAX. Each of them may move a figure.
 */
#ifndef DAXMARK_REPORT_DIFFERENCES_H
#define DAXMARK_REPORT_DIFFERENCES_H

#include <jansson.h>

#include "base/text.h"
#include "compare/comparison.h"

/* A block of a line each and an empty line below; nothing where nothing differs. */
void differences_block(struct text *text, size_t width, const struct comparison *comparison);

/* " The sides also differ: device /dev/ram0 (512 MiB) on a, ...": a sentence, or nothing. */
void differences_sentence(struct text *text, const struct comparison *comparison);

/* "differs" in docs/compare.schema.json, NULL when out of memory. */
json_t *differences_json(const struct comparison *comparison);

#endif
