// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <limits.h>
#include <stdlib.h>

#include "report/differences.h"
#include "report/json_parts.h"
#include "report/json_side.h"
#include "report/steps_parts.h"
#include "report/steps_text.h"

static json_t *places(const struct steps *steps, const size_t *list, size_t n)
{
	json_t *array = json_array();
	int err = 0;

	for (size_t i = 0; i < n; i++)
		err |= json_array_append_new(array,
					     json_integer((json_int_t)steps_place(steps, list[i])));
	if (!err)
		return array;
	json_decref(array);
	return NULL;
}

/* What the steps up to number last changed; NULL when out of memory, here and below. */
static json_t *metrics_brought(const struct steps *steps, size_t last, size_t *list)
{
	json_t *array = json_array();
	int err = 0;

	for (size_t i = 0; i < steps->all.n_metrics; i++) {
		const struct metric_change *m = &steps->all.metrics[i];
		size_t n = steps_of_metric(steps, i, last, list);

		if (n)
			err |= json_array_append_new(
				array, json_pack("{s:s, s:s, s:s, s:s, s:s, s:o}", "bench",
						 m->name.bench, "arm", m->name.arm, "metric",
						 m->name.metric, "fs", m->name.fs, "access",
						 m->name.access, "steps", places(steps, list, n)));
	}
	if (!err)
		return array;
	json_decref(array);
	return NULL;
}

static json_t *checks_brought(const struct steps *steps, size_t last, size_t *list)
{
	json_t *array = json_array();
	int err = 0;

	for (size_t i = 0; i < steps->all.n_checks; i++) {
		const struct check_change *c = &steps->all.checks[i];
		size_t n = steps_of_check(steps, i, last, list);

		if (n)
			err |= json_array_append_new(array, json_pack("{s:s, s:s, s:s, s:o}",
								      "name", c->name, "fs", c->fs,
								      "access", c->access, "steps",
								      places(steps, list, n)));
	}
	if (!err)
		return array;
	json_decref(array);
	return NULL;
}

static json_t *patches_of(const struct side_run *run)
{
	json_t *array = json_array();
	int err = 0;

	for (size_t i = 0; i < run->n_patches; i++)
		err |= json_array_append_new(array, json_string(run->patches[i].file));
	if (!err)
		return array;
	json_decref(array);
	return NULL;
}

static json_t *step_object(const struct steps *steps, size_t i, size_t *list)
{
	const struct side *side = steps_side(steps, i);
	const struct side_run *run = &side->boots[0].run;

	return json_pack("{s:I, s:s, s:s, s:o, s:o, s:o, s:o, s:{s:o, s:o}}", "step",
			 (json_int_t)steps_place(steps, i), "label", side->label, "source",
			 run->source, "patches", patches_of(run), "subject",
			 json_name(run->subject), "before", json_comparison(steps_before(steps, i)),
			 "first", json_comparison(steps_first(steps, i)), "brought_by", "metrics",
			 metrics_brought(steps, i, list), "checks", checks_brought(steps, i, list));
}

static json_t *failure_object(const struct steps *steps, size_t k)
{
	const struct step_failure *f = &steps->failures[k];

	return json_pack(
		"{s:I, s:s, s:o, s:s, s:o}", "step", (json_int_t)steps_failure_place(steps, k),
		"label", f->label, "subject", json_name(f->subject), "reason", f->reason, "next",
		f->before < steps->n_sides ? json_integer((json_int_t)steps_place(steps, f->before))
					   : json_null());
}

static json_t *summary_string(const struct steps *steps)
{
	struct text summary = { 0 };

	steps_summary(&summary, INT_MAX, steps);
	return json_line(&summary);
}

void report_steps_json(struct text *text, const struct steps *steps)
{
	const struct comparison *all = &steps->all;
	json_t *sides = json_array(), *list = json_array(), *failed = json_array();
	size_t *room = calloc(steps->n_sides, sizeof(*room));
	json_t *root;
	int err = !room;

	for (size_t i = 0; i < steps->n_sides && !err; i++) {
		err |= json_array_append_new(sides, json_side(steps_side(steps, i)));
		if (i)
			err |= json_array_append_new(list, step_object(steps, i, room));
	}
	for (size_t k = 0; k < steps->n_failures; k++)
		err |= json_array_append_new(failed, failure_object(steps, k));
	/* takes over the arrays, also when it fails */
	root = json_pack("{s:i, s:s, s:o, s:o, s:o, s:o, s:o, s:I, s:I, s:o, s:o}", "format",
			 JSON_FORMAT, "mode", side_mode_name(all->base->mode), "summary",
			 summary_string(steps), "differs", differences_json_of_steps(steps),
			 "sides", sides, "floor_pct", json_number(all->limits.floor_pct),
			 "margin_pct", json_number(all->limits.margin_pct), "boots",
			 (json_int_t)all->base->n_boots, "refused", (json_int_t)all->n_refused,
			 "steps", list, "failed", failed);
	if (err) {
		json_decref(root);
		root = NULL;
	}
	json_add(text, root);
	free(room);
}
