/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the actions of daxmark history share. */
#ifndef DAXMARK_HISTORY_ACTIONS_H
#define DAXMARK_HISTORY_ACTIONS_H

#include <stdbool.h>

#include "base/complain.h"
#include "history/history.h"

struct history_arguments {
	const struct history_action *action;
	const char *results; /* the folder of the history */
	const char *words[2];
	size_t n_words;
	const char *branch, *date, *kernel, *revision;
	const char *note, *format, *output;
	bool newest, judge;
};

/* Something that can be done with a history. */
struct history_action {
	const char *name;
	const char *options; /* the letters of those it takes, besides r */
	size_t words_min, words_max;
	const char *words; /* what these are, for messages */
	enum history_open open;
	/* NULL: rebuild, which opens by itself */
	int (*run)(struct history *h, const struct history_arguments *arguments);
};

int history_action_add(struct history *h, const struct history_arguments *arguments);
int history_action_ack(struct history *h, const struct history_arguments *arguments);
int history_action_changes(struct history *h, const struct history_arguments *arguments);
int history_action_check(struct history *h, const struct history_arguments *arguments);
int history_action_export(struct history *h, const struct history_arguments *arguments);
int history_action_list(struct history *h, const struct history_arguments *arguments);
int history_action_page(struct history *h, const struct history_arguments *arguments);
int history_action_show(struct history *h, const struct history_arguments *arguments);
int history_action_summary(struct history *h, const struct history_arguments *arguments);
int history_rebuild_dir(const char *dir);

/* Prints the history's error and gives the exit status for err. */
int history_fail(const struct history *h, int err);

#endif
