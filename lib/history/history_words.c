// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "history/history_words.h"

#define REVISION_SHOWN 12

enum change_state change_state(const struct view *view, const struct read_change *change)
{
	if (change->closed)
		return CHANGE_CLOSED;
	if (change->returns && !(change->worse && change->lasted >= RETURN_NIGHTS))
		return CHANGE_RETURN;
	if (change->acknowledged)
		return CHANGE_ACKNOWLEDGED;
	for (const struct read_change *c = change + 1; c < view->changes + view->n_changes; c++)
		/* what came and is over leaves this change as the last */
		if (c->series == change->series && !c->closed && !c->returns)
			return CHANGE_PAST;
	return change->newest ? CHANGE_NEW : CHANGE_OPEN;
}

const char *change_state_name(enum change_state state)
{
	static const char *const names[] = { "new",  "open",   "acknowledged",
					     "past", "return", "closed" };

	return names[state];
}

const char *word_series(const struct read_series *series, char buffer[WORDS_SIZE])
{
	const struct cost_words words = {
		.title = series_title(series),
		.group = "",
		.operation = series->operation,
	};
	const struct cost_name name = {
		.bench = series->bench,
		.arm = series->arm,
		.metric = series->metric,
		.fs = series->fs,
		.access = series->access,
		.fill = series->fill,
		.files = "",
		.further = series->further,
		.words = &words,
	};
	char operation[LABEL_SIZE], target[LABEL_SIZE];
	const char *on = label_target(series->fs, series->access, target);

	bool median = !*series->figure || !strcmp(series->figure, FIGURE_MEDIAN_NAME);

	snprintf(buffer, WORDS_SIZE, "%s%s%s%s%s", median ? "" : series->figure,
		 median ? "" : " of ", label_operation(&name, operation), *on ? ", " : "", on);
	return buffer;
}

const char *word_return(const struct view *view, const struct read_change *c,
			char buffer[WORDS_SIZE])
{
	*buffer = '\0';
	if (c->returns)
		snprintf(buffer, WORDS_SIZE, "the level before change %s is back",
			 view->changes[c->returned].id);
	return buffer;
}

const char *word_kernel(const struct read_night *night, char buffer[WORDS_SIZE])
{
	const char *revision = night->night.revision;

	if (*revision)
		snprintf(buffer, WORDS_SIZE, "%s (%.*s)", night->night.kernel, REVISION_SHOWN,
			 revision);
	else
		snprintf(buffer, WORDS_SIZE, "%s", night->night.kernel);
	return buffer;
}

const char *word_range(const struct view *view, const struct read_change *c,
		       char buffer[RANGE_SIZE])
{
	char first[WORDS_SIZE], split[WORDS_SIZE], last[WORDS_SIZE], before[WORDS_SIZE];

	word_kernel(&view->nights[c->before], before);
	word_kernel(&view->nights[c->first], first);
	word_kernel(&view->nights[c->split], split);
	word_kernel(&view->nights[c->last], last);
	if (c->first == c->last)
		snprintf(buffer, RANGE_SIZE, "with %s, after %s", first, before);
	else
		snprintf(buffer, RANGE_SIZE, "with %s to %s, most likely %s; after %s", first, last,
			 split, before);
	return buffer;
}

void add_paragraph(struct text *text, const char *first, const char *format, ...)
{
	char words[2 * RANGE_SIZE];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(words, sizeof(words), format, arguments);
	va_end(arguments);
	text_wrap(text, MAIL_WIDTH, first, strlen(first) + 2, words);
}
