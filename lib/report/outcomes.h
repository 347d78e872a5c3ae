/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An outcome is what a check of one name gave on both sides. It is said once,
 * with all the targets that had it.
 */
#ifndef DAXMARK_REPORT_OUTCOMES_H
#define DAXMARK_REPORT_OUTCOMES_H

#include <stdbool.h>

#include "base/text.h"
#include "compare/compare.h"

/* Whether two checks have one name and came out the same on both sides. */
bool outcome_is_same(const struct check_change *a, const struct check_change *b);

/* Whether no earlier check has the name and the outcome of check (an index). */
bool outcome_is_first(const struct comparison *comparison, size_t check);

/* Adds "ext2 DAX, ext4 DAX": where a check had the outcome of this one. */
void outcome_targets(struct text *text, const struct comparison *comparison,
		     const struct check_change *check);

/* Whether some check was made on base or on new: it passed or failed there. */
bool outcome_any_made(const struct comparison *comparison, bool on_new);

/* Whether some check failed, on either side. */
bool outcome_any_failed(const struct comparison *comparison);

/*
 * Adds what, then the checks that came out as base and new, each set with its
 * targets: "c/mtime updated, ... (ext2 DAX, ext4 DAX)". Nothing if there are
 * none.
 */
void outcome_list(struct text *text, const struct comparison *comparison, const char *what,
		  enum check_verdict base, enum check_verdict new);

#endif
