/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Text under construction. Whatever is added comes out as plain ASCII: a
 * report travels through mail and terminals, so any other byte becomes '?'.
 *
 * Running out of memory is remembered, not returned: build the whole text,
 * then ask text_error() once.
 */
#ifndef DAXMARK_BASE_TEXT_H
#define DAXMARK_BASE_TEXT_H

#include <stddef.h>

/* How wide a text may be that is pasted into a mail. */
#define MAIL_WIDTH 72

struct text {
	char *data; /* NUL-terminated, NULL while nothing was added */
	size_t length;
	size_t room;
	int err;
};

/* Adds formatted text. */
__attribute__((format(printf, 2, 3))) void text_add(struct text *text, const char *format, ...);

/* Adds a name as one plain word: what is no letter, digit or one of "._-" becomes '_'. */
void text_add_word(struct text *text, const char *name);

/*
 * Adds words, broken between words so that no line is wider than width, and
 * ends the line. The first line begins with first, the others with as many
 * spaces as indent. A word that is too long for a line is broken.
 */
void text_wrap(struct text *text, size_t width, const char *first, size_t indent,
	       const char *words);

/* The same for a text that was built, which is freed; nothing where it is empty. */
void text_wrap_built(struct text *text, size_t width, const char *first, size_t indent,
		     struct text *built);

/*
 * The same for a shell command, so that what comes out can be pasted: lines
 * are broken between words with a backslash, and inside a word that is longer
 * than a line (a quoted kernel command line) so that the shell joins it again.
 */
void text_wrap_command(struct text *text, size_t width, size_t indent, const char *command);

/* Frees a text that was built for another, which remembers if it ran out of memory. */
void text_take(struct text *text, struct text *built);

/* 0 or -ENOMEM. */
int text_error(const struct text *text);

void text_free(struct text *text);

#endif
