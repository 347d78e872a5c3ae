/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Fields of one JSON object, taken with their type and range, or refused with
 * the file, the line and the value that was found.
 *
 * All functions return 0, or a negative errno with the reason written to
 * reading->error: -EINVAL when the record is wrong, -ENOMEM.
 */
#ifndef DAXMARK_RECORD_FIELDS_H
#define DAXMARK_RECORD_FIELDS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "record/side.h"

/* Where the reader is and where it writes why it refused. */
struct reading {
	struct side *side; /* owns what is taken */
	const char *path;
	size_t line;
	char *error;
	size_t error_size;
};

enum need {
	OPTIONAL, /* absent or null leaves *out as it is */
	REQUIRED,
};

/*
 * Writes "path:line: reason" and returns -EINVAL. Bytes that could disturb a
 * terminal are written as '?': the values quoted come from the file.
 */
__attribute__((format(printf, 2, 3))) int refuse(struct reading *r, const char *format, ...);

/* Writes "path: out of memory" and returns -ENOMEM. */
int refuse_memory(struct reading *r);

/* Control characters come out as spaces. */
int field_string(struct reading *r, const json_t *object, const char *key, enum need need,
		 const char **out);

struct string_field {
	const char *key;
	enum need need;
	const char **out;
};

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* All of fields; every *out is "" when its field is absent. */
int field_strings(struct reading *r, const json_t *object, const struct string_field *fields,
		  size_t n);

/* An integer of at least min. */
int field_integer(struct reading *r, const json_t *object, const char *key, enum need need,
		  int64_t min, int64_t *out);

/* A finite number of at least 0. */
int field_number(struct reading *r, const json_t *object, const char *key, enum need need,
		 double *out);

/* One of the strings in choices (NULL-terminated); its index goes to *out. */
int field_choice(struct reading *r, const json_t *object, const char *key,
		 const char *const *choices, int *out);

/*
 * Makes room for an element at index n of an array from realloc() that holds
 * n, zeroes it, and returns the array, which may have moved; the caller keeps
 * owning it. On failure *err is set and the old array is still valid.
 */
void *grow_array(struct reading *r, void *array, size_t n, size_t size, int *err);

#endif
