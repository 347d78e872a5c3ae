// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "tests/fuzz/support/look.h"

#define DEPTH_MAX 24

/* What we write; whatever else is there, a name has brought it. */
struct language {
	const char *tags, *empty, *attributes; /* words with a space on either side */
};

static const struct language svg = {
	" svg defs pattern rect circle style title text g ",
	" ",
	" class cx cy fill height id patternTransform patternUnits r viewBox width x xmlns y ",
};

static const struct language html = {
	" html head title style body header main section div h1 h2 h3 h4 p a b code details "
	"summary form label select option output ul li small span svg path circle script table "
	"thead tbody tr th td time ",
	" meta img ",
	" alt aria-hidden aria-label aria-labelledby charset class content cx cy d "
	"data-access data-bench data-fs data-line data-state height hidden href http-equiv id lang "
	"loading name open r role scope src tabindex value viewBox width ",
};

static size_t word_at(const char *at)
{
	return strcspn(at, " \n=/>\"<");
}

static int is_one_of(const char *words, const char *at, size_t length)
{
	const char *found = words;

	while (length && (found = memmem(found, strlen(found), at, length))) {
		if (found[-1] == ' ' && found[length] == ' ')
			return 1;
		found += length;
	}
	return 0;
}

static void look_entity(const char *at)
{
	static const char *const known[] = { "&lt;", "&gt;", "&amp;", "&quot;", "&#39;", NULL };

	for (size_t i = 0; known[i]; i++)
		if (!strncmp(at, known[i], strlen(known[i])))
			return;
	look_wrong("markup: an & that is none", at);
}

/* From behind the quote to behind the other. */
static const char *skip_value(const char *at, int link)
{
	for (; *at && *at != '"'; at++) {
		if (*at == '<' || *at == '>')
			look_wrong("markup: a tag in a value", at);
		if (*at == '&')
			look_entity(at);
		if (link && *at == ':')
			look_wrong("markup: a link that leads elsewhere", at);
	}
	if (!*at)
		look_wrong("markup: a value does not end", "(the end)");
	return at + 1;
}

/* From behind the tag's name to behind its ">". */
static const char *skip_attributes(const struct language *in, const char *at, int *closed)
{
	while (*at && *at != '>') {
		size_t length = word_at(at);
		int link = is_one_of(" href src ", at, length);

		if (*at == ' ' || *at == '\n' || *at == '/') {
			at++;
			continue;
		}
		if (!is_one_of(in->attributes, at, length))
			look_wrong("markup: an attribute of somebody else's", at);
		at += length;
		if (*at != '=')
			continue;
		if (at[1] != '"')
			look_wrong("markup: a value without quotes", at);
		at = skip_value(at + 2, link);
	}
	if (!*at)
		look_wrong("markup: a tag does not end", "(the end)");
	*closed = at[-1] == '/';
	return at + 1;
}

struct open_tags {
	const char *name[DEPTH_MAX];
	size_t n;
};

/* From behind "<" to behind ">". */
static const char *skip_tag(const struct language *in, const char *at, struct open_tags *open)
{
	int closing = *at == '/', empty, closed;
	const char *name = at + closing;
	size_t length = word_at(name);

	empty = is_one_of(in->empty, name, length);
	if (!empty && !is_one_of(in->tags, name, length))
		look_wrong("markup: a tag of somebody else's", at);
	at = skip_attributes(in, name + length, &closed);
	if (closing) {
		if (!open->n || word_at(open->name[--open->n]) != length ||
		    strncmp(open->name[open->n], name, length) != 0)
			look_wrong("markup: closes what is not open", name);
	} else if (!empty && !closed) {
		if (open->n == DEPTH_MAX)
			look_wrong("markup: too deep", name);
		open->name[open->n++] = name;
	}
	return at;
}

static void look_markup(const struct language *in, struct text *text, const char *at)
{
	struct open_tags open = { .n = 0 };

	while (*at) {
		if (*at == '&')
			look_entity(at);
		if (*at == '>')
			look_wrong("markup: a > that is none", at);
		at = *at == '<' ? skip_tag(in, at + 1, &open) : at + 1;
	}
	if (open.n)
		look_wrong("markup: is not closed", open.name[open.n - 1]);
	look_plain(text, 0, 0);
}

void look_svg(struct text *text)
{
	look_markup(&svg, text, text->data ? text->data : "");
}

void look_page(struct text *text)
{
	static const char type[] = "<!DOCTYPE html>\n";

	if (!text->data || strncmp(text->data, type, strlen(type)) != 0)
		look_wrong("HTML: of no type", text->data ? text->data : "(empty)");
	look_markup(&html, text, text->data + strlen(type));
}
