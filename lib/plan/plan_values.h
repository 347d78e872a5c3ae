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
int plan_unknown_key(struct plan_parser *p, const char *section, const char *key,
		     const char *choices);

/* Words are apart by blanks or commas; a value may go on over indented lines. */
int plan_take_words(struct plan_parser *p, struct plan_list *list, const char *value);

/* *text is replaced by a copy of value, the caller's to free. */
int plan_take_text(struct plan_parser *p, char **text, const char *value);
int plan_take_whole(struct plan_parser *p, uint64_t *number, const char *value, uint64_t min,
		    uint64_t max);
int plan_take_yes(struct plan_parser *p, bool *yes, const char *key, const char *value);
int plan_take_percent(struct plan_parser *p, double *percent, const char *value);

#endif
