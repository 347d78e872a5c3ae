// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>

#include "report/json.h"

/* Whole numbers without ".0", and null for what JSON has no number for. */
static json_t *number(double value)
{
	if (!isfinite(value))
		return json_null();
	if (value == floor(value) && fabs(value) < 9e15)
		return json_integer((json_int_t)value);
	return json_real(value);
}

static json_t *name_or_null(const char *name)
{
	return *name ? json_string(name) : json_null();
}

static json_t *metric_object(const struct metric_change *m)
{
	const struct judgement *j = &m->judgement;

	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:I, s:s, "
			 "s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
			 "bench", m->bench, "arm", m->arm, "metric", m->metric, "unit", m->unit,
			 "better", m->higher_is_better ? "higher" : "lower", "fs", m->fs, "access",
			 m->access, "base", number(j->base), "new", number(j->other), "change_pct",
			 number(j->change_pct), "ci_low_pct", number(j->low_pct), "ci_high_pct",
			 number(j->high_pct), "n", (json_int_t)m->n, "verdict",
			 verdict_name(j->verdict), "base_spread_pct", number(j->base_spread_pct),
			 "new_spread_pct", number(j->other_spread_pct), "base_faults",
			 number(m->base_faults), "new_faults", number(m->new_faults), "base_low",
			 number(j->base_low), "base_high", number(j->base_high), "new_low",
			 number(j->other_low), "new_high", number(j->other_high), "why",
			 name_or_null(j->why));
}

static json_t *check_object(const struct check_change *c)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "name", c->name, "fs", c->fs,
			 "access", c->access, "base", check_verdict_name(c->base), "new",
			 check_verdict_name(c->new), "evidence", c->new_evidence, "base_evidence",
			 c->base_evidence);
}

static json_t *left_out_object(const struct left_out *l)
{
	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:s, s:s}", "bench", name_or_null(l->bench),
			 "arm", name_or_null(l->arm), "metric", name_or_null(l->metric), "fs",
			 name_or_null(l->fs), "access", name_or_null(l->access), "side",
			 which_side_name(l->side), "reason", l->reason);
}

/* 0 or -1 as jansson's: a NULL object is a failure here too. */
static int fill(json_t *metrics, json_t *checks, json_t *skipped, const struct comparison *c)
{
	int err = 0;

	for (size_t i = 0; i < c->n_metrics; i++)
		err |= json_array_append_new(metrics, metric_object(&c->metrics[i]));
	for (size_t i = 0; i < c->n_checks; i++)
		err |= json_array_append_new(checks, check_object(&c->checks[i]));
	for (size_t i = 0; i < c->n_left_out; i++)
		err |= json_array_append_new(skipped, left_out_object(&c->left_out[i]));
	return err;
}

void report_json(struct text *text, const struct comparison *c)
{
	json_t *metrics = json_array(), *checks = json_array(), *skipped = json_array();
	json_t *root;
	char *dump = NULL;
	int err = fill(metrics, checks, skipped, c);

	/* takes over the arrays, also when it fails */
	root = json_pack("{s:s, s:o, s:o, s:o, s:s, s:s, s:o, s:I}", "mode",
			 side_mode_name(c->base->mode), "metrics", metrics, "checks", checks,
			 "skipped", skipped, "base_label", c->base->label, "new_label",
			 c->new->label, "floor_pct", number(c->floor_pct), "boots",
			 (json_int_t)c->base->n_boots);
	if (root && !err)
		dump = json_dumps(root,
				  JSON_INDENT(1) | JSON_ENSURE_ASCII | JSON_REAL_PRECISION(15));
	json_decref(root);
	if (!dump) {
		text->err = -ENOMEM;
		return;
	}
	text_add(text, "%s\n", dump);
	free(dump);
}
