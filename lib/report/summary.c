// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>
#include <string.h>

#include "report/groups.h"
#include "report/labels.h"
#include "report/outcomes.h"
#include "report/summary.h"
#include "report/tails.h"

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

/* The change to begin with where the write fault did not change. */
static const struct metric_change *largest_of_all(const struct comparison *c)
{
	const struct metric_change *worse = largest(c, VERDICT_WORSE);
	const struct metric_change *better = largest(c, VERDICT_BETTER);

	if (!worse || !better)
		return worse ? worse : better;
	return fabs(better->judgement.change_pct) > fabs(worse->judgement.change_pct) ? better
										      : worse;
}

static bool write_fault_changed(const struct metric_change *m, bool dax)
{
	return cost_is_write_fault(&m->name) && metric_changed(m) &&
	       !strcmp(m->name.access, "dax") == dax;
}

static bool any_write_fault_changed(const struct comparison *c, bool dax)
{
	for (size_t i = 0; i < c->n_metrics; i++)
		if (write_fault_changed(&c->metrics[i], dax))
			return true;
	return false;
}

/*
 * The write fault on a DAX page
 * that was read before is what this suite is about, so it goes before a larger
 * change elsewhere.
 */
bool summary_leads(const struct comparison *c, const struct metric_change *m)
{
	if (any_write_fault_changed(c, true))
		return write_fault_changed(m, true);
	if (any_write_fault_changed(c, false))
		return write_fault_changed(m, false);
	return m == largest_of_all(c);
}

/*
 * "351.2% more on ext4 DAX (920 to 4151 instructions)", of a time "10.2% more
 * on ext4 DAX (900 to 992 ns, 95% interval +9.8..+10.6%)"
 */
static void add_change(struct text *text, const struct comparison *c, const struct metric_change *m)
{
	char target[LABEL_SIZE], base[LABEL_SIZE], new[LABEL_SIZE], interval[LABEL_SIZE];
	const struct judgement *j = &m->judgement;
	const char *on = label_target(m->name.fs, m->name.access, target);

	if (isinf(j->change_pct) || change_is_beyond(j->change_pct))
		text_add(text, "%s instead of %s", label_figure(j->other, m->unit, new),
			 label_figure(j->base, m->unit, base));
	else
		text_add(text, "%.1f%% %s", fabs(j->change_pct),
			 j->change_pct > 0 ? "more" : "less");
	text_add(text, "%s%s (%s to %s %s", *on ? " on " : "", on,
		 label_figure(j->base, m->unit, base), label_figure(j->other, m->unit, new),
		 m->unit);
	if (c->base->mode == SIDE_TIME)
		text_add(text, ", 95%% interval %s",
			 label_interval(j->low_pct, j->high_pct, interval));
	if (metric_by_mean(m))
		text_add(text, ", a mean");
	if (metric_by_mean(m) && (m->base_faults > 0 || m->new_faults > 0))
		text_add(text, " of %.4g to %.4g page faults", m->base_faults, m->new_faults);
	text_add(text, ")");
}

/* "a first write to a page already read costs ... on ext2 DAX and ... on ext4 DAX" */
static void add_lead(struct text *text, const struct comparison *c)
{
	char operation[LABEL_SIZE];
	size_t left = 0, said = 0;

	for (size_t i = 0; i < c->n_metrics; i++)
		left += summary_leads(c, &c->metrics[i]);
	for (size_t i = 0; i < c->n_metrics; i++) {
		const struct metric_change *m = &c->metrics[i];

		if (!summary_leads(c, m))
			continue;
		if (!said)
			text_add(text, "%s %s ", label_operation(&m->name, operation),
				 m->higher_is_better ? "reaches" : "costs");
		else
			text_add(text, left == 1 ? " and " : ", ");
		add_change(text, c, m);
		said++;
		left--;
	}
}

/* "; 15 worse, most of all splice sendfile-4k on ext4 DAX (+4.0%)" */
static void add_others(struct text *text, const struct comparison *c, enum verdict verdict)
{
	const struct metric_change *most = NULL;
	char operation[LABEL_SIZE], target[LABEL_SIZE], change[LABEL_SIZE];
	const char *on;
	size_t n = 0;

	for (size_t i = 0; i < c->n_metrics; i++) {
		const struct metric_change *m = &c->metrics[i];

		if (m->judgement.verdict != verdict || summary_leads(c, m))
			continue;
		n++;
		if (!most || fabs(m->judgement.change_pct) > fabs(most->judgement.change_pct))
			most = m;
	}
	if (!most)
		return;
	text_add(text, "%s %zu %s", text->length ? ";" : "Other costs:", n,
		 verdict == VERDICT_SAME ? "unchanged" : verdict_name(verdict));
	if (!metric_changed(most))
		return;
	on = label_target(most->name.fs, most->name.access, target);
	text_add(text, ", %s%s%s%s (%s%s)", n > 1 ? "most of all " : "",
		 label_operation(&most->name, operation), *on ? " on " : "", on,
		 label_change(most->judgement.change_pct, change), label_mean(most));
}

static void add_no_change(struct text *text, const struct comparison *c)
{
	size_t same = comparison_count(c, VERDICT_SAME);
	size_t open = comparison_count(c, VERDICT_INCONCLUSIVE);

	bool tails = comparison_tails(c, VERDICT_WORSE) || comparison_tails(c, VERDICT_BETTER);
	const char *what = tails ? "median" : "cost";

	if (!c->n_metrics)
		text_add(text, "no cost was compared");
	else if (!open && same == 1)
		text_add(text,
			 "the %s of the one operation that was compared did not change by "
			 "more than %g%%",
			 what, comparison_none_pct(c));
	else if (!open)
		text_add(text, "none of %zu %ss changed by more than %g%%", same, what,
			 comparison_none_pct(c));
	else
		text_add(text,
			 "no %s is proved to have changed (%zu the same within %g%%, %zu "
			 "inconclusive)",
			 what, same, comparison_none_pct(c), open);
}

/* By their labels; by their kernels where one plan was run under both. */
static void add_sides(struct text *text, const struct comparison *c)
{
	const char *base = c->base->boots[0].machine.kernel;
	const char *new = c->new->boots[0].machine.kernel;

	if (!strcmp(c->base->label, c->new->label) && !strcmp(base, new))
		text_add(text, "Between two results of \"%s\", ", c->base->label);
	else if (strcmp(c->base->label, c->new->label) != 0)
		text_add(text, "From \"%s\" to \"%s\", ", c->base->label, c->new->label);
	else
		text_add(text, "From Linux %s to Linux %s, ", base, new);
}

static void add_first_sentence(struct text *text, const struct comparison *c)
{
	add_sides(text, c);
	if (largest_of_all(c))
		add_lead(text, c);
	else
		add_no_change(text, c);
	outcome_list(text, c, "; checks that now fail: ", CHECK_PASS, CHECK_FAIL);
	outcome_list(text, c, "; checks that fail, and were not tried before: ", CHECK_SKIP,
		     CHECK_FAIL);
	outcome_list(text, c, "; checks that now pass: ", CHECK_FAIL, CHECK_PASS);
	outcome_list(text, c, "; checks that fail on both sides: ", CHECK_FAIL, CHECK_FAIL);
	if (c->n_checks && !outcome_any_made(c, false) && !outcome_any_made(c, true))
		text_add(text, "; no check could be made");
	else if (c->n_checks && !outcome_any_made(c, true))
		text_add(text, "; no check could be made on \"%s\"", label_sides(c).new);
	else if (c->n_checks && !outcome_any_failed(c))
		text_add(text, "; no check fails");
	text_add(text, ".");
}

void summary_words(struct text *words, const struct comparison *c)
{
	static const enum verdict order[] = { VERDICT_WORSE, VERDICT_BETTER, VERDICT_SAME,
					      VERDICT_INCONCLUSIVE };
	struct text second = { 0 };

	add_first_sentence(words, c);
	for (size_t i = 0; i < 4 && largest_of_all(c); i++)
		add_others(&second, c, order[i]);
	if (second.length)
		text_add(words, " %s.", second.data);
	if (text_error(&second))
		words->err = text_error(&second);
	text_free(&second);
	tails_sentence(words, c);
}

void report_summary(struct text *text, size_t width, const struct comparison *c)
{
	struct text words = { 0 };

	summary_words(&words, c);
	text_wrap_built(text, width, "", 0, &words);
}
