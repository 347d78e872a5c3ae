/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Words inside HTML, SVG and what allows either: nothing in them is a tag. */
#ifndef DAXMARK_BASE_MARKUP_H
#define DAXMARK_BASE_MARKUP_H

#include "base/text.h"

/* "&lt;" and so on for a character that begins a tag or an entity or ends one; else NULL. */
const char *markup_entity(char character);

/* Adds words as text, or as the value of an attribute between quotes of either kind. */
void markup_escape(struct text *text, const char *words);

/* The same for at most so many bytes of them. */
void markup_escape_part(struct text *text, const char *words, size_t length);

/*
 * Adds a relative path as the value of an attribute, as far as it goes by bytes that
 * mean nothing else in an address: the others become %XX.
 */
void markup_path(struct text *text, const char *path);

#endif
