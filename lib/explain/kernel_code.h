/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where in the kernel an instruction stands. */
#ifndef DAXMARK_EXPLAIN_KERNEL_CODE_H
#define DAXMARK_EXPLAIN_KERNEL_CODE_H

#include "explain/code.h"
#include "explain/symbols.h"

/*
 * Sets .symbol and adds to .where of a kernel's instruction what the symbols say of
 * it; the kernel was moved by slide bytes from where they have it.
 */
void kernel_code_find(struct code *code, const struct symbols *symbols, uint64_t slide);

#endif
