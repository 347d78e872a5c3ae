/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What must be so of all that is printed, whatever was read. Each says what is
 * wrong and aborts, which is what a fuzzer looks for.
 */
#ifndef DAXMARK_TESTS_FUZZ_LOOK_H
#define DAXMARK_TESTS_FUZZ_LOOK_H

#include "base/text.h"

/* One line that cannot speak to a terminal, and is not empty: a reason. */
void look_reason(const char *line);

/* The following free the text. */

/* Printable ASCII in lines of at most width (0: of any) columns; tabs where said. */
void look_plain(struct text *text, size_t width, int tabs);

/* KTAP that has as many results as its plan, none of them by what a name or a reason says. */
void look_ktap(struct text *text);

/* One JSON document a line or in all, in UTF-8 without a control character. */
void look_json(struct text *text);

/* Tags that are closed and are, as their attributes, those of a flame graph. */
void look_svg(struct text *text);

/* The same of the pages of a history, whose links lead to files beside them. */
void look_page(struct text *text);

/* --- What the above end with */

_Noreturn void look_wrong(const char *what, const char *where);

#endif
