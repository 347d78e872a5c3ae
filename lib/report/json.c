// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/differences.h"
#include "report/json.h"
#include "report/json_parts.h"
#include "report/json_side.h"
#include "report/labels.h"
#include "report/measured.h"
#include "report/scaling_table.h"
#include "report/summary.h"

/* The names of a metric, and what one side gave. */
static json_t *measured_object(const struct comparison *c, const struct metric_change *m)
{
	const struct judgement *j = &m->judgement;
	struct measured measured;
	struct scaled scaled;
	json_t *object;

	measured_over_runs(c, m, &measured);
	object = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, "
			   "s:o, s:o, s:I, s:o, s:o, s:o, s:o}",
			   "bench", m->name.bench, "arm", m->name.arm, "metric", m->name.metric,
			   "unit", m->unit, "better", m->higher_is_better ? "higher" : "lower",
			   "fs", m->name.fs, "access", m->name.access, "figure",
			   figure_name(m->figure), "value", json_number(j->base), "low",
			   json_number(j->base_low), "high", json_number(j->base_high), "median",
			   json_number(m->median.base), "mean", json_number(measured.mean), "p99",
			   json_number(measured.p99), "bytes_per_second",
			   json_number(measured.bytes_per_second), "faults_per_operation",
			   json_number(m->base_faults), "n", (json_int_t)m->n, "spread_pct",
			   json_number(j->base_spread_pct), "batch_mean",
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

/* In percent of the quantile, from the deviation of a logarithm. */
static json_t *deviation(double log_deviation)
{
	return json_number(expm1(log_deviation) * 100);
}

/* The tests of a time, and what made its pairs vary. */
static json_t *test_object(const struct judgement *j, const struct pair_spread *spread)
{
	return json_pack("{s:I, s:o, s:o, s:o, s:o, s:o, s:o}", "pairs", (json_int_t)j->pairs,
			 "t_p", json_number(j->p), "wilcoxon_p", json_number(j->signed_rank_p),
			 "holm_p", json_number(j->holm_p), "pair_sd_pct", deviation(spread->total),
			 "within_sd_pct", deviation(spread->within), "between_sd_pct",
			 deviation(spread_between(spread)));
}

static json_t *p99_object(const struct metric_change *m)
{
	const struct judgement *j = &m->p99;
	json_t *object = test_object(j, &m->p99_spread), *more;

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

static json_t *count_object(const struct metric_change *m)
{
	const struct judgement *j = &m->judgement;

	return json_pack(
		"{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, "
		"s:o, s:I, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
		"bench", m->name.bench, "arm", m->name.arm, "metric", m->name.metric, "unit",
		m->unit, "better", m->higher_is_better ? "higher" : "lower", "fs", m->name.fs,
		"access", m->name.access, "figure", figure_name(m->figure), "base",
		json_number(j->base), "new", json_number(j->other), "change_pct",
		json_number(j->change_pct), "ci_low_pct", json_number(j->low_pct), "ci_high_pct",
		json_number(j->high_pct), "base_median", json_number(m->median.base), "new_median",
		json_number(m->median.other), "n", (json_int_t)m->n, "verdict",
		verdict_name(j->verdict), "base_spread_pct", json_number(j->base_spread_pct),
		"new_spread_pct", json_number(j->other_spread_pct), "base_faults",
		json_number(m->base_faults), "new_faults", json_number(m->new_faults), "base_low",
		json_number(j->base_low), "base_high", json_number(j->base_high), "new_low",
		json_number(j->other_low), "new_high", json_number(j->other_high), "why",
		json_name(j->why), "figure_why", json_name(m->figure_why));
}

/* A time has its tests besides. */
static json_t *made_of_array(const struct metric_change *m)
{
	json_t *array = json_array();

	for (size_t i = 0; i < m->n_made_of; i++)
		json_array_append_new(array,
				      json_pack("{s:s, s:o}", "function", m->made_of[i].name,
						"change", json_number(m->made_of[i].change)));
	return array;
}

static json_t *metric_object(const struct comparison *c, const struct metric_change *m)
{
	json_t *object = count_object(m), *tests;

	if (object && m->n_made_of && json_object_set_new(object, "made_of", made_of_array(m))) {
		json_decref(object);
		return NULL;
	}

	if (c->base->mode != SIDE_TIME)
		return object;
	tests = test_object(&m->judgement, &m->spread);
	if (json_object_update(object, tests) ||
	    json_object_set_new(object, "p99", p99_object(m))) {
		json_decref(object);
		object = NULL;
	}
	json_decref(tests);
	return object;
}

static json_t *check_object(const struct check_change *c)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "name", c->name, "fs", c->fs,
			 "access", c->access, "base", check_verdict_name(c->base), "new",
			 check_verdict_name(c->new), "evidence", c->new_evidence, "base_evidence",
			 c->base_evidence);
}

static json_t *verdict_object(const struct check_change *c)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:s}", "name", c->name, "fs", c->fs, "access",
			 c->access, "verdict", check_verdict_name(c->base), "evidence",
			 c->base_evidence);
}

static json_t *left_out_object(const struct comparison *c, const struct left_out *l)
{
	/* no key where the string is NULL */
	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:s*, s:s}", "bench", json_name(l->name.bench),
			 "arm", json_name(l->name.arm), "metric", json_name(l->name.metric), "fs",
			 json_name(l->name.fs), "access", json_name(l->name.access), "side",
			 has_one_side(c) ? NULL : which_side_name(l->side), "reason", l->reason);
}

/* 0 or -1 as jansson's: a NULL object is a failure here too. */
static int fill(json_t *metrics, json_t *checks, json_t *skipped, const struct comparison *c)
{
	bool one_side = has_one_side(c);
	int err = 0;

	for (size_t i = 0; i < c->n_metrics; i++)
		err |= json_array_append_new(metrics, one_side ? measured_object(c, &c->metrics[i])
							       : metric_object(c, &c->metrics[i]));
	for (size_t i = 0; i < c->n_checks; i++)
		err |= json_array_append_new(checks, one_side ? verdict_object(&c->checks[i])
							      : check_object(&c->checks[i]));
	for (size_t i = 0; i < c->n_left_out; i++)
		err |= json_array_append_new(skipped, left_out_object(c, &c->left_out[i]));
	return err;
}

json_t *json_line(struct text *built)
{
	json_t *string = NULL;

	if (!text_error(built) && built->length)
		string = json_stringn(built->data, strcspn(built->data, "\n"));
	text_free(built);
	return string;
}

/* The first words of the reports for people. */
static json_t *summary_string(const struct comparison *c)
{
	struct text summary = { 0 };

	report_summary(&summary, INT_MAX, c);
	return json_line(&summary);
}

static json_t *root_object(const struct comparison *c, json_t *metrics, json_t *checks,
			   json_t *skipped)
{
	const char *mode = side_mode_name(c->base->mode);
	json_int_t boots = (json_int_t)c->base->n_boots, refused = (json_int_t)c->n_refused;

	if (has_one_side(c))
		return json_pack("{s:i, s:s, s:o, s:o, s:o, s:s, s:s, s:I, s:I, s:[o]}", "format",
				 JSON_FORMAT, "mode", mode, "metrics", metrics, "checks", checks,
				 "skipped", skipped, "label", c->base->label, "kernel",
				 c->base->boots[0].machine.kernel, "runs", boots, "refused",
				 refused, "sides", json_side(c->base));
	return json_pack("{s:i, s:s, s:o, s:o, s:o, s:o, s:o, s:s, s:s, s:o, s:o, s:I, s:I, "
			 "s:[o, o]}",
			 "format", JSON_FORMAT, "mode", mode, "summary", summary_string(c),
			 "differs", differences_json(c), "metrics", metrics, "checks", checks,
			 "skipped", skipped, "base_label", c->base->label, "new_label",
			 c->new->label, "floor_pct", json_number(c->limits.floor_pct), "margin_pct",
			 json_number(c->limits.margin_pct), "boots", boots, "refused", refused,
			 "sides", json_side(c->base), json_side(c->new));
}

json_t *json_comparison(const struct comparison *c)
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

void json_add(struct text *text, json_t *root)
{
	char *dump = root ? json_dumps(root,
				       JSON_INDENT(1) | JSON_ENSURE_ASCII | JSON_REAL_PRECISION(15))
			  : NULL;

	json_decref(root);
	if (!dump) {
		text->err = -ENOMEM;
		return;
	}
	text_add(text, "%s\n", dump);
	free(dump);
}

void report_json(struct text *text, const struct comparison *c)
{
	json_add(text, json_comparison(c));
}
