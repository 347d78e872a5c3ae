/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A comparison for a merge request, in the Markdown of GitHub and GitLab: what
 * changed and which promises are kept as tables, how it was measured folded
 * away. What comes from records can end no cell and begin no markup.
 */
#ifndef DAXMARK_REPORT_MARKDOWN_H
#define DAXMARK_REPORT_MARKDOWN_H

#include "base/text.h"
#include "compare/comparison.h"

void report_markdown(struct text *text, const struct comparison *comparison);

/* Adds words so that a reader sees them as they are, also inside a cell. */
void markdown_escape(struct text *text, const char *words);

#endif
