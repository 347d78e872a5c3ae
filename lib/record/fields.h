/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reads the fields of a record by the table of its kind, with their type and
 * range, or refuses them with the file, the line and the value that was found.
 *
 * All functions return 0, or a negative errno with the reason written to
 * reading->error: -EINVAL when the record is wrong, -ENOMEM.
 */
#ifndef DAXMARK_RECORD_FIELDS_H
#define DAXMARK_RECORD_FIELDS_H

#include <jansson.h>

#include "record/side.h"

/* Where the reader is and where it writes why it refused. */
struct reading {
	struct side *side; /* owns what is taken */
	const char *path;
	size_t line;
	char *error;
	size_t error_size;
};

/*
 * Writes "path:line: reason" and returns -EINVAL. Bytes that could disturb a
 * terminal are written as '?': the values quoted come from the file.
 */
__attribute__((format(printf, 2, 3))) int refuse(struct reading *r, const char *format, ...);

/* Writes "path: out of memory" and returns -ENOMEM. */
int refuse_memory(struct reading *r);

/*
 * Fills record, a struct of the kind, from object. Control characters of a text
 * come out as spaces. What lists hold belongs to the side.
 */
int fields_read(struct reading *r, const json_t *object, const struct kind *kind, void *record);

/*
 * Adds record, of so many bytes, to the array from realloc() that *array is and
 * that holds *n of them; the caller keeps owning it.
 */
int fields_append(struct reading *r, void *array, size_t *n, const void *record, size_t size);

#endif
