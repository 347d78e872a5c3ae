// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "history/export.h"
#include "history/history_words.h"
#include "report/json_side.h"

/* Takes the object over; one that is NULL is remembered as no memory. */
static void add(struct text *text, const char *before, json_t *object)
{
	char *dump = object ? json_dumps(object,
					 JSON_COMPACT | JSON_ENSURE_ASCII | JSON_REAL_PRECISION(12))
			    : NULL;

	json_decref(object);
	if (dump)
		text_add(text, "%s%s", before, dump);
	else
		text->err = -ENOMEM;
	free(dump);
}

static json_t *percent(double ratio)
{
	return json_number(expm1(ratio) * 100);
}

static json_t *night_object(const struct read_night *n)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:f, s:s}", "date", n->night.date,
			 "branch", n->night.branch, "mode", n->mode, "kernel", n->night.kernel,
			 "revision", n->night.revision, "image", n->image, "folder",
			 n->night.folder, "none_pct", n->none_pct, "starts", n->starts);
}

void export_json_begin(struct text *text, const struct view *view)
{
	text_add(text, "{\"format\":1,\n\"nights\":[");
	for (size_t i = 0; i < view->n_nights; i++)
		add(text, i ? ",\n" : "\n", night_object(&view->nights[i]));
	text_add(text, "],\n\"series\":[");
}

/* Quiet, or what its last change, or what was seen instead of one, is. */
static const char *state_of(const struct view *view, const struct read_series *series)
{
	for (size_t i = view->n_changes; i > 0; i--)
		if (&view->series[view->changes[i - 1].series] == series)
			return change_state_name(change_state(view, &view->changes[i - 1]));
	return *series->held ? series->held : "quiet";
}

static json_t *value_array(const struct read_value *v)
{
	return json_pack("[I, o, o, o, o, o]", (json_int_t)v->night, json_number(v->base),
			 json_number(v->new), percent(v->ratio), percent(v->ratio_low),
			 percent(v->ratio_high));
}

static json_t *segment_object(const struct segment *s, const struct read_value *values)
{
	return json_pack("{s:I, s:I, s:i, s:o, s:s?, s:s}", "first",
			 (json_int_t)values[s->first].night, "last",
			 (json_int_t)values[s->end - 1].night, "nights", (int)(s->end - s->first),
			 "change_pct", percent(s->level), "change",
			 s->change ? s->change->id : NULL, "starts", s->starts);
}

static json_t *values_of(const struct read_value *values, size_t n)
{
	json_t *array = json_array();

	for (size_t i = 0; i < n; i++)
		json_array_append_new(array, value_array(&values[i]));
	return array;
}

static json_t *segments_of(const struct segment *segments, size_t n,
			   const struct read_value *values)
{
	json_t *array = json_array();

	for (size_t i = 0; i < n; i++)
		json_array_append_new(array, segment_object(&segments[i], values));
	return array;
}

void export_json_series(struct text *text, const struct view *view, const struct read_series *s,
			const struct read_value *values, size_t n, const struct segment *segments,
			size_t n_segments)
{
	char name[SERIES_NAME_MAX], words[WORDS_SIZE];

	series_name(s, name);
	add(text, s == view->series ? "\n" : ",\n",
	    json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:I, "
		      "s:o, s:o, s:[s,s,s,s,s,s], s:o, s:o}",
		      "name", name, "words", word_series(s, words), "branch", s->branch, "mode",
		      s->mode, "bench", s->bench, "arm", s->arm, "metric", s->metric, "fs", s->fs,
		      "access", s->access, "figure", s->figure, "unit", s->unit, "better",
		      s->higher_is_better ? "higher" : "lower", "state", state_of(view, s), "held",
		      s->held, "outliers", (json_int_t)s->outliers, "deviation_pct",
		      percent(s->deviation), "autocorrelation", json_number(s->autocorrelation),
		      "columns", "night", "base", "new", "change_pct", "low_pct", "high_pct",
		      "values", values_of(values, n), "segments",
		      segments_of(segments, n_segments, values)));
}

static json_t *change_object(const struct view *view, const struct read_change *c)
{
	char name[SERIES_NAME_MAX];

	series_name(&view->series[c->series], name);
	return json_pack(
		"{s:s, s:s, s:s, s:b, s:o, s:o, s:o, s:o, s:I, s:I, s:I, s:I, s:I, s:s?, s:s?, "
		"s:s?}",
		"id", c->id, "series", name, "state", change_state_name(change_state(view, c)),
		"worse", c->worse, "change_pct", json_number(c->change_pct), "value_before",
		json_number(c->value_before), "value_after", json_number(c->value_after), "p",
		json_number(c->p), "found", (json_int_t)c->found, "before", (json_int_t)c->before,
		"first", (json_int_t)c->first, "split", (json_int_t)c->split, "last",
		(json_int_t)c->last, "note", c->acknowledged ? c->note : NULL, "acknowledged",
		c->acknowledged ? c->noted : NULL, "returns",
		c->returns ? view->changes[c->returned].id : NULL);
}

static json_t *promise_object(const struct view *view, const struct read_promise *p)
{
	const struct read_night *night = &view->nights[p->night];

	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:I, s:I, s:b, s:s}", "branch",
			 night->night.branch, "mode", night->mode, "name", p->name, "fs", p->fs,
			 "access", p->access, "base", check_verdict_name(p->base), "new",
			 check_verdict_name(p->now), "before", check_verdict_name(p->before),
			 "night", (json_int_t)p->night, "since", (json_int_t)p->since, "is_new",
			 promise_is_new(p), "evidence", p->evidence);
}

void export_json_end(struct text *text, const struct view *view)
{
	text_add(text, "],\n\"changes\":[");
	for (size_t i = 0; i < view->n_changes; i++)
		add(text, i ? ",\n" : "\n", change_object(view, &view->changes[i]));
	text_add(text, "],\n\"checks\":[");
	for (size_t i = 0; i < view->n_promises; i++)
		add(text, i ? ",\n" : "\n", promise_object(view, &view->promises[i]));
	text_add(text, "]}\n");
}
