// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "history/read.h"

static const char select_nights[] =
	"SELECT night.id, folder, date, branch.name, kernel, revision, mode, image, content,"
	" environment, none_pct, (SELECT count(*) FROM value WHERE value.night = night.id),"
	" runner, config, baseline, qemu, machine"
	" FROM night JOIN branch ON branch.id = night.branch"
	" JOIN environment ON environment.id = night.environment"
	" WHERE (?1 = '' OR branch.name = ?1)"
	" AND (?2 = '' OR revision = ?2 OR image = 'sha256:' || ?2)"
	" ORDER BY branch.name, mode, date, night.id";

/* What an environment is made of, in the order of the columns above. */
enum { ENVIRONMENT_FIRST = 12, ENVIRONMENT_PARTS = 5 };

struct environment {
	char part[ENVIRONMENT_PARTS][NIGHT_NAME_MAX];
};

/* Names what differs from the night before; the runner alone is most often it. */
static void name_start(struct read_night *night, struct environment *last, sqlite3_stmt *row,
		       bool first)
{
	static const char *const names[] = { "runner", "guest config", "baseline kernel", "QEMU",
					     "machine" };
	size_t used = 0;

	for (int i = 0; i < ENVIRONMENT_PARTS; i++) {
		char part[NIGHT_NAME_MAX];

		history_copy(row, ENVIRONMENT_FIRST + i, part, sizeof(part));
		if (!first && strcmp(part, last->part[i]) != 0)
			used += (size_t)snprintf(night->starts + used, sizeof(night->starts) - used,
						 "%s%s", used ? ", " : "", names[i]);
		memcpy(last->part[i], part, sizeof(part));
	}
}

static void take_night(struct read_night *n, sqlite3_stmt *row)
{
	memset(n, 0, sizeof(*n));
	n->id = sqlite3_column_int64(row, 0);
	history_copy(row, 1, n->night.folder, sizeof(n->night.folder));
	history_copy(row, 2, n->night.date, sizeof(n->night.date));
	history_copy(row, 3, n->night.branch, sizeof(n->night.branch));
	history_copy(row, 4, n->night.kernel, sizeof(n->night.kernel));
	history_copy(row, 5, n->night.revision, sizeof(n->night.revision));
	history_copy(row, 6, n->mode, sizeof(n->mode));
	history_copy(row, 7, n->image, sizeof(n->image));
	history_copy(row, 8, n->content, sizeof(n->content));
	n->environment = sqlite3_column_int64(row, 9);
	n->none_pct = sqlite3_column_double(row, 10);
	n->values = sqlite3_column_int64(row, 11);
}

int read_nights(struct history *h, const struct read_filter *filter, struct read_night **nights,
		size_t *n)
{
	struct environment last;
	sqlite3_stmt *row =
		history_prepare(h, select_nights, "tt", filter->branch ? filter->branch : "",
				filter->revision ? filter->revision : "");
	int more = row ? 0 : history_failure(h);

	*nights = NULL;
	*n = 0;
	while (!more && (more = history_step(h, row)) > 0) {
		struct read_night *night = array_add(nights, n, sizeof(*night));

		if (!night) {
			more = history_refuse(h, -ENOMEM, "out of memory");
			break;
		}
		take_night(night, row);
		name_start(night, &last, row,
			   *n == 1 || strcmp(night[-1].night.branch, night->night.branch) != 0 ||
				   strcmp(night[-1].mode, night->mode) != 0);
		more = 0;
	}
	sqlite3_finalize(row);
	if (more < 0) {
		free(*nights);
		*nights = NULL;
		*n = 0;
	}
	return more < 0 ? more : 0;
}
