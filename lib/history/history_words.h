/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A history in words. */
#ifndef DAXMARK_HISTORY_HISTORY_WORDS_H
#define DAXMARK_HISTORY_HISTORY_WORDS_H

#include "base/text.h"
#include "history/read.h"
#include "report/labels.h"

#define WORDS_SIZE 1024
#define RANGE_SIZE 5120

enum change_state {
	CHANGE_NEW,	     /* found in the last night */
	CHANGE_OPEN,	     /* found earlier, and the last of its series */
	CHANGE_ACKNOWLEDGED, /* accepted, whenever it was found */
	CHANGE_PAST,	     /* another change of the series came after it */
	CHANGE_RETURN,	     /* itself brought an earlier level back, which is no regression */
	CHANGE_CLOSED,	     /* a later one brought the level before it back */
};

/*
 * A return for the worse is a regression all the same after so many nights: by then people
 * take the better level for the one there is.
 */
#define RETURN_NIGHTS 30

enum change_state change_state(const struct view *view, const struct read_change *change);

/* "new", "open", "acknowledged", "past", "return", "closed". */
const char *change_state_name(enum change_state state);

/* "a first write to a page already read, ext4 DAX" */
const char *word_series(const struct read_series *series, char buffer[WORDS_SIZE]);

/* "6.13-rc5 (3f2a91bc0123)": the name and the revision of a kernel. */
const char *word_kernel(const struct read_night *night, char buffer[WORDS_SIZE]);

/*
 * "with 6.2 (rev), after 6.1 (rev)", or, where it may have come with any of
 * several, "with 6.2 (rev) to 6.4 (rev), most likely 6.3 (rev); after 6.1 (rev)".
 */
const char *word_range(const struct view *view, const struct read_change *change,
		       char buffer[RANGE_SIZE]);

/* "the level before change 1a2b3c4d is back", of a change that returns; else "". */
const char *word_return(const struct view *view, const struct read_change *change,
			char buffer[WORDS_SIZE]);

/* A paragraph for a mail, wrapped; its further lines are indented by two more than first. */
__attribute__((format(printf, 3, 4))) void add_paragraph(struct text *text, const char *first,
							 const char *format, ...);

#endif
