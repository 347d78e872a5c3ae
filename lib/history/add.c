// SPDX-License-Identifier: GPL-2.0-or-later
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "history/add.h"
#include "history/detect.h"
#include "history/store.h"

#define SAME_KERNEL                                           \
	" FROM night JOIN branch ON branch.id = night.branch" \
	" WHERE branch.name = ? AND mode = ?"                 \
	" AND (image = ? OR (revision <> '' AND revision = ?))"

static const char *mode_of(const struct night_results *results)
{
	return side_mode_name(results->new.mode);
}

int history_find(struct history *h, const struct night *night, const struct night_results *results,
		 enum add_outcome *outcome)
{
	char image[NIGHT_NAME_MAX];
	sqlite3_stmt *found;
	int more;

	night_image(&results->new, image);
	found = history_prepare(h, "SELECT kernel, date, folder, content" SAME_KERNEL, "tttt",
				night->branch, mode_of(results), image, night->revision);
	if (!found)
		return history_failure(h);
	more = history_step(h, found);
	*outcome = more > 0 ? ADD_THERE : ADD_DONE;
	if (more > 0 && strcmp(history_text(found, 3), results->content) != 0)
		more = history_refuse(
			h, -EEXIST,
			"%s: kernel %s is in the history of %s already, with other results: the "
			"night of %s in %s/%s; to put these in its place remove that folder, and "
			"run daxmark history rebuild %s",
			night->folder, night->kernel, night->branch, history_text(found, 1), h->dir,
			history_text(found, 2), h->dir);
	sqlite3_finalize(found);
	return more < 0 ? more : 0;
}

static int check_future(struct history *h, const struct night *night)
{
	char limit[NIGHT_DATE_MAX];
	time_t tomorrow = time(NULL) + 86400;
	struct tm tm;

	strftime(limit, sizeof(limit), "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&tomorrow, &tm));
	if (strcmp(night->date, limit) <= 0)
		return 0;
	return history_refuse(
		h, -EINVAL,
		"%s: is dated %s, which is still to come; set the clock, and name the "
		"date with --date",
		night->folder, night->date);
}

/* A clock that went backwards would put tonight where nobody looks for it. */
static int check_order(struct history *h, const struct add_request *r)
{
	const struct night *night = r->night;
	sqlite3_stmt *last;
	int more, err = check_future(h, night);

	if (err || r->dated)
		return err;
	last = history_prepare(h,
			       "SELECT date, folder FROM night JOIN branch ON branch.id = branch"
			       " WHERE branch.name = ? AND mode = ? ORDER BY date DESC LIMIT 1",
			       "tt", night->branch, mode_of(r->results));
	if (!last)
		return history_failure(h);
	more = history_step(h, last);
	if (more > 0 && strcmp(night->date, history_text(last, 0)) < 0)
		more = history_refuse(
			h, -EINVAL,
			"%s: is dated %s, before the last night of %s (%s, %s): the clock went "
			"backwards; name its date with --date, or correct that of the other in "
			"%s/%s/" NIGHT_FILE " and rebuild",
			night->folder, night->date, night->branch, history_text(last, 0),
			history_text(last, 1), h->dir, history_text(last, 1));
	sqlite3_finalize(last);
	return more < 0 ? more : 0;
}

/* A night that lies beside the index without being in it, other than that folder. */
static bool has_others(const struct history *h, const char *folder)
{
	DIR *dir = opendir(h->dir);
	const struct dirent *entry;
	bool found = false;

	while (dir && !found && (entry = readdir(dir)))
		found = strcmp(entry->d_name, folder) != 0 && night_is_folder(h, entry->d_name);
	if (dir)
		closedir(dir);
	return found;
}

/*
 * An index that was lost or emptied would begin again with this night, and compare it with
 * nothing.
 */
static int check_index(struct history *h, const struct night *night)
{
	int64_t nights;
	int err = history_number(h, &nights, "SELECT count(*) FROM night", "");

	if (err || nights || !has_others(h, night->folder))
		return err;
	return history_refuse(h, -EINVAL,
			      "%s: has no night, and nights lie beside it; run daxmark history "
			      "rebuild %s first",
			      h->path, h->dir);
}

/* The results become a folder of the history's, and night.json says which. */
static int keep_results(struct history *h, const struct add_request *r)
{
	char from[HISTORY_PATH_MAX], path[HISTORY_PATH_MAX];
	int err;

	if (r->staged) {
		if (snprintf(from, sizeof(from), "%s/%s", h->dir, r->staged) >= (int)sizeof(from) ||
		    snprintf(path, sizeof(path), "%s/%s", h->dir, r->night->folder) >=
			    (int)sizeof(path))
			return history_refuse(h, -EINVAL, "%s: the name is too long", h->dir);
		if (rename(from, path))
			return history_refuse(h, -errno, "%s: cannot be made: %s", path,
					      strerror(errno));
	}
	err = night_write(h, r->night);
	if (err || !r->staged)
		return err;
	err = store_folder(h->dir);
	return err ? history_refuse(h, err, "%s: %s", h->dir, strerror(-err)) : 0;
}

static int add_within(struct history *h, const struct add_request *r, enum add_outcome *outcome)
{
	int64_t id;
	int err = history_find(h, r->night, r->results, outcome);

	if (err || *outcome == ADD_THERE)
		return err;
	err = check_index(h, r->night);
	if (!err)
		err = check_order(h, r);
	if (!err)
		err = history_insert(h, r->night, r->results, &id);
	if (!err)
		err = detect_from(h, id);
	return err ? err : keep_results(h, r);
}

/* Checks alone are a night, too, as far as one came to a verdict. */
static bool is_worth_keeping(const struct comparison *c)
{
	bool checked = false;

	for (size_t i = 0; i < c->n_checks; i++)
		checked |= c->checks[i].on[1].verdict != CHECK_SKIP;
	return c->n_costs || checked;
}

int history_add(struct history *h, const struct add_request *r, enum add_outcome *outcome)
{
	int err;

	if (!is_worth_keeping(&r->results->comparison))
		return history_refuse(
			h, -EINVAL,
			"%s: no metric was measured on both sides and no check came to a verdict "
			"(mode %s); there is nothing to keep",
			r->night->folder, mode_of(r->results));
	err = history_begin(h);
	return err ? err : history_end(h, add_within(h, r, outcome));
}
