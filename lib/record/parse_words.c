// SPDX-License-Identifier: GPL-2.0-or-later
/* The bench record: the words that reports use for a benchmark and its arms. */
#include <string.h>

#include "record/parse.h"

/* What each arm has of its benchmark, and what an arm that the record does not name has. */
static int complete(struct reading *r, struct side_bench *bench)
{
	struct cost_words *other = side_alloc(r->side, sizeof(*other));
	bool first = false;

	if (!other)
		return refuse_memory(r);
	for (size_t i = 0; i < bench->n_arms; i++)
		first |= bench->arms[i].leads;
	*other = (struct cost_words){ .arm = "",
				      .title = bench->title,
				      .group = "",
				      .operation = "",
				      .first = first,
				      .rate = bench->rate };
	for (size_t i = 0; i < bench->n_arms; i++) {
		bench->arms[i].title = bench->title;
		bench->arms[i].first = first;
		bench->arms[i].rate = bench->rate;
	}
	bench->other = other;
	return 0;
}

int parse_bench(struct reading *r, const json_t *record, struct side_boot *boot)
{
	struct side_bench bench = { .line = r->line };
	int err = fields_read(r, record, &kind_bench, &bench);

	for (size_t i = 0; i < boot->n_benches && !err; i++)
		if (!strcmp(boot->benches[i].name, bench.name))
			err = refuse(r, "benchmark %.40s is already on line %zu", bench.name,
				     boot->benches[i].line);
	if (!err)
		err = complete(r, &bench);
	return err ? err
		   : fields_append(r, &boot->benches, &boot->n_benches, &bench, sizeof(bench));
}

const struct cost_words *words_of(const struct side_boot *boot, const char *bench, const char *arm)
{
	for (size_t i = 0; i < boot->n_benches; i++) {
		const struct side_bench *b = &boot->benches[i];

		if (strcmp(b->name, bench) != 0)
			continue;
		for (size_t k = 0; k < b->n_arms; k++)
			if (!strcmp(b->arms[k].arm, arm))
				return &b->arms[k];
		return b->other;
	}
	return NULL;
}
