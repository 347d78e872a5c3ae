// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/plain.h"
#include "record/fields.h"
#include "record/histogram.h"
#include "record/schema.h"

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

/* The value of a field, or NULL in *value when it may be and is absent. */
static int take(struct reading *r, const json_t *object, const struct field *field,
		const json_t **value)
{
	*value = json_object_get(object, field->name);
	if (*value && field->need != REQUIRED && json_is_null(*value))
		*value = NULL;
	if (!*value && field->need == REQUIRED)
		return refuse(r, "\"%s\" is missing%s", field->name,
			      field->type == FIELD_OBJECT    ? " or not an object"
			      : field->type == FIELD_BUCKETS ? " or not an array"
							     : "");
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

static int read_text(struct reading *r, const struct field *field, const json_t *value,
		     const char **out)
{
	const char *copy;

	if (!json_is_string(value))
		return refuse(r, "\"%s\" is %s where a string belongs", field->name,
			      type_name(value));
	copy = without_controls(r->side, json_string_value(value));
	if (!copy)
		return refuse_memory(r);
	*out = copy;
	return 0;
}

/* Which of the field's words the value is. */
static int read_choice(struct reading *r, const struct field *field, const json_t *value, int *out)
{
	const char *text = "";
	char known[128] = "";
	int err = read_text(r, field, value, &text);

	if (err)
		return err;
	for (int i = 0; field->words[i]; i++) {
		if (!strcmp(field->words[i], text)) {
			*out = i;
			return 0;
		}
		if (i)
			strncat(known, ", ", sizeof(known) - strlen(known) - 1);
		strncat(known, field->words[i], sizeof(known) - strlen(known) - 1);
	}
	return refuse(r, "\"%s\" is \"%.60s\", not one of %s", field->name, text, known);
}

static int read_word(struct reading *r, const struct field *field, const json_t *value,
		     const char **out)
{
	int choice, err = read_choice(r, field, value, &choice);

	if (!err)
		*out = field->words[choice];
	return err;
}

static int read_integer(struct reading *r, const struct field *field, const json_t *value,
			int64_t *out)
{
	if (!json_is_integer(value))
		return refuse(r, "\"%s\" is %s where an integer belongs", field->name,
			      type_name(value));
	*out = json_integer_value(value);
	if (*out < field->least)
		return refuse(r, "\"%s\" is %lld, less than %lld", field->name, (long long)*out,
			      (long long)field->least);
	if (field->type == FIELD_FORMAT && *out != RECORD_FORMAT)
		return refuse(r, "\"%s\" is %lld; this daxmark reads format %d", field->name,
			      (long long)*out, RECORD_FORMAT);
	return 0;
}

static int read_number(struct reading *r, const struct field *field, const json_t *value,
		       double *out)
{
	if (!json_is_number(value))
		return refuse(r, "\"%s\" is %s where a number belongs", field->name,
			      type_name(value));
	*out = json_number_value(value);
	if (!isfinite(*out) || *out < 0)
		return refuse(r, "\"%s\" is %.10g, which is not possible", field->name, *out);
	return 0;
}

static int read_truth(struct reading *r, const struct field *field, const json_t *value,
		      enum dax_state *out)
{
	if (!json_is_boolean(value))
		return refuse(r, "\"%s\" is not true, false or null", field->name);
	*out = json_is_true(value) ? DAX_YES : DAX_NO;
	return 0;
}

static int read_flag(struct reading *r, const struct field *field, const json_t *value, bool *out)
{
	if (!json_is_boolean(value))
		return refuse(r, "\"%s\" is not true or false", field->name);
	*out = json_is_true(value);
	return 0;
}

static int read_bucket(struct reading *r, const json_t *pair, struct side_bucket *bucket)
{
	const json_t *lowest = json_array_get(pair, 0);
	const json_t *count = json_array_get(pair, 1);

	if (json_array_size(pair) != 2 || !json_is_integer(lowest) || !json_is_integer(count))
		return refuse(r, "a histogram bucket is not [lowest value, count]");
	if (json_integer_value(lowest) < 0 || json_integer_value(count) < 1)
		return refuse(r, "histogram bucket [%lld, %lld] is not possible",
			      (long long)json_integer_value(lowest),
			      (long long)json_integer_value(count));
	bucket->lowest = (uint64_t)json_integer_value(lowest);
	bucket->count = (uint64_t)json_integer_value(count);
	if (histogram_lowest(histogram_bucket(bucket->lowest)) != bucket->lowest)
		return refuse(r, "no histogram bucket begins at %llu",
			      (unsigned long long)bucket->lowest);
	return 0;
}

static int read_fields(struct reading *r, const json_t *object, const struct field *fields,
		       void *record);

static int read_element(struct reading *r, const struct field *field, const json_t *value,
			void *out)
{
	if (field->type == FIELD_BUCKETS)
		return read_bucket(r, value, out);
	if (!json_is_object(value))
		return refuse(r, "\"%s\" holds something that is not an object", field->name);
	return read_fields(r, value, field->fields, out);
}

static int read_list(struct reading *r, const struct field *field, const json_t *array, void **list,
		     size_t *n)
{
	char *room;
	int err = 0;

	if (!json_is_array(array))
		return refuse(r, "\"%s\" is %snot an array", field->name,
			      field->need == REQUIRED ? "missing or " : "");
	*n = json_array_size(array);
	if (!*n)
		return 0;
	room = side_alloc(r->side, *n * field->size);
	if (!room)
		return refuse_memory(r);
	for (size_t i = 0; i < *n && !err; i++)
		err = read_element(r, field, json_array_get(array, i), room + i * field->size);
	*list = room;
	return err;
}

static int read_object(struct reading *r, const struct field *field, const json_t *object,
		       void *record)
{
	if (!json_is_object(object))
		return refuse(r, "\"%s\" is %snot an object", field->name,
			      field->need == REQUIRED ? "missing or " : "");
	return read_fields(r, object, field->fields, record);
}

static int read_value(struct reading *r, const struct field *field, const json_t *value,
		      void *record)
{
	void *at = (char *)record + field->offset;

	switch (field->type) {
	case FIELD_TEXT:
		return read_text(r, field, value, at);
	case FIELD_WORD:
		return read_word(r, field, value, at);
	case FIELD_CHOICE:
		return read_choice(r, field, value, at);
	case FIELD_INTEGER:
	case FIELD_FORMAT:
	case FIELD_NODE:
		return read_integer(r, field, value, at);
	case FIELD_NUMBER:
	case FIELD_REAL:
		return read_number(r, field, value, at);
	case FIELD_FLAG:
		return read_flag(r, field, value, at);
	case FIELD_TRUTH:
		return read_truth(r, field, value, at);
	case FIELD_OBJECT:
		return read_object(r, field, value, record);
	default:
		return read_list(r, field, value, at, (size_t *)((char *)record + field->n_offset));
	}
}

/* As if no field were there. */
static void clear_fields(const struct field *fields, void *record)
{
	for (const struct field *field = fields; field->name; field++) {
		void *at = (char *)record + field->offset;

		if (field->type == FIELD_TEXT || field->type == FIELD_WORD)
			*(const char **)at = "";
		else if (field->type == FIELD_INTEGER || field->type == FIELD_NODE)
			*(int64_t *)at = field->absent;
		else if (field->type == FIELD_NUMBER || field->type == FIELD_REAL)
			*(double *)at = NAN;
		else if (field->type == FIELD_FLAG)
			*(bool *)at = false;
		else if (field->type == FIELD_OBJECT)
			clear_fields(field->fields, record);
	}
}

static int read_fields(struct reading *r, const json_t *object, const struct field *fields,
		       void *record)
{
	clear_fields(fields, record);
	for (const struct field *field = fields; field->name; field++) {
		const json_t *value;
		int err;

		if (field->unread)
			continue;
		err = take(r, object, field, &value);
		if (!err && value)
			err = read_value(r, field, value, record);
		if (err)
			return err;
	}
	return 0;
}

int fields_read(struct reading *r, const json_t *object, const struct kind *kind, void *record)
{
	return read_fields(r, object, kind->fields, record);
}

int fields_append(struct reading *r, void *array, size_t *n, const void *record, size_t size)
{
	void *added;

	if (*n >= RECORDS_MAX)
		return refuse(r, "more than %d records of one kind in one boot", RECORDS_MAX);
	added = array_add(array, n, size);
	if (!added)
		return refuse_memory(r);
	memcpy(added, record, size);
	return 0;
}
