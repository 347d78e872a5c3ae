/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * report.txt: a comparison as it can be pasted below a patch. Plain ASCII
 * without tabs, at most MAIL_WIDTH columns; a single word that is longer, a
 * path in the QEMU command, is the only thing that may reach beyond.
 */
#ifndef DAXMARK_REPORT_LKML_H
#define DAXMARK_REPORT_LKML_H

#include "base/text.h"
#include "compare/comparison.h"

void report_lkml(struct text *text, const struct comparison *comparison);

#endif
