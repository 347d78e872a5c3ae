// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/plain.h"
#include "plan/plan_values.h"

int plan_refuse(struct plan_parser *p, int status, const char *format, ...)
{
	char what[PLAN_ERROR_MAX - 220];
	va_list args;

	if (p->status)
		return 0;
	va_start(args, format);
	vsnprintf(what, sizeof(what), format, args);
	va_end(args);
	p->status = status;
	/* it quotes values, which may hold tabs */
	plain_text(what);
	snprintf(p->error, PLAN_ERROR_MAX, "%.200s:%d: %s", p->plan->path, p->line, what);
	return 0;
}

static int list_add(struct plan_parser *p, struct plan_list *list, const char *text, size_t len)
{
	struct plan_word *word = array_add(&list->word, &list->n, sizeof(*word));

	if (word) {
		word->line = p->line;
		word->text = strndup(text, len);
	}
	return word && word->text ? 1 : plan_refuse(p, -ENOMEM, "out of memory");
}

int plan_take_words(struct plan_parser *p, struct plan_list *list, const char *value)
{
	static const char apart[] = " \t,";

	for (value += strspn(value, apart); *value; value += strspn(value, apart)) {
		size_t len = strcspn(value, apart);

		for (size_t i = 0; i < list->n; i++)
			if (strlen(list->word[i].text) == len &&
			    !strncmp(list->word[i].text, value, len))
				return plan_refuse(p, -EINVAL,
						   "\"%.*s\" is named twice (first in line %d)",
						   (int)len, value, list->word[i].line);
		if (!list_add(p, list, value, len))
			return 0;
		value += len;
	}
	return 1;
}

int plan_take_text(struct plan_parser *p, char **text, const char *value)
{
	if (!*value)
		return plan_refuse(p, -EINVAL, "a value is missing");
	if (strchr(value, '\t'))
		return plan_refuse(p, -EINVAL, "a tab in a value that is no list");
	free(*text);
	*text = strdup(value);
	return *text ? 1 : plan_refuse(p, -ENOMEM, "out of memory");
}

int plan_take_whole(struct plan_parser *p, uint64_t *number, const char *value, uint64_t min,
		    uint64_t max)
{
	char *end;

	errno = 0;
	unsigned long long n = strtoull(value, &end, 10);

	if (errno || end == value || *end || *value == '-' || n < min || n > max)
		return plan_refuse(p, -EINVAL, "\"%s\" is not a whole number from %llu to %llu",
				   value, (unsigned long long)min, (unsigned long long)max);
	*number = n;
	return 1;
}

static int take_yes(struct plan_parser *p, bool *yes, const char *key, const char *value)
{
	*yes = !strcmp(value, "yes");
	if (!*yes && strcmp(value, "no") != 0)
		return plan_refuse(p, -EINVAL, "%s = \"%s\" is neither yes nor no", key, value);
	return 1;
}

static int take_percent(struct plan_parser *p, double *percent, const char *value)
{
	char *end;
	double n = strtod(value, &end);

	if (end == value || *end || !(n >= 0 && n <= 100))
		return plan_refuse(p, -EINVAL, "\"%s\" is not a percentage from 0 to 100", value);
	*percent = n;
	return 1;
}

int plan_take_value(struct plan_parser *p, const struct plan_key *key, void *object,
		    const char *value)
{
	void *at = (char *)object + key->offset;

	switch (key->type) {
	case PLAN_TEXT:
		return plan_take_text(p, at, value);
	case PLAN_WORDS:
		return plan_take_words(p, at, value);
	case PLAN_WHOLE:
		return plan_take_whole(p, at, value, key->least, key->most);
	case PLAN_PERCENT:
		return take_percent(p, at, value);
	case PLAN_YES:
		return take_yes(p, at, key->name, value);
	default:
		return 0;
	}
}

/* The key is none of these: names them all. */
static int refuse_key(struct plan_parser *p, const char *section, const struct plan_key *keys,
		      const char *name)
{
	char known[PLAN_ERROR_MAX] = "";
	size_t used = 0;

	for (const struct plan_key *key = keys; key->name && used < sizeof(known); key++)
		used += (size_t)snprintf(known + used, sizeof(known) - used, "%s%s%s%s%s",
					 used ? ", " : "", key->name, key->unit ? " (" : "",
					 key->unit ? key->unit : "", key->unit ? ")" : "");
	return plan_refuse(p, -EINVAL, "unknown key \"%s\" in [%s]; known: %s", name, section,
			   known);
}

int plan_take_key(struct plan_parser *p, const char *section, const struct plan_key *keys,
		  void *object, const char *name, const char *value)
{
	for (const struct plan_key *key = keys; key->name; key++)
		if (!strcmp(key->name, name))
			return (key->take ? key->take : plan_take_value)(p, key, object, value);
	return refuse_key(p, section, keys, name);
}

void plan_initialise(const struct plan_key *keys, void *object)
{
	for (const struct plan_key *key = keys; key->name; key++) {
		void *at = (char *)object + key->offset;

		if (key->type == PLAN_WHOLE)
			*(uint64_t *)at = (uint64_t)key->initial;
		else if (key->type == PLAN_PERCENT)
			*(double *)at = key->initial;
	}
}

void plan_release(const struct plan_key *keys, void *object)
{
	for (const struct plan_key *key = keys; key->name; key++) {
		void *at = (char *)object + key->offset;
		struct plan_list *list = at;

		if (key->type == PLAN_TEXT)
			free(*(char **)at);
		else if (key->type == PLAN_WORD)
			free(((struct plan_word *)at)->text);
		if (key->type != PLAN_WORDS)
			continue;
		for (size_t i = 0; i < list->n; i++)
			free(list->word[i].text);
		free(list->word);
	}
}

void *plan_find_named(void *array, size_t n, size_t size, const char *name)
{
	for (size_t i = 0; i < n; i++) {
		struct plan_word *word = (struct plan_word *)((char *)array + i * size);

		if (!strcmp(word->text, name))
			return word;
	}
	return NULL;
}

void *plan_add_named(struct plan_parser *p, void *array, size_t *n, size_t size, const char *name)
{
	struct plan_word *word = array_add(array, n, size);

	if (word) {
		word->line = p->line;
		word->text = strdup(name);
	}
	if (!word || !word->text) {
		plan_refuse(p, -ENOMEM, "out of memory");
		return NULL;
	}
	return word;
}
