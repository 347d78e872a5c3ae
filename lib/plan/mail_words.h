/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAXMARK_PLAN_MAIL_WORDS_H
#define DAXMARK_PLAN_MAIL_WORDS_H

/*
 * Decodes the encoded words of a mail's header line, "=?UTF-8?q?caf=C3=A9?=" (RFC
 * 2047), in place: blanks between two of them are no part of the text. The bytes of
 * another charset stay what they are there; what is no encoded word stays as it is.
 */
void words_decode(char *text);

#endif
