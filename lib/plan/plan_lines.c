// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "plan/plan_lines.h"

/* The end of a value: of the line, or where a comment begins, which a blank comes before. */
static char *end_of_value(char *value)
{
	char *end = value;

	while (*end && *end != '\n' && !(*end == ';' && end > value && strchr(" \t", end[-1])))
		end++;
	while (end > value && strchr(" \t\r", end[-1]))
		end--;
	return end;
}

/*
 * inih takes lines of at most 199 bytes, and a path may have 4,095. Of a longer line it
 * gets the key and "x" for the value, which handle() has from here.
 */
static char *shorten(struct plan_parser *p, char *text, size_t size)
{
	char *start = p->text + strspn(p->text, " \t"), *value = start;

	if (*start == ';' || *start == '#')
		return strcpy(text, ";\n");
	if (start > p->text && p->has_key) {
		strcpy(text, " x\n");
	} else {
		value += strcspn(start, "=:");
		if (*start == '[' || !*value || (size_t)(value - start) + 8 > size) {
			plan_refuse(p, -EINVAL, "the line is too long, and no \"key = value\"");
			return NULL;
		}
		snprintf(text, size, "%.*s= x\n", (int)(value - start), start);
		value++;
	}
	value += strspn(value, " \t");
	*end_of_value(value) = '\0';
	p->long_value = value;
	return text;
}

char *plan_next_line(char *text, int size, void *stream)
{
	struct plan_parser *p = stream;
	ssize_t bytes;

	p->long_value = NULL;
	bytes = p->status ? -1 : getline(&p->text, &p->room, p->file);
	if (bytes < 0)
		return NULL;
	p->line++;
	if (bytes > PLAN_LINE_MAX + 1) {
		plan_refuse(p, -EINVAL, "the line is longer than %d bytes", PLAN_LINE_MAX);
		return NULL;
	}
	if (p->text[strspn(p->text, " \t")] == '[')
		p->has_key = false;
	if (strlen(p->text) >= (size_t)size)
		return shorten(p, text, (size_t)size);
	return strcpy(text, p->text);
}
