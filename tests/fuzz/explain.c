// SPDX-License-Identifier: GPL-2.0-or-later
/* The records of two sides and the counts by function beside them: daxmark explain. */
#include <stdlib.h>
#include <string.h>

#include "explain/cause.h"
#include "explain/counts.h"
#include "explain/explained_slow.h"
#include "record/reader.h"
#include "report/lkml.h"
#include "tests/fuzz/support/input.h"
#include "tests/fuzz/support/look.h"

#define METRICS_MAX 8

static char error[1024];

static void look_at(const struct explanation *e)
{
	struct explained x = { .list = e, .n = 1, .rows = 4, .calls = true };
	struct text text = { 0 };

	report_explained(&text, &x);
	look_plain(&text, 0, 0);
	x.function = e->n_functions ? e->functions[0].name : NULL;
	report_explained(&text, &x);
	look_plain(&text, 0, 0);
	report_explained_json(&text, &x);
	look_json(&text);
	report_explained_folded(&text, &x);
	look_plain(&text, 0, 0);
	report_explained_slow(&text, &x);
	look_plain(&text, 0, 0);
	report_explained_svg(&text, &x);
	look_svg(&text);
}

static void explain(struct comparison *c, const struct counts counts[2])
{
	struct explanation e;

	for (size_t i = 0; i < c->n_costs && i < METRICS_MAX; i++) {
		struct cost *m = &c->costs[i];

		if (!explain_change(c, m, &counts[0], &counts[1], &e, error, sizeof(error))) {
			explanation_adds_up(&e);
			cause_fill(&e, m);
			look_at(&e);
			explanation_free(&e);
		}
		for (int slow = SLOW_P99; slow <= SLOW_MAX; slow++) {
			if (explain_slow(c->side[1], &counts[1], &m->name, m->unit,
					 (enum slow_operation)slow, &e, error, sizeof(error)))
				continue;
			look_at(&e);
			explanation_free(&e);
		}
	}
}

static void compare_both(const struct side sides[2], const struct counts counts[2])
{
	const struct side *const both[] = { &sides[0], &sides[1] };
	struct comparison comparison;
	struct text text = { 0 };

	if (side_match(&sides[0], &sides[1], error, sizeof(error)) ||
	    compare(both, 2, &compare_limits, &comparison, error, sizeof(error))) {
		look_reason(error);
		return;
	}
	explain(&comparison, counts);
	/* the report names the calls that were found */
	report_lkml(&text, &comparison);
	look_plain(&text, 72, 0);
	comparison_free(&comparison);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct part parts[INPUT_PARTS_MAX];
	struct counts counts[2] = { 0 };
	struct side sides[2];
	int err = 0;

	input_split(data, size, parts);
	memset(sides, 0, sizeof(sides));
	for (size_t i = 0; i < 2 && !err; i++)
		err = counts_read(input_file(i, &parts[i]), &counts[i], error, sizeof(error));
	for (size_t i = 0; i < 2 && !err; i++)
		err = side_read(input_file(2 + i, &parts[2 + i]), &sides[i], error, sizeof(error));
	if (err)
		look_reason(error);
	else if (sides[0].mode == SIDE_COUNT)
		compare_both(sides, counts);
	for (size_t i = 0; i < 2; i++) {
		side_free(&sides[i]);
		counts_free(&counts[i]);
	}
	return 0;
}
