// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <jansson.h>
#include <math.h>

#include "record/schema.h"
#include "record/writer.h"

static int add_fields(json_t *object, const struct field *fields, const void *record);

/* Whole numbers stay whole: a count is not written as a fraction. */
static json_t *number(double value)
{
	json_int_t whole = (json_int_t)value;

	return (double)whole == value ? json_integer(whole) : json_real(value);
}

static json_t *object_of(const struct field *fields, const void *record)
{
	json_t *object = json_object();

	if (object && add_fields(object, fields, record)) {
		json_decref(object);
		return NULL;
	}
	return object;
}

static json_t *element(const struct field *field, const char *list, size_t i)
{
	const struct side_bucket *bucket = (const struct side_bucket *)list + i;

	if (field->type == FIELD_INTEGERS)
		return json_integer(((const int64_t *)list)[i]);
	if (field->type == FIELD_LIST)
		return object_of(field->fields, list + i * field->size);
	return json_pack("[I, I]", (json_int_t)bucket->lowest, (json_int_t)bucket->count);
}

static json_t *array_of(const struct field *field, const void *list, size_t n)
{
	json_t *array = json_array();

	for (size_t i = 0; array && i < n; i++)
		if (json_array_append_new(array, element(field, list, i))) {
			json_decref(array);
			return NULL;
		}
	return array;
}

/* Whether the field says nothing and is to be left out. */
static bool is_absent(const struct field *field, const void *at, size_t n)
{
	const char *text;

	switch (field->type) {
	case FIELD_TEXT:
	case FIELD_WORD:
		text = *(const char *const *)at;
		return !text || (field->need == OPTIONAL && !*text);
	case FIELD_INTEGER:
		return field->need == OPTIONAL && *(const int64_t *)at == field->absent;
	case FIELD_NODE:
		return *(const int64_t *)at == NODE_LEFT_OUT;
	case FIELD_NUMBER:
	case FIELD_REAL:
		return isnan(*(const double *)at);
	case FIELD_FLAG:
		return !*(const bool *)at;
	case FIELD_LIST:
	case FIELD_INTEGERS:
		return field->need == OPTIONAL && !n;
	default:
		return false;
	}
}

static json_t *value_of(const struct field *field, const void *at, size_t n)
{
	switch (field->type) {
	case FIELD_TEXT:
	case FIELD_WORD:
		return json_string(*(const char *const *)at);
	case FIELD_CHOICE:
		return json_string(field->words[*(const int *)at]);
	case FIELD_INTEGER:
	case FIELD_FORMAT:
		return json_integer(*(const int64_t *)at);
	case FIELD_NODE:
		return *(const int64_t *)at < 0 ? json_null() : json_integer(*(const int64_t *)at);
	case FIELD_NUMBER:
		return number(*(const double *)at);
	case FIELD_REAL:
		return json_real(*(const double *)at);
	case FIELD_FLAG:
		return json_true();
	case FIELD_TRUTH:
		return *(const enum dax_state *)at == DAX_UNKNOWN
			       ? json_null()
			       : json_boolean(*(const enum dax_state *)at == DAX_YES);
	default:
		return array_of(field, *(const void *const *)at, n);
	}
}

static int add_fields(json_t *object, const struct field *fields, const void *record)
{
	for (const struct field *field = fields; field->name; field++) {
		const char *base = record;
		const void *at = base + field->offset;
		size_t n = field->n_offset ? *(const size_t *)(base + field->n_offset) : 0;
		json_t *value;

		if (is_absent(field, at, n))
			continue;
		value = field->type == FIELD_OBJECT ? object_of(field->fields, record)
						    : value_of(field, at, n);
		if (field->type == FIELD_OBJECT && field->need == OPTIONAL &&
		    !json_object_size(value))
			json_decref(value);
		else if (json_object_set_new(object, field->name, value))
			return -ENOMEM;
	}
	return 0;
}

int writer_put(struct writer *writer, const struct kind *kind, const void *record)
{
	json_t *line = json_pack("{s:s}", "kind", kind->name);
	int error = 0;

	if (!line || add_fields(line, kind->fields, record)) {
		json_decref(line);
		return -ENOMEM;
	}
	errno = 0;
	if (json_dumpf(line, writer->out, JSON_COMPACT | JSON_REAL_PRECISION(12)) ||
	    fputc('\n', writer->out) == EOF || fflush(writer->out))
		error = errno ? -errno : -EIO;
	json_decref(line);
	writer->lines++;
	return error;
}

int writer_end(struct writer *writer)
{
	return writer_put(writer, &kind_end, &(struct side_end){ (int64_t)writer->lines });
}
