// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "guest/guest.h"
#include "guest/said.h"

const char *said_read(const char *path)
{
	FILE *file = fopen(path, "re");
	size_t size, kept = 0;
	struct stat st;
	char *text;

	if (!file && errno == ENOENT)
		return "";
	if (!file || fstat(fileno(file), &st))
		guest_die(STATUS_ENVIRONMENT, "%s: cannot be read: %s", path, strerror(errno));
	size = st.st_size < SAID_MAX ? (size_t)st.st_size : SAID_MAX;
	text = guest_alloc(size + 1);
	size = fread(text, 1, size, file);
	fclose(file);
	for (size_t i = 0; i < size; i++)
		if (text[i] != '\r')
			text[kept++] = text[i] == '\n' || (text[i] >= ' ' && text[i] <= '~')
					       ? text[i]
					       : '?';
	text[kept] = '\0';
	return text;
}

/* The line after the one at text; NULL: that was the last. */
static const char *next(const char *text)
{
	const char *end = strchr(text, '\n');

	return end && end[1] ? end + 1 : NULL;
}

/* The line at text without its newline. */
static const char *cut(const char *text)
{
	size_t length = strcspn(text, "\n");

	return guest_text("%.*s", (int)(length < SAID_LINE_MAX ? length : SAID_LINE_MAX), text);
}

const char *said_find(const char *said, const char *pattern)
{
	regmatch_t match = { .rm_so = -1 };
	regex_t regex;

	if (regcomp(&regex, pattern, REG_EXTENDED | REG_NEWLINE))
		guest_die(STATUS_ENVIRONMENT, "out of memory");
	if (regexec(&regex, said, 1, &match, 0))
		match.rm_so = -1;
	regfree(&regex);
	return match.rm_so < 0 ? "" : cut(said + match.rm_so);
}

int said_number(const char *said, const char *words)
{
	const char *line = said_find(said, guest_text("^%s0*[1-9]", words));

	if (!*line)
		line = said_find(said, guest_text("^%s0", words));
	return *line ? (int)strtol(line + strlen(words), NULL, 10) : -1;
}

const char *said_last(const char *said, size_t skip)
{
	const char *last = "";

	for (; said; said = next(said)) {
		if (skip)
			skip--;
		else if (strspn(said, " \t") < strcspn(said, "\n"))
			last = said;
	}
	return cut(last);
}

void said_print_end(const char *said, size_t n, const char *indent, FILE *out)
{
	const char *from = said + strlen(said);

	/* the newline of the last line begins none */
	if (from > said)
		from--;
	while (from > said && (from[-1] != '\n' || --n))
		from--;
	for (; from && *from; from = next(from))
		fprintf(out, "%s%s\n", indent, cut(from));
}
