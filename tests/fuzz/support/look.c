// SPDX-License-Identifier: GPL-2.0-or-later
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/fuzz/support/look.h"

static void wrong(const char *what, const char *where)
{
	fprintf(stderr, "look: %s: %.200s\n", what, where);
	abort();
}

void look_reason(const char *line)
{
	if (!*line)
		wrong("no reason is given", "(empty)");
	for (const char *c = line; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7f ||
		    (*c == '\xc2' && (unsigned char)c[1] >= 0x80 && (unsigned char)c[1] < 0xa0))
			wrong("a control character in a reason", line);
}

static const char *data_of(const struct text *text)
{
	return text->data ? text->data : "";
}

void look_plain(struct text *text, size_t width, int tabs)
{
	const char *data = data_of(text);

	if (strlen(data) != text->length)
		wrong("a NUL inside", data);
	while (*data) {
		size_t length = strcspn(data, "\n");

		if (width && length > width)
			wrong("a line is too long", data);
		for (size_t i = 0; i < length; i++)
			if ((data[i] < ' ' || data[i] > '~') && !(tabs && data[i] == '\t'))
				wrong("not printable", data);
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
			wrong("KTAP: the last line is cut off", line);
		if (*line == '#' || !strncmp(line, "KTAP version 1\n", 15))
			continue;
		if (!strncmp(line, "1..", 3)) {
			planned = strtoul(line + 3, NULL, 10);
			continue;
		}
		if (strncmp(line, "ok ", 3) != 0 && strncmp(line, "not ok ", 7) != 0)
			wrong("KTAP: what is this line", line);
		seen++;
		hash = memchr(line, '#', length);
		if (hash && (strncmp(hash, "# SKIP ", 7) != 0 ||
			     memchr(hash + 1, '#', length - (size_t)(hash + 1 - line))))
			wrong("KTAP: a directive of somebody else's", line);
		if (hash && *line == 'n')
			wrong("KTAP: a failure that is skipped", line);
	}
	if (seen != planned)
		wrong("KTAP: not as many results as planned", data_of(text));
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
		wrong(why.text, data_of(text));
	json_decref(root);
	for (const char *c = data_of(text); *c; c++)
		if (((unsigned char)*c < ' ' && *c != '\n') || *c == 0x7f)
			wrong("a control character in JSON", c);
	text_free(text);
}

/* The name of a tag that is drawn with, and its length; 0: it is none. */
static size_t known_tag(const char *at)
{
	static const char *const known[] = { "svg",   "defs",  "pattern", "rect", "circle",
					     "style", "title", "text",	  "g",	  NULL };
	size_t length = strcspn(at, " />");

	for (size_t i = 0; known[i]; i++)
		if (strlen(known[i]) == length && !strncmp(at, known[i], length))
			return length;
	return 0;
}

/* From behind "<" to behind ">": attributes, whose values have no "<". */
static const char *skip_tag(const char *at, int *closed)
{
	char quote = '\0';

	for (; *at && (quote || *at != '>'); at++) {
		if (*at == '<')
			wrong("SVG: < in a tag", at);
		if (*at == '"')
			quote = quote ? '\0' : '"';
	}
	if (!*at)
		wrong("SVG: a tag does not end", "(the end)");
	*closed = at[-1] == '/';
	return at + 1;
}

static void look_entity(const char *at)
{
	static const char *const known[] = { "&lt;", "&gt;", "&amp;", "&quot;", NULL };

	for (size_t i = 0; known[i]; i++)
		if (!strncmp(at, known[i], strlen(known[i])))
			return;
	wrong("SVG: an & that is none", at);
}

void look_svg(struct text *text)
{
	const char *open[16], *at = data_of(text);
	size_t n = 0;

	while (*at) {
		size_t length;
		int closed;

		if (*at == '&')
			look_entity(at);
		if (*at++ != '<')
			continue;
		if (*at == '/') {
			length = known_tag(at + 1);
			if (!n || !length || strncmp(open[--n], at + 1, length) != 0)
				wrong("SVG: closes what is not open", at);
			at = skip_tag(at, &closed);
			continue;
		}
		if (!known_tag(at))
			wrong("SVG: a tag of somebody else's", at);
		if (n == sizeof(open) / sizeof(open[0]))
			wrong("SVG: too deep", at);
		open[n++] = at;
		at = skip_tag(at, &closed);
		n -= (size_t)closed;
	}
	if (n)
		wrong("SVG: is not closed", open[n - 1]);
	look_plain(text, 0, 0);
}
