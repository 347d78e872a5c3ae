/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The functions of a kernel by address, from its System.map or from the
 * /proc/kallsyms of a guest that runs it: "address type name" a line.
 *
 * A name stands for all that the compiler made of one function: the endings of
 * its clones and parts (.cold, .part.0, .isra.1, .constprop.2) are cut off, as
 * they differ from build to build.
 */
#ifndef DAXMARK_EXPLAIN_SYMBOLS_H
#define DAXMARK_EXPLAIN_SYMBOLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SYMBOLS_MAX	 4000000 /* that a file may have */
#define SYMBOLS_NAME_MAX 512	 /* bytes of one, as long as the kernel has them */

struct symbol {
	uint64_t address;
	const char *name;
	uint32_t id; /* of the name: the same for all parts of a function */
};

struct symbols {
	struct symbol *symbol; /* by address, one an address */
	size_t n;
	const char **name; /* by id */
	uint32_t n_names;
	uint64_t entry_start, entry_end; /* where the processor enters the kernel; 0 if unknown */
	char *names;
};

/*
 * Reads the file at path. 0 and *symbols, symbols_free() it then; or -EINVAL
 * with a line in error where it is no such file or has no functions with
 * addresses, -ENOMEM, or the errno of opening or reading it.
 */
int symbols_read(const char *path, struct symbols *symbols, char *error, size_t error_size);

/* The function that address is in, or -1. */
long symbols_find(const struct symbols *symbols, uint64_t address);

/* The address of a symbol of exactly that name, or 0. */
uint64_t symbols_address(const struct symbols *symbols, const char *name);

void symbols_free(struct symbols *symbols);

#endif
