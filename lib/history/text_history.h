/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A history as text for people, at most 72 columns but for long names. */
#ifndef DAXMARK_HISTORY_TEXT_HISTORY_H
#define DAXMARK_HISTORY_TEXT_HISTORY_H

#include "base/text.h"
#include "history/history_words.h"
#include "history/segments.h"

/* The nights, a line each. */
void report_nights(struct text *text, const struct read_night *nights, size_t n);

/* The changes, a paragraph each; of those found in the last night alone if asked so. */
void report_changes(struct text *text, const struct view *view, bool newest);

/* One series: what is known of it, and its nights. */
void report_series(struct text *text, const struct view *view, const struct read_series *series,
		   const struct read_value *values, size_t n, const struct segment *segments,
		   size_t n_segments);

/*
 * What the last night of each branch brought: new changes first, then those still
 * open, then what else a reader should know. For a mail.
 */
void report_night(struct text *text, const struct view *view);

/* "New", "Open since earlier", "An earlier level is back": what a list of changes is headed by. */
const char *word_list(enum change_state state);

struct listed_change {
	const struct read_change *change;
};

/*
 * The changes of the night's branch and mode that are of a state and for the worse, or
 * for the better: the largest first in listed, which has room for all there are. Of
 * returns those alone that the last night found.
 */
size_t list_changes(const struct view *view, const struct read_night *night,
		    enum change_state state, bool worse, struct listed_change *listed);

/*
 * How many costs became worse by the last night and are not acknowledged, and how many
 * checks fail since that night.
 */
size_t count_regressions(const struct view *view);

#endif
