// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "history/promises.h"

static const char select_night[] =
	"SELECT name, fs, access, base, new, evidence, label FROM promise"
	" WHERE night = ? ORDER BY name, fs, access";

static const char select_one[] =
	"SELECT new FROM promise WHERE night = ? AND name = ? AND fs = ? AND access = ?";

static enum check_verdict verdict_of(sqlite3_stmt *row, int column)
{
	const char *name = history_text(row, column);

	if (!strcmp(name, check_verdict_name(CHECK_PASS)))
		return CHECK_PASS;
	return strcmp(name, check_verdict_name(CHECK_FAIL)) != 0 ? CHECK_SKIP : CHECK_FAIL;
}

bool promise_is_new(const struct read_promise *p)
{
	return p->since == p->night && p->before != p->now && p->before != CHECK_SKIP;
}

bool promise_is_newly_broken(const struct read_promise *p)
{
	return promise_is_new(p) && p->now == CHECK_FAIL && p->before == CHECK_PASS;
}

static int add(struct history *h, struct view *view, size_t night, sqlite3_stmt *row)
{
	struct read_promise *p = array_add(&view->promises, &view->n_promises, sizeof(*p));

	if (!p)
		return history_refuse(h, -ENOMEM, "out of memory");
	history_copy(row, 0, p->name, sizeof(p->name));
	history_copy(row, 1, p->fs, sizeof(p->fs));
	history_copy(row, 2, p->access, sizeof(p->access));
	p->base = verdict_of(row, 3);
	p->now = verdict_of(row, 4);
	history_copy(row, 5, p->evidence, sizeof(p->evidence));
	history_copy(row, *history_text(row, 6) ? 6 : 0, p->label, sizeof(p->label));
	p->night = night;
	p->since = night;
	p->before = CHECK_SKIP;
	return 0;
}

static int add_night(struct history *h, struct view *view, size_t night)
{
	sqlite3_stmt *row = history_prepare(h, select_night, "i", view->nights[night].id);
	int more = row ? 0 : history_failure(h);

	while (!more && (more = history_step(h, row)) > 0)
		more = add(h, view, night, row);
	sqlite3_finalize(row);
	return more < 0 ? more : 0;
}

/*
 * Back to the last night that found something else. Nights that skipped a check say
 * nothing of it; but a check that is skipped now is compared with the night before.
 */
static int trace(struct history *h, const struct view *view, struct read_promise *p, size_t first,
		 sqlite3_stmt *row)
{
	bool skipped = p->now == CHECK_SKIP;

	for (size_t night = p->night; night-- > first;) {
		enum check_verdict found;
		int more = history_bind(h, row, "ittt", view->nights[night].id, p->name, p->fs,
					p->access);

		if (!more)
			more = history_step(h, row);
		if (more < 0)
			return more;
		found = more ? verdict_of(row, 0) : CHECK_SKIP;
		if (found != p->now && (skipped || found != CHECK_SKIP)) {
			p->before = found;
			return 0;
		}
		if (skipped)
			return 0;
		if (found == p->now) {
			p->since = night;
			/* how long it has been kept is of no interest */
			if (p->now == CHECK_PASS) {
				p->before = CHECK_PASS;
				return 0;
			}
		}
	}
	return 0;
}

static int trace_from(struct history *h, struct view *view, size_t from, size_t first)
{
	sqlite3_stmt *row = history_prepare(h, select_one, "");
	size_t kept = from;
	int err = row ? 0 : history_failure(h);

	for (size_t i = from; i < view->n_promises && !err; i++) {
		err = trace(h, view, &view->promises[i], first, row);
		if (view->promises[i].now == CHECK_FAIL || promise_is_new(&view->promises[i]))
			view->promises[kept++] = view->promises[i];
	}
	sqlite3_finalize(row);
	view->n_promises = err ? view->n_promises : kept;
	return err;
}

int read_promises(struct history *h, struct view *view)
{
	size_t first = 0;
	int err = 0;

	for (size_t i = 0; i < view->n_nights && !err; i++) {
		const struct read_night *night = &view->nights[i];
		size_t from = view->n_promises;

		if (i + 1 < view->n_nights && !strcmp(night[1].night.branch, night->night.branch) &&
		    !strcmp(night[1].mode, night->mode))
			continue;
		err = add_night(h, view, i);
		if (!err)
			err = trace_from(h, view, from, first);
		first = i + 1;
	}
	return err;
}
