/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The output of a guest or of QEMU, read from a file as one string. A guest may write anything, so
 * carriage returns are left out, and '?' stands for each byte that could speak to a terminal or
 * end a string. A line that is returned is cut to the room of a message; "" stands for none.
 */
#ifndef DAXMARK_GUEST_SAID_H
#define DAXMARK_GUEST_SAID_H

#include <stddef.h>
#include <stdio.h>

/* The most bytes of a line in a message. */
#define SAID_LINE_MAX 160

/* Of a larger file only so many bytes are read. */
#define SAID_MAX (32 << 20)

/* A file that is not there is empty. */
const char *said_read(const char *path);

/* From the first match of an extended regular expression to the end of its line. */
const char *said_find(const char *said, const char *pattern);

/*
 * The number behind words, where a line begins with them; the first that is not 0, should there be
 * several. -1 when no line does, or one without a number.
 */
int said_number(const char *said, const char *words);

/* The last line with more than blanks in it, after the first skip lines. */
const char *said_last(const char *said, size_t skip);

/* Prints the last n lines, each behind indent. */
void said_print_end(const char *said, size_t n, const char *indent, FILE *out);

#endif
