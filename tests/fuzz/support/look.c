// SPDX-License-Identifier: GPL-2.0-or-later
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/fuzz/support/look.h"

_Noreturn void look_wrong(const char *what, const char *where)
{
	fprintf(stderr, "look: %s: %.200s\n", what, where);
	abort();
}

void look_reason(const char *line)
{
	if (!*line)
		look_wrong("no reason is given", "(empty)");
	for (const char *c = line; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7f ||
		    (*c == '\xc2' && (unsigned char)c[1] >= 0x80 && (unsigned char)c[1] < 0xa0))
			look_wrong("a control character in a reason", line);
}

static const char *data_of(const struct text *text)
{
	return text->data ? text->data : "";
}

void look_plain(struct text *text, size_t width, int tabs)
{
	const char *data = data_of(text);

	if (strlen(data) != text->length)
		look_wrong("a NUL inside", data);
	while (*data) {
		size_t length = strcspn(data, "\n");

		if (width && length > width)
			look_wrong("a line is too long", data);
		for (size_t i = 0; i < length; i++)
			if ((data[i] < ' ' || data[i] > '~') && !(tabs && data[i] == '\t'))
				look_wrong("not printable", data);
		data += length + (data[length] == '\n');
	}
	text_free(text);
}

void look_ktap(struct text *text)
{
	const char *line = data_of(text);
	size_t planned = 0, seen = 0;

	for (; *line; line += strcspn(line, "\n") + 1) {
		size_t length = strcspn(line, "\n");
		const char *hash;

		if (!line[length])
			look_wrong("KTAP: the last line is cut off", line);
		if (*line == '#' || !strncmp(line, "KTAP version 1\n", 15))
			continue;
		if (!strncmp(line, "1..", 3)) {
			planned = strtoul(line + 3, NULL, 10);
			continue;
		}
		if (strncmp(line, "ok ", 3) != 0 && strncmp(line, "not ok ", 7) != 0)
			look_wrong("KTAP: what is this line", line);
		seen++;
		hash = memchr(line, '#', length);
		if (hash && (strncmp(hash, "# SKIP ", 7) != 0 ||
			     memchr(hash + 1, '#', length - (size_t)(hash + 1 - line))))
			look_wrong("KTAP: a directive of somebody else's", line);
		if (hash && *line == 'n')
			look_wrong("KTAP: a failure that is skipped", line);
	}
	if (seen != planned)
		look_wrong("KTAP: not as many results as planned", data_of(text));
	look_plain(text, 0, 0);
}

void look_json(struct text *text)
{
	json_error_t why;
	json_t *root;

	if (text_error(text)) {
		text_free(text);
		return;
	}
	root = json_loads(data_of(text), JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &why);
	if (!root)
		look_wrong(why.text, data_of(text));
	json_decref(root);
	for (const char *c = data_of(text); *c; c++)
		if (((unsigned char)*c < ' ' && *c != '\n') || *c == 0x7f)
			look_wrong("a control character in JSON", c);
	text_free(text);
}
