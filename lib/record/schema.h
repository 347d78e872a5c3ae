/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How a kind of records is written and read: one row a field, in the order of the line. */
#ifndef DAXMARK_RECORD_SCHEMA_H
#define DAXMARK_RECORD_SCHEMA_H

#include "record/kinds.h"

enum field_type {
	FIELD_TEXT,	/* const char * */
	FIELD_WORD,	/* const char *: one of words */
	FIELD_CHOICE,	/* an enum: the place of the word in words */
	FIELD_INTEGER,	/* int64_t, at least least */
	FIELD_FORMAT,	/* int64_t: RECORD_FORMAT, and nothing else is read */
	FIELD_NODE,	/* int64_t, at least 0; -1 is null */
	FIELD_NUMBER,	/* double, finite and at least 0; a whole one is written as an integer */
	FIELD_REAL,	/* the same, always written with a fraction */
	FIELD_FLAG,	/* bool: true, else absent */
	FIELD_TRUTH,	/* enum dax_state: null, false or true */
	FIELD_OBJECT,	/* an object of further fields of the same struct */
	FIELD_LIST,	/* an array of structs, each of which becomes an object */
	FIELD_INTEGERS, /* an array of int64_t */
	FIELD_BUCKETS,	/* an array of struct side_bucket: [lowest value, count] */
};

enum need {
	OPTIONAL, /* written where it says something */
	ALWAYS,	  /* written always, but not by the first runners */
	REQUIRED, /* a record without it is refused */
};

struct field {
	const char *name; /* NULL after the last one */
	enum field_type type;
	enum need need;
	size_t offset;	 /* in the struct of the kind */
	size_t n_offset; /* of a list: where its length is, a size_t */
	size_t size;	 /* of a list: of one of its structs */
	int64_t least;
	int64_t absent; /* what an integer is when its field is absent */
	const char *const *words;
	const struct field *fields; /* of an object, or of each struct of a list */
	bool unread;		    /* for people and other programs: a reader skips it */
};

struct kind {
	const char *name;
	const struct field *fields;
};

#endif
