// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "report/labels.h"
#include "report/outcomes.h"

bool outcome_is_same(const struct check_change *a, const struct check_change *b)
{
	return !strcmp(a->name, b->name) && a->base == b->base && a->new == b->new;
}

bool outcome_is_first(const struct comparison *c, size_t check)
{
	for (size_t i = 0; i < check; i++)
		if (outcome_is_same(&c->checks[i], &c->checks[check]))
			return false;
	return true;
}

void outcome_targets(struct text *text, const struct comparison *c,
		     const struct check_change *check)
{
	const char *separator = "";
	char target[LABEL_SIZE];

	for (size_t i = 0; i < c->n_checks; i++) {
		const struct check_change *other = &c->checks[i];

		if (!outcome_is_same(other, check))
			continue;
		text_add(text, "%s%s", separator, label_target(other->fs, other->access, target));
		separator = ", ";
	}
}

bool outcome_any_made(const struct comparison *c, bool on_new)
{
	for (size_t i = 0; i < c->n_checks; i++)
		if ((on_new ? c->checks[i].new : c->checks[i].base) != CHECK_SKIP)
			return true;
	return false;
}

bool outcome_any_failed(const struct comparison *c)
{
	for (size_t i = 0; i < c->n_checks; i++)
		if (c->checks[i].base == CHECK_FAIL || c->checks[i].new == CHECK_FAIL)
			return true;
	return false;
}

static bool same_verdicts(const struct check_change *a, const struct check_change *b)
{
	return a->base == b->base && a->new == b->new;
}

/*
 * The checks of one outcome that have it on the same targets as check number
 * first: "c/mtime updated, ... (ext2 DAX, ext4 DAX)". Nothing if an earlier
 * one has already said it.
 */
static bool add_promises(struct text *text, const struct comparison *c, size_t first,
			 const char *separator)
{
	struct text targets = { 0 }, names = { 0 };
	bool said = false;

	outcome_targets(&targets, c, &c->checks[first]);
	for (size_t i = 0; i < c->n_checks && !said; i++) {
		struct text own = { 0 };

		if (!same_verdicts(&c->checks[i], &c->checks[first]) || !outcome_is_first(c, i))
			continue;
		outcome_targets(&own, c, &c->checks[i]);
		if (own.data && targets.data && !strcmp(own.data, targets.data)) {
			said = i < first;
			text_add(&names, "%s%s", names.length ? ", " : "",
				 label_promise(c->checks[i].name));
		}
		text_free(&own);
	}
	if (!said && names.data)
		text_add(text, "%s%s", separator, names.data);
	if (!said && targets.length)
		text_add(text, " (%s)", targets.data);
	if (text_error(&targets) || text_error(&names))
		text->err = text_error(&targets) | text_error(&names);
	text_free(&targets);
	text_free(&names);
	return !said;
}

void outcome_list(struct text *text, const struct comparison *c, const char *what,
		  enum check_verdict base, enum check_verdict new)
{
	const char *separator = what;

	for (size_t i = 0; i < c->n_checks; i++) {
		const struct check_change *check = &c->checks[i];

		if (check->base == base && check->new == new &&outcome_is_first(c, i) &&
		    add_promises(text, c, i, separator))
			separator = "; ";
	}
}
