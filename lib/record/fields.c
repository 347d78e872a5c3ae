// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/plain.h"
#include "record/fields.h"

/*
 * More records of a kind than any plan makes. Duplicates are looked for by
 * walking the array, so a file made to hurt must not be let grow it at will.
 */
#define RECORDS_MAX 10000

static void make_printable(char *text)
{
	for (; *text; text++)
		if (*text < ' ' || *text > '~')
			*text = '?';
}

int refuse(struct reading *r, const char *format, ...)
{
	va_list arguments;
	int used;

	used = snprintf(r->error, r->error_size, "%s:%zu: ", r->path, r->line);
	if (used >= 0 && (size_t)used < r->error_size) {
		va_start(arguments, format);
		vsnprintf(r->error + used, r->error_size - (size_t)used, format, arguments);
		va_end(arguments);
	}
	make_printable(r->error);
	return -EINVAL;
}

int refuse_memory(struct reading *r)
{
	snprintf(r->error, r->error_size, "%s: out of memory", r->path);
	return -ENOMEM;
}

static const char *type_name(const json_t *value)
{
	switch (json_typeof(value)) {
	case JSON_OBJECT:
		return "an object";
	case JSON_ARRAY:
		return "an array";
	case JSON_STRING:
		return "a string";
	case JSON_INTEGER:
		return "an integer";
	case JSON_REAL:
		return "a number with a fraction";
	case JSON_TRUE:
	case JSON_FALSE:
		return "a boolean";
	default:
		return "null";
	}
}

/* The value of key, or NULL in *value when it may be and is absent. */
static int take(struct reading *r, const json_t *object, const char *key, enum need need,
		const json_t **value)
{
	*value = json_object_get(object, key);
	if (*value && need == OPTIONAL && json_is_null(*value))
		*value = NULL;
	if (!*value && need == REQUIRED)
		return refuse(r, "\"%s\" is missing", key);
	return 0;
}

/* What is read here is printed, and no field has a use for a control character. */
static char *without_controls(struct side *side, const char *text)
{
	size_t size = strlen(text) + 1;
	char *copy = side_alloc(side, size);

	if (!copy)
		return NULL;
	memcpy(copy, text, size);
	plain_text(copy);
	return copy;
}

int field_string(struct reading *r, const json_t *object, const char *key, enum need need,
		 const char **out)
{
	const json_t *value;
	const char *copy;
	int err = take(r, object, key, need, &value);

	if (err || !value)
		return err;
	if (!json_is_string(value))
		return refuse(r, "\"%s\" is %s where a string belongs", key, type_name(value));
	copy = without_controls(r->side, json_string_value(value));
	if (!copy)
		return refuse_memory(r);
	*out = copy;
	return 0;
}

int field_strings(struct reading *r, const json_t *object, const struct string_field *fields,
		  size_t n)
{
	int err = 0;

	for (size_t i = 0; i < n; i++)
		*fields[i].out = "";
	for (size_t i = 0; i < n && !err; i++)
		err = field_string(r, object, fields[i].key, fields[i].need, fields[i].out);
	return err;
}

int field_integer(struct reading *r, const json_t *object, const char *key, enum need need,
		  int64_t min, int64_t *out)
{
	const json_t *value;
	int err = take(r, object, key, need, &value);

	if (err || !value)
		return err;
	if (!json_is_integer(value))
		return refuse(r, "\"%s\" is %s where an integer belongs", key, type_name(value));
	if (json_integer_value(value) < min)
		return refuse(r, "\"%s\" is %lld, less than %lld", key,
			      (long long)json_integer_value(value), (long long)min);
	*out = json_integer_value(value);
	return 0;
}

int field_number(struct reading *r, const json_t *object, const char *key, enum need need,
		 double *out)
{
	const json_t *value;
	double number;
	int err = take(r, object, key, need, &value);

	if (err || !value)
		return err;
	if (!json_is_number(value))
		return refuse(r, "\"%s\" is %s where a number belongs", key, type_name(value));
	number = json_number_value(value);
	if (!isfinite(number) || number < 0)
		return refuse(r, "\"%s\" is %.10g, which is not possible", key, number);
	*out = number;
	return 0;
}

int field_choice(struct reading *r, const json_t *object, const char *key,
		 const char *const *choices, int *out)
{
	const char *text = "";
	char known[128] = "";
	int err = field_string(r, object, key, REQUIRED, &text);

	if (err)
		return err;
	for (int i = 0; choices[i]; i++) {
		if (!strcmp(choices[i], text)) {
			*out = i;
			return 0;
		}
		if (i)
			strncat(known, ", ", sizeof(known) - strlen(known) - 1);
		strncat(known, choices[i], sizeof(known) - strlen(known) - 1);
	}
	return refuse(r, "\"%s\" is \"%.60s\", not one of %s", key, text, known);
}

void *grow_array(struct reading *r, void *array, size_t n, size_t size, int *err)
{
	*err = 0;
	if (n >= RECORDS_MAX) {
		*err = refuse(r, "more than %d records of one kind in one boot", RECORDS_MAX);
		return NULL;
	}
	/* the capacity is the next power of two, so it need not be kept anywhere */
	if (!(n & (n - 1))) {
		array = realloc(array, (n ? 2 * n : 1) * size);
		if (!array) {
			*err = refuse_memory(r);
			return NULL;
		}
	}
	memset((char *)array + n * size, 0, size);
	return array;
}
