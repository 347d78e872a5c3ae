/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An outcome is what a check of one name gave on some sides, of which sides has a bit each.
 * Reports say it once, with all the targets that had it.
 */
#ifndef DAXMARK_REPORT_OUTCOMES_H
#define DAXMARK_REPORT_OUTCOMES_H

#include <stdbool.h>

#include "base/text.h"
#include "compare/span.h"

/* Whether two checks (their indices) have the same verdict on each of the sides. */
bool outcome_same_verdicts(const struct comparison *comparison, uint64_t sides, size_t a, size_t b);

/* Whether they have one name, too. */
bool outcome_is_same(const struct comparison *comparison, uint64_t sides, size_t a, size_t b);

/* Whether no earlier check has the name and the outcome of check. */
bool outcome_is_first(const struct comparison *comparison, uint64_t sides, size_t check);

/* Adds "ext2 DAX, ext4 DAX": where a check had the outcome of this one. */
void outcome_targets(struct text *text, const struct comparison *comparison, uint64_t sides,
		     size_t check);

/* Whether two checks had their outcomes on the same targets. */
bool outcome_same_targets(const struct comparison *comparison, uint64_t sides, size_t a, size_t b);

/* Whether a check gave that verdict on each of the sides; on one of them at least. */
bool outcome_everywhere(const struct comparison *comparison, uint64_t sides, size_t check,
			enum check_verdict verdict);
bool outcome_anywhere(const struct comparison *comparison, uint64_t sides, size_t check,
		      enum check_verdict verdict);

/* Whether some check was made on one of the sides: it passed or failed there. */
bool outcome_any_made(const struct comparison *comparison, uint64_t sides);

/* Whether some check failed on one of the sides. */
bool outcome_any_failed(const struct comparison *comparison, uint64_t sides);

/* The two sides of a span. */
uint64_t outcome_sides(struct span span);

/*
 * Adds what, then the checks that came out as from on the span's base and as to on its new
 * side, each set with its targets: "c/mtime updated, ... (ext2 DAX, ext4 DAX)". Nothing if
 * there are none.
 */
void outcome_list(struct text *text, struct span span, const char *what, enum check_verdict from,
		  enum check_verdict to);

/* "pass", "skip", "FAIL": a broken promise must not be overlooked between the others. */
const char *outcome_word(enum check_verdict verdict);

#endif
