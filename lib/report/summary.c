// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>
#include <string.h>

#include "report/labels.h"
#include "report/summary.h"

static const struct metric_change *largest(const struct comparison *c, enum verdict verdict)
{
	const struct metric_change *found = NULL;

	for (size_t i = 0; i < c->n_metrics; i++) {
		const struct metric_change *m = &c->metrics[i];

		if (m->judgement.verdict != verdict)
			continue;
		if (!found || fabs(m->judgement.change_pct) > fabs(found->judgement.change_pct))
			found = m;
	}
	return found;
}

static const struct metric_change *larger(const struct metric_change *a,
					  const struct metric_change *b)
{
	if (!a || !b)
		return a ? a : b;
	return fabs(b->judgement.change_pct) > fabs(a->judgement.change_pct) ? b : a;
}

/*
 * The change to begin with. The write fault on a page that was read before is
 * what this suite is about, so it goes before a larger change elsewhere.
 */
static const struct metric_change *headline(const struct comparison *c)
{
	const struct metric_change *found = NULL;

	for (size_t i = 0; i < c->n_metrics; i++) {
		const struct metric_change *m = &c->metrics[i];

		if (!strcmp(m->bench, "first-write") && !strcmp(m->arm, "read-then-write") &&
		    (m->judgement.verdict == VERDICT_WORSE ||
		     m->judgement.verdict == VERDICT_BETTER))
			found = larger(found, m);
	}
	return found ? found : larger(largest(c, VERDICT_WORSE), largest(c, VERDICT_BETTER));
}

/* "a first write to a page already read on ext4 DAX costs 335.2% more ..." */
static void add_headline(struct text *text, const struct metric_change *m)
{
	char operation[LABEL_SIZE], target[LABEL_SIZE], base[LABEL_SIZE], new[LABEL_SIZE];
	const struct judgement *j = &m->judgement;
	const char *on = label_target(m->fs, m->access, target);

	text_add(text, "%s%s%s %s ", label_operation(m, operation), *on ? " on " : "", on,
		 m->higher_is_better ? "reaches" : "costs");
	if (isinf(j->change_pct))
		text_add(text, "%s", label_number(j->other, new));
	else
		text_add(text, "%.1f%% %s", fabs(j->change_pct),
			 j->change_pct > 0 ? "more" : "less");
	text_add(text, " (%s to %s %s)", label_number(j->base, base), label_number(j->other, new),
		 m->unit);
}

/* "19 worse, most of all splice sendfile-4k on ext4 DAX (+4.0%)" */
static void add_direction(struct text *text, const struct comparison *c, enum verdict verdict,
			  const struct metric_change *told)
{
	const struct metric_change *m = largest(c, verdict);
	char operation[LABEL_SIZE], target[LABEL_SIZE], change[LABEL_SIZE];
	const char *on;

	if (!m)
		return;
	text_add(text, ", %zu %s", comparison_count(c, verdict), verdict_name(verdict));
	if (m == told)
		return;
	on = label_target(m->fs, m->access, target);
	text_add(text, ", most of all %s%s%s (%s)", label_operation(m, operation),
		 *on ? " on " : "", on, label_change(m->judgement.change_pct, change));
}

static void add_changes(struct text *text, const struct comparison *c)
{
	const struct metric_change *told = headline(c);
	size_t open = comparison_count(c, VERDICT_INCONCLUSIVE);

	add_headline(text, told);
	text_add(text, "; of %zu costs %zu unchanged", c->n_metrics,
		 comparison_count(c, VERDICT_SAME));
	add_direction(text, c, VERDICT_WORSE, told);
	add_direction(text, c, VERDICT_BETTER, told);
	if (open)
		text_add(text, ", %zu inconclusive", open);
}

static size_t count_checks(const struct comparison *c, enum check_verdict base,
			   enum check_verdict new)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n_checks; i++)
		n += c->checks[i].base == base && c->checks[i].new == new;
	return n;
}

static bool same_outcome(const struct check_change *a, const struct check_change *b)
{
	return a->base == b->base && a->new == b->new;
}

/* "ext2 DAX, ext4 DAX": where a check had the outcome of this one. */
static void add_targets(struct text *text, const struct comparison *c,
			const struct check_change *check)
{
	const char *separator = "";
	char target[LABEL_SIZE];

	for (size_t i = 0; i < c->n_checks; i++) {
		const struct check_change *other = &c->checks[i];

		if (strcmp(other->name, check->name) != 0 || !same_outcome(other, check))
			continue;
		text_add(text, "%s%s", separator, label_target(other->fs, other->access, target));
		separator = ", ";
	}
}

static bool first_of_its_name(const struct comparison *c, size_t check)
{
	for (size_t i = 0; i < check; i++)
		if (!strcmp(c->checks[i].name, c->checks[check].name) &&
		    same_outcome(&c->checks[i], &c->checks[check]))
			return false;
	return true;
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

	add_targets(&targets, c, &c->checks[first]);
	for (size_t i = 0; i < c->n_checks && !said; i++) {
		struct text own = { 0 };

		if (!same_outcome(&c->checks[i], &c->checks[first]) || !first_of_its_name(c, i))
			continue;
		add_targets(&own, c, &c->checks[i]);
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

static void add_checks(struct text *text, const struct comparison *c, const char *what,
		       enum check_verdict base, enum check_verdict new)
{
	const char *separator = what;

	for (size_t i = 0; i < c->n_checks; i++) {
		const struct check_change *check = &c->checks[i];

		if (check->base == base && check->new == new &&first_of_its_name(c, i) &&
		    add_promises(text, c, i, separator))
			separator = "; ";
	}
}

static void add_no_change(struct text *text, const struct comparison *c)
{
	size_t same = comparison_count(c, VERDICT_SAME);
	size_t open = comparison_count(c, VERDICT_INCONCLUSIVE);

	if (!c->n_metrics)
		text_add(text, "no cost was compared");
	else if (!open)
		text_add(text, "none of %zu costs changed by more than %g%%", same, c->floor_pct);
	else
		text_add(text,
			 "no cost is proved to have changed (%zu the same within %g%%, %zu "
			 "inconclusive)",
			 same, c->floor_pct, open);
}

void report_summary(struct text *text, const struct comparison *c)
{
	size_t repaired = count_checks(c, CHECK_FAIL, CHECK_PASS);
	size_t broken = count_checks(c, CHECK_PASS, CHECK_FAIL) +
			count_checks(c, CHECK_SKIP, CHECK_FAIL) +
			count_checks(c, CHECK_FAIL, CHECK_FAIL);

	text_add(text, "From \"%s\" to \"%s\", ", c->base->label, c->new->label);
	if (headline(c))
		add_changes(text, c);
	else
		add_no_change(text, c);
	add_checks(text, c, "; promises now broken: ", CHECK_PASS, CHECK_FAIL);
	add_checks(text, c, "; broken, and not tried before: ", CHECK_SKIP, CHECK_FAIL);
	add_checks(text, c, "; promises now kept: ", CHECK_FAIL, CHECK_PASS);
	add_checks(text, c, "; broken on both sides: ", CHECK_FAIL, CHECK_FAIL);
	if (c->n_checks && !repaired && !broken)
		text_add(text, "; no broken promise in %zu check%s", c->n_checks,
			 c->n_checks == 1 ? "" : "s");
	text_add(text, ".");
}
