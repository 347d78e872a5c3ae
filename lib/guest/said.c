// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "guest/said.h"

static char plain(char c)
{
	return c == '\n' || (c >= ' ' && c <= '~') ? c : '?';
}

/* Ends it with a zero byte, for which there must be room; returns how long it is. */
static size_t drop_returns(char *text, size_t size)
{
	size_t kept = 0;

	for (size_t i = 0; i < size; i++)
		if (text[i] != '\r')
			text[kept++] = text[i];
	text[kept] = '\0';
	return kept;
}

static int read_text(FILE *file, struct said *said)
{
	struct stat st;
	size_t size;

	if (fstat(fileno(file), &st))
		return -errno;
	size = st.st_size < SAID_MAX ? (size_t)st.st_size : SAID_MAX;
	said->text = malloc(size + 1);
	if (!said->text)
		return -ENOMEM;
	said->size = drop_returns(said->text, fread(said->text, 1, size, file));
	for (size_t k = 0; k < said->size; k++)
		said->text[k] = plain(said->text[k]);
	return ferror(file) ? -EIO : 0;
}

int said_read(const char *path, struct said *said)
{
	FILE *file = fopen(path, "re");
	int error;

	*said = (struct said){ .text = NULL };
	if (!file && errno == ENOENT)
		said->text = strdup("");
	if (!file)
		return said->text ? 0 : -errno;
	error = read_text(file, said);
	fclose(file);
	if (error)
		said_free(said);
	return error;
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
	FILE *in = fopen(from, "re"), *out = in ? fopen(to, "we") : NULL;
	int error = out ? 0 : -errno;
	char buffer[65537];
	size_t got;

	while (!error && (got = fread(buffer, 1, sizeof(buffer) - 1, in))) {
		got = drop_returns(buffer, got);
		if (fwrite(buffer, 1, got, out) != got)
			error = -EIO;
	}
	if (in && ferror(in) && !error)
		error = -EIO;
	if (in)
		fclose(in);
	if (out && fclose(out) && !error)
		error = -errno;
	return error;
}
