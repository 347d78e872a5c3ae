/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Writes a stream of records, one JSON object a line (docs/records.md).
 *
 * A line is handed over whole and flushed, so that a stream cut short ends
 * between lines or in a line that is no JSON: either way it has no `end`.
 */
#ifndef DAXMARK_RECORD_WRITER_H
#define DAXMARK_RECORD_WRITER_H

#include <stdio.h>

#include "record/kinds.h"

struct writer {
	FILE *out; /* the caller's */
	uint64_t lines;
};

/* Writes the struct of that kind as a line. Returns 0, -ENOMEM or the error of the output. */
int writer_put(struct writer *writer, const struct kind *kind, const void *record);

/* Writes the `end` record: what came before it was the whole stream. */
int writer_end(struct writer *writer);

#endif
