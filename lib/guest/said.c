// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "guest/said.h"

static char plain(char c)
{
	return c == '\n' || (c >= ' ' && c <= '~') ? c : '?';
}

/* The whole file without carriage returns, ended by a zero byte. */
static int read_whole(const char *path, char **text, size_t *size)
{
	FILE *file = fopen(path, "re");
	char *grown;
	size_t room = 0, got;
	int error = 0;

	*text = NULL;
	*size = 0;
	if (!file)
		return -errno;
	do {
		room = room ? 2 * room : 65536;
		grown = realloc(*text, room + 1);
		if (!grown) {
			error = -ENOMEM;
			break;
		}
		*text = grown;
		got = fread(*text + *size, 1, room - *size, file);
		*size += got;
	} while (*size == room);
	if (!error && ferror(file))
		error = -EIO;
	fclose(file);
	if (error) {
		free(*text);
		return error;
	}
	(*text)[*size] = '\0';
	return 0;
}

static size_t without_returns(char *text, size_t size)
{
	size_t kept = 0;

	for (size_t i = 0; i < size; i++)
		if (text[i] != '\r')
			text[kept++] = text[i];
	text[kept] = '\0';
	return kept;
}

int said_read(const char *path, struct said *said)
{
	int error = read_whole(path, &said->text, &said->size);

	if (error == -ENOENT) {
		said->text = strdup("");
		said->size = 0;
		return said->text ? 0 : -ENOMEM;
	}
	if (error) {
		said->text = NULL;
		return error;
	}
	said->size = without_returns(said->text, said->size);
	for (size_t i = 0; i < said->size; i++)
		said->text[i] = plain(said->text[i]);
	return 0;
}

void said_free(struct said *said)
{
	free(said->text);
	said->text = NULL;
}

void said_cut(const char *text, char line[SAID_LINE_MAX])
{
	size_t length = strcspn(text, "\n");

	if (length >= SAID_LINE_MAX)
		length = SAID_LINE_MAX - 1;
	memcpy(line, text, length);
	line[length] = '\0';
}

const char *said_next(const char *text)
{
	const char *end = strchr(text, '\n');

	return end && end[1] ? end + 1 : NULL;
}

static const char *find(const struct said *said, const char *const words[])
{
	const char *first = NULL;

	for (size_t i = 0; words[i]; i++) {
		const char *found = strstr(said->text, words[i]);

		if (found && (!first || found < first))
			first = found;
	}
	return first;
}

bool said_find(const struct said *said, const char *const words[], char line[SAID_LINE_MAX])
{
	const char *found = find(said, words);

	said_cut(found ? found : "", line);
	return found != NULL;
}

bool said_line_with(const struct said *said, const char *const words[], char line[SAID_LINE_MAX])
{
	const char *found = find(said, words), *begin = found;

	while (begin && begin > said->text && begin[-1] != '\n')
		begin--;
	said_cut(begin ? begin : "", line);
	return found != NULL;
}

int said_number(const struct said *said, const char *words)
{
	int number = -1;

	for (const char *line = said->text; line && number <= 0; line = said_next(line)) {
		if (strncmp(line, words, strlen(words)) != 0)
			continue;
		line += strlen(words);
		if (*line >= '0' && *line <= '9')
			number = (int)strtol(line, NULL, 10);
	}
	return number;
}

bool said_last(const struct said *said, size_t skip, char line[SAID_LINE_MAX])
{
	bool found = false;

	for (const char *l = said->text; l; l = said_next(l)) {
		if (skip) {
			skip--;
		} else if (strspn(l, " \t") < strcspn(l, "\n")) {
			said_cut(l, line);
			found = true;
		}
	}
	return found;
}

void said_print_end(const struct said *said, size_t n, const char *indent, FILE *out)
{
	const char *from = said->text + said->size;
	char line[SAID_LINE_MAX];

	/* the newline of the last line begins none */
	if (from > said->text)
		from--;
	while (from > said->text && (from[-1] != '\n' || --n))
		from--;
	for (; from && *from; from = said_next(from)) {
		said_cut(from, line);
		fprintf(out, "%s%s\n", indent, line);
	}
}

int said_copy(const char *from, const char *to)
{
	char *text;
	size_t size;
	FILE *file;
	int error = read_whole(from, &text, &size);

	if (error || !text)
		return error;
	size = without_returns(text, size);
	file = fopen(to, "we");
	error = file ? 0 : -errno;
	if (file && fwrite(text, 1, size, file) != size)
		error = -EIO;
	if (file && fclose(file) && !error)
		error = -errno;
	free(text);
	return error;
}
