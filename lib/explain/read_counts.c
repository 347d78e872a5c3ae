// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "explain/cause.h"
#include "explain/explanation.h"
#include "explain/read_counts.h"
#include "report/groups.h"

enum status cli_read_counts(const struct side *side, const char *path, struct counts *counts)
{
	char error[1024];
	int err = 0;

	for (size_t i = 0; i < (path ? 1 : side->n_files) && !err; i++) {
		const char *file = path ? path : side->files[i].path;
		const char *ending = strrchr(file, '.');
		size_t length = strlen(file);
		char *name;

		if (!path && ending && !strcmp(ending, ".jsonl"))
			length = (size_t)(ending - file);
		if (asprintf(&name, path ? "%.*s" : "%.*s.counts", (int)length, file) < 0)
			return complain_memory();
		err = counts_read(name, counts, error, sizeof(error));
		free(name);
	}
	if (err == -ENOENT)
		complain("%s; make explain counts, or scripts/explain", error);
	else if (err)
		complain("%s", error);
	return status_of(err);
}

static enum status fill_all(struct comparison *c, const struct counts counts[2])
{
	char error[1024];

	for (size_t i = 0; i < c->n_costs; i++) {
		struct cost *m = &c->costs[i];
		struct explanation e;
		int err;

		/* what is explained is the median operation */
		if (!is_change(&cost_change(m)->judgement) || m->figure != FIGURE_MEDIAN)
			continue;
		err = explain_change(c, m, &counts[0], &counts[1], &e, error, sizeof(error));
		if (err) {
			complain("%s", err == -EINVAL ? error : strerror(-err));
			/* what cannot be explained has its line without it */
			if (err == -EINVAL)
				continue;
			return status_of(err);
		}
		cause_fill(&e, m);
		explanation_free(&e);
	}
	return STATUS_DONE;
}

enum status cli_explain(struct loaded *loaded, struct counts counts[2])
{
	enum status status;

	if (loaded->side[0].mode != SIDE_COUNT) {
		complain("only counts of instructions can be explained, and these were made in "
			 "mode %s",
			 side_mode_name(loaded->side[0].mode));
		return STATUS_USAGE;
	}
	status = cli_read_counts(&loaded->side[0], NULL, &counts[0]);
	if (status == STATUS_DONE)
		status = cli_read_counts(&loaded->side[1], NULL, &counts[1]);
	if (status == STATUS_DONE)
		status = fill_all(&loaded->comparison, counts);
	return status;
}
