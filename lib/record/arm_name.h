/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An arm's name for people. A record has an arm and, in fields of their own, how
 * its file was filled and how many threads did the operation at once. This is the
 * one place that makes a name of them: "cold+64k", "cold@2-one".
 */
#ifndef DAXMARK_RECORD_ARM_NAME_H
#define DAXMARK_RECORD_ARM_NAME_H

#include <stddef.h>
#include <stdint.h>

/*
 * Writes arm and what follows it into name, as snprintf() does, and returns the
 * length of the whole. fill and files are "" and threads is 0 where they do not
 * apply.
 */
size_t arm_name(char *name, size_t size, const char *arm, const char *fill, int64_t threads,
		const char *files);

#endif
