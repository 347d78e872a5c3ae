// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>
#include <string.h>

#include "report/differences.h"
#include "report/json.h"
#include "report/json_parts.h"
#include "report/json_series.h"
#include "report/json_side.h"
#include "report/labels.h"
#include "report/measured.h"
#include "report/scaling_table.h"

/* The names of a metric, and what one side gave. */
static json_t *measured_object(const struct comparison *c, const struct cost *m)
{
	const struct cost_on *on = &m->on[0];
	struct measured measured;
	struct scaled scaled;
	json_t *object;

	measured_over_runs(c, m, &measured);
	object = json_pack(
		"{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, "
		"s:o, s:o, s:I, s:o, s:o, s:o, s:o}",
		"bench", m->name.bench, "arm", m->name.arm, "metric", m->name.metric, "unit",
		m->unit, "better", m->higher_is_better ? "higher" : "lower", "fs", m->name.fs,
		"access", m->name.access, "figure", figure_name(m->figure), "value",
		json_number(on->value), "low", json_number(on->low), "high", json_number(on->high),
		"median", json_number(on->median), "mean", json_number(measured.mean), "p99",
		json_number(on->p99), "bytes_per_second", json_number(measured.bytes_per_second),
		"faults_per_operation", json_number(on->faults), "n", (json_int_t)on->n,
		"spread_pct", json_number(on->spread_pct), "batch_mean",
		json_number(measured.batch_mean), "moved", json_count(measured.moved, 0),
		"interrupted", json_count(measured.interrupted, 0));
	scaled_of(c, m, &scaled);
	if (scaled.threads && object &&
	    json_object_update_new(object,
				   json_pack("{s:I, s:o, s:o, s:o, s:o}", "threads",
					     (json_int_t)scaled.threads, "files",
					     json_name(scaled.files), "total_per_second",
					     json_number(scaled.total), "thread_per_second",
					     json_number(scaled.total / (double)scaled.threads),
					     "efficiency", json_number(scaled.efficiency)))) {
		json_decref(object);
		object = NULL;
	}
	return object;
}

static json_t *p99_object(const struct cost *m)
{
	const struct judgement *j = &cost_change(m)->p99;
	json_t *object = json_tests(j, &cost_change(m)->p99_spread), *more;

	more = json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:s, s:o}", "base",
			 json_number(j->base), "new", json_number(j->other), "change_pct",
			 json_number(j->change_pct), "ci_low_pct", json_number(j->low_pct),
			 "ci_high_pct", json_number(j->high_pct), "base_low",
			 json_number(j->base_low), "base_high", json_number(j->base_high),
			 "new_low", json_number(j->other_low), "new_high",
			 json_number(j->other_high), "verdict", verdict_name(j->verdict), "why",
			 json_name(j->why));
	if (json_object_update(object, more)) {
		json_decref(object);
		object = NULL;
	}
	json_decref(more);
	return object;
}

static json_t *count_object(const struct comparison *c, const struct cost *m)
{
	const struct judgement *j = &cost_change(m)->judgement;

	return json_pack(
		"{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, "
		"s:o, s:I, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
		"bench", m->name.bench, "arm", m->name.arm, "metric", m->name.metric, "unit",
		m->unit, "better", m->higher_is_better ? "higher" : "lower", "fs", m->name.fs,
		"access", m->name.access, "figure", figure_name(m->figure), "base",
		json_number(j->base), "new", json_number(j->other), "change_pct",
		json_number(j->change_pct), "ci_low_pct", json_number(j->low_pct), "ci_high_pct",
		json_number(j->high_pct), "base_median", json_number(cost_change(m)->median.base),
		"new_median", json_number(cost_change(m)->median.other), "n",
		(json_int_t)cost_operations(c, m), "verdict", verdict_name(j->verdict),
		"base_spread_pct", json_number(j->base_spread_pct), "new_spread_pct",
		json_number(j->other_spread_pct), "base_faults", json_number(m->on[0].faults),
		"new_faults", json_number(m->on[1].faults), "base_low", json_number(j->base_low),
		"base_high", json_number(j->base_high), "new_low", json_number(j->other_low),
		"new_high", json_number(j->other_high), "why", json_name(j->why), "figure_why",
		json_name(m->figure_why));
}

/* A time has its tests besides. */
static json_t *made_of_array(const struct cost *m)
{
	json_t *array = json_array();

	for (size_t i = 0; i < m->n_made_of; i++)
		json_array_append_new(array,
				      json_pack("{s:s, s:o}", "function", m->made_of[i].name,
						"change", json_number(m->made_of[i].change)));
	return array;
}

static json_t *metric_object(const struct comparison *c, const struct cost *m)
{
	json_t *object = count_object(c, m), *tests;

	if (object && m->n_made_of && json_object_set_new(object, "made_of", made_of_array(m))) {
		json_decref(object);
		return NULL;
	}

	if (comparison_mode(c) != SIDE_TIME)
		return object;
	tests = json_tests(&cost_change(m)->judgement, &cost_change(m)->spread);
	if (json_object_update(object, tests) ||
	    json_object_set_new(object, "p99", p99_object(m))) {
		json_decref(object);
		object = NULL;
	}
	json_decref(tests);
	return object;
}

static json_t *check_object(const struct promise *c)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "name", c->name, "fs", c->fs,
			 "access", c->access, "base", check_verdict_name(c->on[0].verdict), "new",
			 check_verdict_name(c->on[1].verdict), "evidence", c->on[1].evidence,
			 "base_evidence", c->on[0].evidence);
}

static json_t *verdict_object(const struct promise *c)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:s}", "name", c->name, "fs", c->fs, "access",
			 c->access, "verdict", check_verdict_name(c->on[0].verdict), "evidence",
			 c->on[0].evidence);
}

/* Of two sides: which of them lacks it, before the reason. */
static json_t *skipped_object(const struct comparison *c, const struct missing *missing)
{
	static const char *const sides[] = { NULL, "base", "new", "both" };
	const struct cost_name *name = &missing->name;

	if (c->n_sides == 1)
		return json_missing(missing);
	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:s, s:s}", "bench", json_name(name->bench),
			 "arm", json_name(name->arm), "metric", json_name(name->metric), "fs",
			 json_name(name->fs), "access", json_name(name->access), "side",
			 sides[missing->sides & 3], "reason", missing->reason);
}

/* 0 or -1 as jansson's: a NULL object is a failure here too. */
static int fill(json_t *metrics, json_t *checks, json_t *skipped, const struct comparison *c)
{
	bool one_side = c->n_sides == 1;
	int err = 0;

	for (size_t i = 0; i < c->n_costs; i++)
		err |= json_array_append_new(metrics, one_side ? measured_object(c, &c->costs[i])
							       : metric_object(c, &c->costs[i]));
	for (size_t i = 0; i < c->n_checks; i++)
		err |= json_array_append_new(checks, one_side ? verdict_object(&c->checks[i])
							      : check_object(&c->checks[i]));
	for (size_t i = 0; i < c->n_missing; i++)
		err |= json_array_append_new(skipped, skipped_object(c, &c->missing[i]));
	return err;
}

static json_t *root_object(const struct comparison *c, json_t *metrics, json_t *checks,
			   json_t *skipped)
{
	const char *mode = side_mode_name(comparison_mode(c));
	json_int_t boots = (json_int_t)c->side[0]->n_boots, refused = (json_int_t)c->n_refused;

	if (c->n_sides == 1)
		return json_pack("{s:i, s:s, s:o, s:o, s:o, s:s, s:s, s:I, s:I, s:[o]}", "format",
				 1, "mode", mode, "metrics", metrics, "checks", checks, "skipped",
				 skipped, "label", c->side[0]->label, "kernel",
				 c->side[0]->boots[0].machine.kernel, "runs", boots, "refused",
				 refused, "sides", json_side(c->side[0]));
	return json_pack("{s:i, s:s, s:o, s:o, s:o, s:o, s:o, s:s, s:s, s:o, s:o, s:I, s:I, "
			 "s:[o, o]}",
			 "format", 1, "mode", mode, "summary", json_summary(c), "differs",
			 differences_json(c), "metrics", metrics, "checks", checks, "skipped",
			 skipped, "base_label", c->side[0]->label, "new_label",
			 comparison_last(c)->label, "floor_pct", json_number(c->limits.floor_pct),
			 "margin_pct", json_number(c->limits.margin_pct), "boots", boots, "refused",
			 refused, "sides", json_side(c->side[0]), json_side(comparison_last(c)));
}

/* Of one side or two. */
static json_t *whole_object(const struct comparison *c)
{
	json_t *metrics = json_array(), *checks = json_array(), *skipped = json_array();
	int err = fill(metrics, checks, skipped, c);
	/* takes over the arrays, also when it fails */
	json_t *root = root_object(c, metrics, checks, skipped);

	if (root && !err)
		return root;
	json_decref(root);
	return NULL;
}

void report_json(struct text *text, const struct comparison *c)
{
	json_add(text, comparison_is_series(c) ? json_series(c) : whole_object(c));
}
