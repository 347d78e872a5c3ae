// SPDX-License-Identifier: GPL-2.0-or-later
#include <ctype.h>
#include <stdint.h>
#include <string.h>

#include "base/markup.h"

const char *markup_entity(char character)
{
	switch (character) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	default:
		return NULL;
	}
}

void markup_escape_part(struct text *text, const char *words, size_t length)
{
	for (size_t i = 0; i < length && words[i]; i++) {
		const char *entity = markup_entity(words[i]);

		if (entity)
			text_add(text, "%s", entity);
		else if (words[i] == '"')
			text_add(text, "&quot;");
		else if (words[i] == '\'')
			text_add(text, "&#39;");
		else
			text_add(text, "%c", words[i]);
	}
}

void markup_escape(struct text *text, const char *words)
{
	markup_escape_part(text, words, SIZE_MAX);
}

void markup_path(struct text *text, const char *path)
{
	for (; *path; path++) {
		if (isalnum((unsigned char)*path) || strchr("._-/+", *path))
			text_add(text, "%c", *path);
		else
			text_add(text, "%%%02X", (unsigned char)*path);
	}
}
