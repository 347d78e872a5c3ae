// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/json_parts.h"
#include "report/json_side.h"
#include "report/summary.h"

/* In percent of the quantile, from the deviation of a logarithm. */
static json_t *deviation(double log_deviation)
{
	return json_number(expm1(log_deviation) * 100);
}

/* The tests of a time, and what made its pairs vary. */
json_t *json_tests(const struct judgement *j, const struct pair_spread *spread)
{
	return json_pack("{s:I, s:o, s:o, s:o, s:o, s:o, s:o}", "pairs", (json_int_t)j->pairs,
			 "t_p", json_number(j->p), "wilcoxon_p", json_number(j->signed_rank_p),
			 "holm_p", json_number(j->holm_p), "pair_sd_pct", deviation(spread->total),
			 "within_sd_pct", deviation(spread->within), "between_sd_pct",
			 deviation(spread_between(spread)));
}

json_t *json_missing(const struct missing *missing)
{
	const struct cost_name *name = &missing->name;

	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:s}", "bench", json_name(name->bench), "arm",
			 json_name(name->arm), "metric", json_name(name->metric), "fs",
			 json_name(name->fs), "access", json_name(name->access), "reason",
			 missing->reason);
}

json_t *json_summary(const struct comparison *c)
{
	struct text summary = { 0 };
	json_t *string = NULL;

	report_summary(&summary, INT_MAX, c);
	if (!text_error(&summary) && summary.length)
		string = json_stringn(summary.data, strcspn(summary.data, "\n"));
	text_free(&summary);
	return string;
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
