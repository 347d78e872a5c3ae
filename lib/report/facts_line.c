// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <string.h>

#include "report/facts_line.h"

#define INDENT 13

void facts_add(struct text *text, size_t width, const char *name, struct text *value)
{
	char first[INDENT + 1];

	if (text_error(value))
		text->err = text_error(value);
	snprintf(first, sizeof(first), "  %-*.*s", INDENT - 2, INDENT - 3, name);
	if (value->length)
		text_wrap(text, width, first, INDENT, value->data);
	text_free(value);
}

const char *facts_hash(const char *hash)
{
	const char *colon = strchr(hash, ':');

	return colon ? colon + 1 : hash;
}
