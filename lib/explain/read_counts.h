/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Counts by function, as the commands take them. */
#ifndef DAXMARK_EXPLAIN_READ_COUNTS_H
#define DAXMARK_EXPLAIN_READ_COUNTS_H

#include "command/command.h"
#include "explain/counts.h"

/*
 * Adds to *counts those of a side: from the file at path, or when it is NULL
 * from those beside the side's own, "with.counts" beside "with.jsonl". Prints
 * what went wrong; *counts is empty then.
 */
enum status cli_read_counts(const struct side *side, const char *path, struct counts *counts);

/*
 * Finds what each change is made of, with the counts beside the results. They
 * have to live as long as the comparison, and are the caller's to free, whatever is
 * returned.
 */
enum status cli_explain(struct loaded *loaded, struct counts counts[2]);

#endif
