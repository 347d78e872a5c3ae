/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text from a file, before it is printed. */
#ifndef DAXMARK_BASE_PLAIN_H
#define DAXMARK_BASE_PLAIN_H

#include <stdbool.h>

/*
 * Makes a space of each byte of a control character, also of those that UTF-8 has
 * (U+0080 to U+009F): a newline could forge a line of a report, an escape could
 * take over the terminal.
 */
void plain_text(char *text);

/* Makes '?' of each byte that is not printable ASCII, and a space of a tab. */
void plain_ascii(char *text);

/* Whether it is UTF-8: JSON holds nothing else, so no other name can be recorded. */
bool plain_is_utf8(const char *text);

#endif
