/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where --output goes. */
#ifndef DAXMARK_BASE_OUTPUT_H
#define DAXMARK_BASE_OUTPUT_H

#include "base/complain.h"
#include "base/text.h"

/* What --output does, in the words of --help. */
#define OUTPUT_HELP "write there; FILE appears whole or not at all"

/*
 * Writes text to path, or to stdout when path is NULL. The file appears whole
 * or not at all: an earlier one stays as it was until then. A link stays one,
 * and so does a device or a pipe, which is written into. Prints what went wrong.
 */
enum status output_write(const char *path, const struct text *text);

/*
 * From now on a standard output that could not take all that was written makes the exit
 * status STATUS_ENVIRONMENT, and is named. 0, or not 0 when out of memory.
 */
int output_keep_standard(void);

#endif
