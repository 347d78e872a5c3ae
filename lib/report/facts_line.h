/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A line of how a comparison was measured. */
#ifndef DAXMARK_REPORT_FACTS_LINE_H
#define DAXMARK_REPORT_FACTS_LINE_H

#include "base/text.h"

/* "  Seeds      1, 2, 3" with the value built by the caller; frees it. */
void facts_add(struct text *text, size_t width, const char *name, struct text *value);

/* Hex digits of a hash that are enough to tell two builds apart. */
#define FACTS_HASH 12

/* Where they begin: older records have the name of the algorithm in front, "sha256:...". */
const char *facts_hash(const char *hash);

#endif
