// SPDX-License-Identifier: GPL-2.0-or-later
/* A series as JSON: a table of costs and one of checks, with a place for each side in every row. */
#include "report/columns.h"
#include "report/differences.h"
#include "report/json_parts.h"
#include "report/json_series.h"
#include "report/json_side.h"

/* What is made of the sides from 0 on, as an array; NULL when one of them is. */
static json_t *each_side(const struct comparison *c,
			 json_t *(*make)(const struct comparison *c, size_t side, const void *of),
			 const void *of)
{
	json_t *array = json_array();
	int err = !array;

	for (size_t i = 0; i < c->n_sides; i++)
		err |= json_array_append_new(array, make(c, i, of));
	if (!err)
		return array;
	json_decref(array);
	return NULL;
}

static json_t *side_object(const struct comparison *c, size_t side, const void *of)
{
	(void)of;
	return json_side(c->side[side]);
}

static json_t *cost_on_object(const struct comparison *c, size_t side, const void *of)
{
	const struct cost_on *on = &((const struct cost *)of)->on[side];

	(void)c;
	if (!on->measured)
		return json_null();
	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:I}", "value",
			 json_number(on->value), "low", json_number(on->low), "high",
			 json_number(on->high), "spread_pct", json_number(on->spread_pct), "median",
			 json_number(on->median), "p99", json_number(on->p99),
			 "faults_per_operation", json_number(on->faults), "n", (json_int_t)on->n);
}

static json_t *judgement_object(const struct judgement *j, const struct pair_spread *spread)
{
	json_t *object = json_pack("{s:o, s:o, s:o, s:s, s:o}", "change_pct",
				   json_number(j->change_pct), "ci_low_pct",
				   json_number(j->low_pct), "ci_high_pct", json_number(j->high_pct),
				   "verdict", verdict_name(j->verdict), "why", json_name(j->why));
	json_t *tests;

	if (!spread)
		return object;
	tests = json_tests(j, spread);
	if (json_object_update(object, tests)) {
		json_decref(object);
		object = NULL;
	}
	json_decref(tests);
	return object;
}

/* null where one of the two sides lacks the cost; a time has its tests and its p99. */
static json_t *change_object(const struct comparison *c, const struct change *change)
{
	json_t *object;

	if (!change)
		return json_null();
	if (comparison_mode(c) != SIDE_TIME)
		return judgement_object(&change->judgement, NULL);
	object = judgement_object(&change->judgement, &change->spread);
	if (!json_object_set_new(object, "p99",
				 judgement_object(&change->p99, &change->p99_spread)))
		return object;
	json_decref(object);
	return NULL;
}

static json_t *before_object(const struct comparison *c, size_t side, const void *of)
{
	return change_object(c, ((const struct cost *)of)->before[side]);
}

static json_t *first_object(const struct comparison *c, size_t side, const void *of)
{
	return change_object(c, ((const struct cost *)of)->first[side]);
}

static json_t *cost_object(const struct comparison *c, size_t at)
{
	const struct cost *cost = &c->costs[at];

	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:o}", "bench",
			 cost->name.bench, "arm", cost->name.arm, "metric", cost->name.metric,
			 "unit", cost->unit, "better", cost->higher_is_better ? "higher" : "lower",
			 "fs", cost->name.fs, "access", cost->name.access, "figure",
			 figure_name(cost->figure), "figure_why", json_name(cost->figure_why), "on",
			 each_side(c, cost_on_object, cost), "before",
			 each_side(c, before_object, cost), "first",
			 each_side(c, first_object, cost));
}

static json_t *seen_object(const struct comparison *c, size_t side, const void *of)
{
	const struct check_seen *seen = &((const struct promise *)of)->on[side];

	(void)c;
	return json_pack("{s:s, s:s}", "verdict", check_verdict_name(seen->verdict), "evidence",
			 seen->evidence);
}

static json_t *check_object(const struct comparison *c, size_t at)
{
	const struct promise *check = &c->checks[at];

	return json_pack("{s:s, s:s, s:s, s:o}", "name", check->name, "fs", check->fs, "access",
			 check->access, "on", each_side(c, seen_object, check));
}

static json_t *lacks_value(const struct comparison *c, size_t side, const void *of)
{
	(void)c;
	return json_boolean(((const struct missing *)of)->sides >> side & 1);
}

static json_t *missing_object(const struct comparison *c, size_t at)
{
	json_t *object = json_missing(&c->missing[at]);

	if (!json_object_set_new(object, "lacks", each_side(c, lacks_value, &c->missing[at])))
		return object;
	json_decref(object);
	return NULL;
}

static json_t *failed_object(const struct comparison *c, size_t at)
{
	const struct failed_side *f = &c->failed[at];

	return json_pack("{s:I, s:s, s:o, s:s, s:o}", "step", (json_int_t)failed_place(c, at),
			 "label", f->label, "subject", json_name(f->subject), "reason", f->reason,
			 "next",
			 f->before < c->n_sides ? json_integer((json_int_t)side_place(c, f->before))
						: json_null());
}

static json_t *list(const struct comparison *c, size_t n,
		    json_t *(*make)(const struct comparison *c, size_t at))
{
	json_t *array = json_array();
	int err = !array;

	for (size_t i = 0; i < n; i++)
		err |= json_array_append_new(array, make(c, i));
	if (!err)
		return array;
	json_decref(array);
	return NULL;
}

static json_t *step_object(const struct comparison *c, size_t at)
{
	const struct side *side = c->side[at + 1];

	return json_pack("{s:I, s:s, s:o}", "step", (json_int_t)side_place(c, at + 1), "label",
			 side->label, "subject", json_name(side->boots[0].run.subject));
}

json_t *json_series(const struct comparison *c)
{
	return json_pack(
		"{s:i, s:s, s:o, s:o, s:o, s:o, s:o, s:I, s:I, s:o, s:o, s:o, s:o, s:o}", "format",
		2, "mode", side_mode_name(comparison_mode(c)), "summary", json_summary(c),
		"differs", differences_json(c), "sides", each_side(c, side_object, NULL),
		"floor_pct", json_number(c->limits.floor_pct), "margin_pct",
		json_number(c->limits.margin_pct), "boots", (json_int_t)c->side[0]->n_boots,
		"refused", (json_int_t)c->n_refused, "steps", list(c, c->n_sides - 1, step_object),
		"costs", list(c, c->n_costs, cost_object), "checks",
		list(c, c->n_checks, check_object), "missing",
		list(c, c->n_missing, missing_object), "failed",
		list(c, c->n_failed, failed_object));
}
