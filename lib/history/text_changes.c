// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "history/history_words.h"
#include "history/text_history.h"
#include "history/text_promises.h"

static void add_change(struct text *text, const struct view *view, const struct read_change *c)
{
	const struct read_series *series = &view->series[c->series];
	char words[RANGE_SIZE], before[LABEL_SIZE], after[LABEL_SIZE], change[LABEL_SIZE];
	/* a time brings its own */
	const char *unit = strcmp(series->unit, "ns") != 0 ? label_unit(series->unit) : "";

	add_paragraph(text, "  ", "%s %s: %s", label_change(c->change_pct, change),
		      c->worse ? "worse" : "better", word_series(series, words));
	add_paragraph(text, "    ", "%s to %s%s%s, %s",
		      label_value(c->value_before, series->unit, before),
		      label_value(c->value_after, series->unit, after), *unit ? " " : "", unit,
		      series->branch);
	add_paragraph(text, "    ", "came %s", word_range(view, c, words));
	if (c->returns)
		add_paragraph(text, "    ", "%s", word_return(view, c, words));
	if (c->p > 0)
		add_paragraph(text, "    ", "found %.10s, p = %.2g, from the nights of %.10s on",
			      view->nights[c->found].night.date, c->p,
			      view->nights[c->split].night.date);
	if (c->acknowledged)
		add_paragraph(text, "    ", "change %s, acknowledged %.10s: %s", c->id, c->noted,
			      c->note);
	else
		add_paragraph(text, "    ", "change %s", c->id);
}

void report_changes(struct text *text, const struct view *view, bool newest)
{
	size_t shown = 0;

	for (size_t i = view->n_changes; i > 0; i--) {
		const struct read_change *c = &view->changes[i - 1];

		if (newest && !c->newest)
			continue;
		text_add(text, "%s%s\n", shown++ ? "\n" : "",
			 change_state_name(change_state(view, c)));
		add_change(text, view, c);
	}
	if (!shown)
		text_add(text, "no change%s\n", newest ? " was found in the last night" : "");
}

size_t count_regressions(const struct view *view)
{
	size_t n = 0;

	for (size_t i = 0; i < view->n_nights; i++)
		n += count_newly_broken(view, i);

	for (size_t i = 0; i < view->n_changes; i++)
		n += view->changes[i].worse && change_state(view, &view->changes[i]) == CHANGE_NEW;
	return n;
}

static bool is_of(const struct view *view, const struct read_change *c,
		  const struct read_night *night)
{
	const struct read_series *series = &view->series[c->series];

	return !strcmp(series->branch, night->night.branch) && !strcmp(series->mode, night->mode);
}

static int by_size(const void *a, const void *b)
{
	const struct read_change *one = ((const struct listed_change *)a)->change;
	const struct read_change *two = ((const struct listed_change *)b)->change;
	double first = fabs(one->ratio_after - one->ratio_before);
	double second = fabs(two->ratio_after - two->ratio_before);

	return (first < second) - (first > second);
}

size_t list_changes(const struct view *view, const struct read_night *night,
		    enum change_state state, bool worse, struct listed_change *listed)
{
	size_t n = 0;

	for (size_t i = 0; i < view->n_changes; i++) {
		const struct read_change *c = &view->changes[i];

		if (c->worse == worse && is_of(view, c, night) && change_state(view, c) == state &&
		    (state != CHANGE_RETURN || c->newest))
			listed[n++].change = c;
	}
	if (n)
		qsort(listed, n, sizeof(*listed), by_size);
	return n;
}

#define SHOWN_MAX 20

const char *word_list(enum change_state state)
{
	if (state == CHANGE_RETURN)
		return "An earlier level is back";
	return state == CHANGE_NEW ? "New" : "Open since earlier";
}

static void add_list(struct text *text, const struct view *view, const struct read_night *night,
		     enum change_state state, bool worse, struct listed_change *listed)
{
	size_t n = list_changes(view, night, state, worse, listed);

	if (!n)
		return;
	text_add(text, "\n%s, %s: %zu\n", word_list(state), worse ? "worse" : "better", n);
	for (size_t i = 0; i < n && i < SHOWN_MAX; i++)
		add_change(text, view, listed[i].change);
	if (n > SHOWN_MAX)
		text_add(text, "  and %zu smaller ones; daxmark history changes has all\n",
			 n - SHOWN_MAX);
}

static size_t count_held(const struct view *view, const struct read_night *night, const char *held)
{
	size_t n = 0;

	for (size_t i = 0; i < view->n_series; i++)
		n += !strcmp(view->series[i].held, held) && view->series[i].looked == night->id;
	return n;
}

static size_t count_acknowledged(const struct view *view, const struct read_night *night)
{
	size_t n = 0;

	for (size_t i = 0; i < view->n_changes; i++)
		n += view->changes[i].acknowledged && is_of(view, &view->changes[i], night);
	return n;
}

static void add_rest(struct text *text, const struct view *view, const struct read_night *night)
{
	size_t acknowledged = count_acknowledged(view, night);
	size_t drifts = count_held(view, night, "drifts");
	size_t follows = count_held(view, night, "autocorrelated");

	if (acknowledged || drifts || follows)
		text_add(text, "\n");
	if (acknowledged)
		add_paragraph(text, "", "Acknowledged, not shown: %zu.", acknowledged);
	if (drifts)
		add_paragraph(text, "", "No step is named in %zu cost%s that drift%s.", drifts,
			      drifts == 1 ? "" : "s", drifts == 1 ? "s" : "");
	if (follows)
		add_paragraph(
			text, "",
			"No step is named in %zu cost%s in which a night follows the one before "
			"too "
			"much.",
			follows, follows == 1 ? "" : "s");
}

static void add_head(struct text *text, const struct view *view, size_t last, size_t nights,
		     struct listed_change *listed)
{
	const struct read_night *night = &view->nights[last];
	size_t worse = list_changes(view, night, CHANGE_NEW, true, listed);
	size_t better = list_changes(view, night, CHANGE_NEW, false, listed);
	size_t broken = count_newly_broken(view, last);
	char words[WORDS_SIZE], promises[LABEL_SIZE] = "";

	if (broken)
		snprintf(promises, sizeof(promises), "%zu check%s newly failing, ", broken,
			 broken == 1 ? "" : "s");
	if (night->values)
		add_paragraph(text, "", "%s: %s%zu new worse, %zu new better in %lld costs, %s",
			      night->night.branch, promises, worse, better,
			      (long long)night->values, word_kernel(night, words));
	else
		add_paragraph(text, "", "%s: %schecks alone, no cost was measured, %s",
			      night->night.branch, promises, word_kernel(night, words));
	add_paragraph(text, "  ",
		      "night of %.10s, mode %s, %zu night%s in the history, results in %s",
		      night->night.date, night->mode, nights, nights == 1 ? "" : "s",
		      night->night.folder);
	if (*night->starts)
		add_paragraph(
			text, "  ",
			"This night is the first with another %s: what it shows is not compared "
			"with the nights before.",
			night->starts);
}

void report_night(struct text *text, const struct view *view)
{
	struct listed_change *listed = malloc((view->n_changes + 1) * sizeof(*listed));
	size_t first = 0;

	if (!listed) {
		text->err = -ENOMEM;
		return;
	}
	for (size_t i = 0; i < view->n_nights; i++) {
		const struct read_night *night = &view->nights[i];

		if (i + 1 < view->n_nights && !strcmp(night[1].night.branch, night->night.branch) &&
		    !strcmp(night[1].mode, night->mode))
			continue;
		text_add(text, "%s", first ? "\n" : "");
		add_head(text, view, i, i + 1 - first, listed);
		report_promises(text, view, i, true);
		add_list(text, view, night, CHANGE_NEW, true, listed);
		add_list(text, view, night, CHANGE_NEW, false, listed);
		add_list(text, view, night, CHANGE_RETURN, true, listed);
		add_list(text, view, night, CHANGE_RETURN, false, listed);
		add_list(text, view, night, CHANGE_OPEN, true, listed);
		report_promises(text, view, i, false);
		add_rest(text, view, night);
		first = i + 1;
	}
	free(listed);
}
