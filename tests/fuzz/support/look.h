/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What must be so of all that is printed, whatever was read. Each says what is
 * wrong and aborts, which is what a fuzzer looks for.
 */
#ifndef DAXMARK_TESTS_FUZZ_LOOK_H
#define DAXMARK_TESTS_FUZZ_LOOK_H

#include "report/text.h"

/* One line that cannot speak to a terminal, and is not empty: a reason. */
void look_reason(const char *line);

/* The following free the text. */

/* Printable ASCII in lines of at most width (0: of any) columns; tabs where said. */
void look_plain(struct text *text, size_t width, int tabs);

/* KTAP that has as many results as its plan, none of them by what a name or a reason says. */
void look_ktap(struct text *text);

/* One JSON document a line or in all, in UTF-8 without a control character. */
void look_json(struct text *text);

/* XML whose tags are closed and which has no others than a flame graph is drawn with. */
void look_svg(struct text *text);

#endif
