// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
	struct plan_word *word = realloc(list->word, (list->n + 1) * sizeof(*word));

	if (!word)
		return plan_refuse(p, -ENOMEM, "out of memory");
	list->word = word;
	word[list->n].line = p->line;
	word[list->n].text = strndup(text, len);
	if (!word[list->n].text)
		return plan_refuse(p, -ENOMEM, "out of memory");
	list->n++;
	return 1;
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

int plan_take_yes(struct plan_parser *p, bool *yes, const char *key, const char *value)
{
	*yes = !strcmp(value, "yes");
	if (!*yes && strcmp(value, "no") != 0)
		return plan_refuse(p, -EINVAL, "%s = \"%s\" is neither yes nor no", key, value);
	return 1;
}

int plan_take_percent(struct plan_parser *p, double *percent, const char *value)
{
	char *end;
	double n = strtod(value, &end);

	if (end == value || *end || !(n >= 0 && n <= 100))
		return plan_refuse(p, -EINVAL, "\"%s\" is not a percentage from 0 to 100", value);
	*percent = n;
	return 1;
}

int plan_unknown_key(struct plan_parser *p, const char *section, const char *key,
		     const char *choices)
{
	return plan_refuse(p, -EINVAL, "unknown key \"%s\" in [%s]; known: %s", key, section,
			   choices);
}
