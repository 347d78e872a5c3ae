/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Values of a plan: from the text of a key to what it stands for. */
#ifndef DAXMARK_PLAN_PLAN_VALUES_H
#define DAXMARK_PLAN_PLAN_VALUES_H

#include <stdio.h>

#include "plan/plan.h"

struct plan_parser {
	struct plan *plan;
	FILE *file;
	int line;
	char *text; /* of the line */
	size_t room;
	const char *long_value; /* of a line that is too long for inih, else NULL */
	bool has_key;		/* since the section began */
	char *error;		/* PLAN_ERROR_MAX bytes, empty while all is well */
	int status;
};

/*
 * All return 1, inih's "go on", or 0 after an error, which p then holds with
 * the line it is in. plan_refuse() keeps the first error only, for the rest
 * follow from it, and always returns 0.
 */
int plan_refuse(struct plan_parser *p, int status, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

enum plan_type {
	PLAN_TEXT,    /* char *, to be freed */
	PLAN_WORDS,   /* struct plan_list; apart by blanks or commas, also over indented lines */
	PLAN_WHOLE,   /* uint64_t, from least to most */
	PLAN_PERCENT, /* double, from 0 to 100 */
	PLAN_YES,     /* bool */
	PLAN_WORD,    /* struct plan_word; only take() knows its values */
	PLAN_CHOICE,  /* an enum; only take() knows its values */
};

/* A key of a section: its values, and where they go. */
struct plan_key {
	const char *name; /* NULL after the last one */
	enum plan_type type;
	size_t offset; /* in the struct of the section */
	uint64_t least, most;
	double initial;	  /* of a number that is not set */
	const char *unit; /* where the choices are named; NULL: it has none */
	/* NULL: plan_take_value(); object is the struct of the section */
	int (*take)(struct plan_parser *p, const struct plan_key *key, void *object,
		    const char *value);
};

/* Takes the value of a key of [section], one of keys. */
int plan_take_key(struct plan_parser *p, const char *section, const struct plan_key *keys,
		  void *object, const char *name, const char *value);

/* Takes what the type of the key says. */
int plan_take_value(struct plan_parser *p, const struct plan_key *key, void *object,
		    const char *value);

int plan_take_words(struct plan_parser *p, struct plan_list *list, const char *value);

/* *text is replaced by a copy of value, the caller's to free. */
int plan_take_text(struct plan_parser *p, char **text, const char *value);
int plan_take_whole(struct plan_parser *p, uint64_t *number, const char *value, uint64_t min,
		    uint64_t max);

/* An object of a section before its first key, and after the last use of what it was given. */
void plan_initialise(const struct plan_key *keys, void *object);
void plan_release(const struct plan_key *keys, void *object);

/*
 * Sections with a name are arrays of structs of size bytes, each of which begins with its
 * struct plan_word. The one of that name, or NULL; and a new one, NULL as plan_refuse().
 */
void *plan_find_named(void *array, size_t n, size_t size, const char *name);
void *plan_add_named(struct plan_parser *p, void *array, size_t *n, size_t size, const char *name);

#endif
