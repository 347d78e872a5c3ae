/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The output of a guest or of QEMU, read from a file. A guest may write anything, so carriage
 * returns are left out, and '?' stands for each byte that could speak to a terminal or end a
 * string.
 */
#ifndef DAXMARK_GUEST_SAID_H
#define DAXMARK_GUEST_SAID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* The room of a line in a message. */
#define SAID_LINE_MAX 161

/* Of a larger file only so many bytes are read. */
#define SAID_MAX (32 << 20)

struct said {
	char *text; /* lines, each with a newline and the last perhaps without; never NULL */
	size_t size;
};

/* A file that is not there has said nothing. 0 or -errno; given back with said_free(). */
int said_read(const char *path, struct said *said);
void said_free(struct said *said);

/*
 * The first line in which one of words (ended by NULL) stands, from there on, cut to what
 * a message has room for. False, and "" in line, when there is none.
 */
bool said_find(const struct said *said, const char *const words[], char line[SAID_LINE_MAX]);

/* The same, and the line from its begin. */
bool said_line_with(const struct said *said, const char *const words[], char line[SAID_LINE_MAX]);

/* The line after the one at text; NULL: that was the last. */
const char *said_next(const char *text);

/* The line at text without its newline, cut to what a message has room for. */
void said_cut(const char *text, char line[SAID_LINE_MAX]);

/*
 * The number behind words, where a line begins with them; the first that is not 0, should there be
 * several. -1 when no line does, or one without a number.
 */
int said_number(const struct said *said, const char *words);

/* The last line with more than blanks in it, after the first skip lines; false: there is none. */
bool said_last(const struct said *said, size_t skip, char line[SAID_LINE_MAX]);

/* Prints the last n lines, each behind indent. */
void said_print_end(const struct said *said, size_t n, const char *indent, FILE *out);

/* Copies the file from to the file to, without carriage returns and else as it is. 0 or -errno. */
int said_copy(const char *from, const char *to);

#endif
