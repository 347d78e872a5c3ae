/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The part of the kernel that a function is of, by its name: a symbol map does
 * not say which file a function is from. What no rule knows is "other".
 */
#ifndef DAXMARK_EXPLAIN_SUBSYSTEM_H
#define DAXMARK_EXPLAIN_SUBSYSTEM_H

/* "mm", "fs/dax", "fs/ext4"...; "program" for the measuring program. */
const char *subsystem_of(const char *function);

#endif
