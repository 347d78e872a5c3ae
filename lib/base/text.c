// SPDX-License-Identifier: GPL-2.0-or-later
#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static int make_room(struct text *text, size_t more)
{
	size_t room = text->room ? text->room : 1024;
	char *data;

	while (room - text->length <= more)
		room *= 2;
	if (room == text->room)
		return 0;
	data = realloc(text->data, room);
	if (!data) {
		text->err = -ENOMEM;
		return text->err;
	}
	text->data = data;
	text->room = room;
	return 0;
}

void text_add(struct text *text, const char *format, ...)
{
	va_list arguments;
	int length;

	if (text->err)
		return;
	va_start(arguments, format);
	length = vsnprintf(NULL, 0, format, arguments);
	va_end(arguments);
	if (length < 0 || make_room(text, (size_t)length))
		return;
	va_start(arguments, format);
	vsnprintf(text->data + text->length, (size_t)length + 1, format, arguments);
	va_end(arguments);
	for (char *c = text->data + text->length; *c; c++)
		if (*c != '\n' && *c != '\t' && (*c < ' ' || *c > '~'))
			*c = '?';
	text->length += (size_t)length;
}

void text_add_word(struct text *text, const char *name)
{
	for (; *name; name++) {
		bool plain = isalnum((unsigned char)*name) || strchr("._-", *name);

		text_add(text, "%c", plain ? *name : '_');
	}
}

/* How much of words fits on a line: up to a space if there is one. */
static size_t fitting(const char *words, size_t width)
{
	size_t length = strlen(words), cut;

	if (length <= width)
		return length;
	for (cut = width; cut; cut--)
		if (words[cut] == ' ')
			return cut;
	return width;
}

void text_wrap(struct text *text, size_t width, const char *first, size_t indent, const char *words)
{
	size_t used = strlen(first);

	text_add(text, "%s", first);
	do {
		size_t length;

		words += strspn(words, " ");
		length = fitting(words, used < width ? width - used : 1);
		text_add(text, "%.*s\n", (int)length, words);
		words += length;
		if (*words)
			text_add(text, "%*s", (int)indent, "");
		used = indent;
	} while (*words);
}

void text_wrap_built(struct text *text, size_t width, const char *first, size_t indent,
		     struct text *built)
{
	if (built->length)
		text_wrap(text, width, first, indent, built->data);
	text_take(text, built);
}

/* One character of a shell word, or two where the first is a backslash. */
static size_t shell_unit(const char *command, char *quote)
{
	if (*command == '\\' && *quote != '\'' && command[1])
		return 2;
	if (*command == *quote)
		*quote = '\0';
	else if (!*quote && (*command == '\'' || *command == '"'))
		*quote = *command;
	return 1;
}

static size_t shell_word(const char *command)
{
	size_t length = 0;
	char quote = '\0';

	while (command[length] && (quote || command[length] != ' '))
		length += shell_unit(command + length, &quote);
	return length;
}

/* Up to the next space, also inside quotes. */
static size_t plain_word(const char *word, size_t length)
{
	const char *space = memchr(word, ' ', length);

	return space ? (size_t)(space - word) : length;
}

/*
 * A word that may be longer than a line, from column used; returns the column
 * it ends in. Breaks where a space is if it can.
 */
static size_t break_word(struct text *text, size_t width, size_t used, const char *word,
			 size_t length)
{
	bool whole = used + length + 2 <= width;
	char quote = '\0', before = '\0';

	while (length) {
		bool single = quote == '\'';
		size_t unit = shell_unit(word, &quote);
		size_t ahead = before == ' ' ? plain_word(word, length) : unit;

		/* of two spaces the second has no word before it */
		if (ahead < unit)
			ahead = unit;
		/* what would not fit on a line anyway need not begin one */
		if (ahead + 3 > width)
			ahead = unit;
		if (!whole && used + ahead + 2 > width) {
			/* a single-quoted string has to end before the line can */
			text_add(text, single ? "'\\\n'" : "\\\n");
			used = single;
		}
		text_add(text, "%.*s", (int)unit, word);
		before = word[unit - 1];
		used += unit;
		word += unit;
		length -= unit;
	}
	return used;
}

/* An option stays on the line of its value. */
static size_t with_value(const char *command, size_t length)
{
	const char *next = command + length;

	next += strspn(next, " ");
	return *command == '-' && *next && *next != '-' ? length + 1 + shell_word(next) : length;
}

void text_wrap_command(struct text *text, size_t width, size_t indent, const char *command)
{
	size_t used = indent;

	text_add(text, "%*s", (int)indent, "");
	command += strspn(command, " ");
	while (*command) {
		size_t length = shell_word(command);
		size_t wanted = with_value(command, length);

		/* 2 for the space and the backslash that may have to follow */
		if (used > indent + 2 && used + 1 + wanted + 2 > width) {
			text_add(text, " \\\n%*s", (int)indent + 2, "");
			used = indent + 2;
		} else if (used > indent) {
			text_add(text, " ");
			used++;
		}
		used = break_word(text, width, used, command, length);
		command += length;
		command += strspn(command, " ");
		/* a value longer than a line begins beside its option all the same */
		if (wanted > length && indent + 2 + wanted + 2 > width && used + 12 < width) {
			length = shell_word(command);
			text_add(text, " ");
			used = break_word(text, width, used + 1, command, length);
			command += length;
			command += strspn(command, " ");
		}
	}
	text_add(text, "\n");
}

void text_take(struct text *text, struct text *built)
{
	if (text_error(built))
		text->err = text_error(built);
	text_free(built);
}

int text_error(const struct text *text)
{
	return text->err;
}

void text_free(struct text *text)
{
	free(text->data);
	*text = (struct text){ 0 };
}
