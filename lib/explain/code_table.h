/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The instructions that were translated. Code is translated again and again, and
 * the kernel changes its own; what was handed out stays where it is.
 */
#ifndef DAXMARK_EXPLAIN_CODE_TABLE_H
#define DAXMARK_EXPLAIN_CODE_TABLE_H

#include "explain/code.h"

struct code_table {
	struct code **code;
	size_t n, slots;
};

/* The one of that address, size, kind and mark, else a copy of like; NULL without memory. */
struct code *code_table_get(struct code_table *table, const struct code *like);

#endif
