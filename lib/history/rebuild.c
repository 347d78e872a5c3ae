// SPDX-License-Identifier: GPL-2.0-or-later
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/array.h"
#include "history/acks.h"
#include "history/add.h"
#include "history/detect.h"
#include "history/read.h"
#include "history/rebuild.h"

struct found_nights {
	struct night *night;
	size_t n;
};

static void tell(struct history *h, told_fn *told, struct rebuilt *rebuilt)
{
	told(h->error);
	rebuilt->troubles++;
}

static int by_date(const void *a, const void *b)
{
	const struct night *one = a, *two = b;
	int order = strcmp(one->date, two->date);

	return order ? order : strcmp(one->folder, two->folder);
}

static int take_folder(struct history *h, const char *name, struct found_nights *found,
		       told_fn *told, struct rebuilt *rebuilt)
{
	struct night *night = array_add(&found->night, &found->n, sizeof(*night));

	if (!night)
		return history_refuse(h, -ENOMEM, "out of memory");
	snprintf(night->folder, NIGHT_NAME_MAX, "%s", name);
	if (night_read(h, night)) {
		tell(h, told, rebuilt);
		found->n--;
	}
	return 0;
}

static int find_nights(struct history *h, struct found_nights *found, told_fn *told,
		       struct rebuilt *rebuilt)
{
	DIR *dir = opendir(h->dir);
	struct dirent *entry;
	int err = 0;

	if (!dir)
		return history_refuse(h, -errno, "%s: %s", h->dir, strerror(errno));
	while (!err && (entry = readdir(dir)))
		if (night_is_folder(h, entry->d_name))
			err = take_folder(h, entry->d_name, found, told, rebuilt);
	closedir(dir);
	if (found->n)
		qsort(found->night, found->n, sizeof(*found->night), by_date);
	return err;
}

static int insert(struct history *h, const struct night *night, told_fn *told,
		  struct rebuilt *rebuilt)
{
	struct night_results results;
	enum add_outcome outcome;
	int64_t id;
	int err = night_load(h, night, &results);

	if (err == -ENOMEM)
		return err;
	if (err) {
		tell(h, told, rebuilt);
		return 0;
	}
	err = history_find(h, night, &results, &outcome);
	if (!err && outcome == ADD_THERE)
		history_refuse(
			h, 0,
			"%s/%s: kernel %s has an earlier night with the same results; left out",
			h->dir, night->folder, night->kernel);
	if (err == -EEXIST || (!err && outcome == ADD_THERE)) {
		tell(h, told, rebuilt);
		err = 0;
	} else if (!err) {
		err = history_insert(h, night, &results, &id);
		rebuilt->nights += !err;
	}
	night_release(&results);
	return err;
}

static int fill(struct history *h, told_fn *told, struct rebuilt *rebuilt)
{
	static const char *const tables[] = { "look",  "change", "value",	"promise",
					      "night", "series", "environment", "branch" };
	struct found_nights found = { 0 };
	int err = 0;

	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]) && !err; i++) {
		char sql[64];

		snprintf(sql, sizeof(sql), "DELETE FROM %s", tables[i]);
		err = history_run(h, sql, "");
	}
	if (!err)
		err = find_nights(h, &found, told, rebuilt);
	for (size_t i = 0; i < found.n && !err; i++)
		err = insert(h, &found.night[i], told, rebuilt);
	free(found.night);
	return err ? err : detect_all(h);
}

static int rebuild_open(struct history *h, told_fn *told, struct rebuilt *rebuilt)
{
	int err = history_verify(h);

	memset(rebuilt, 0, sizeof(*rebuilt));
	if (!err)
		err = history_begin(h);
	return err ? err : history_end(h, fill(h, told, rebuilt));
}

/* Before anything is made: acks.json is a truth of its own, and no rebuild mends it. */
static int verify_acks_of(struct history *h, const char *dir)
{
	memset(h, 0, sizeof(*h));
	if (snprintf(h->dir, sizeof(h->dir), "%s", dir) >= (int)sizeof(h->dir))
		return history_refuse(h, -EINVAL, "the name of the folder is too long");
	return acks_verify(h);
}

/* The log and the index of the log belong to it. */
static int move_away(struct history *h, const char *dir)
{
	static const char *const parts[] = { "", "-wal", "-shm" };
	char from[HISTORY_PATH_MAX + 32], to[HISTORY_PATH_MAX + 32];
	int n = 1;

	do
		snprintf(to, sizeof(to), "%s/" HISTORY_FILE ".damaged-%d", dir, n);
	while (!access(to, F_OK) && n++ < 1000);
	for (size_t i = 0; i < 3; i++) {
		snprintf(from, sizeof(from), "%s/" HISTORY_FILE "%s", dir, parts[i]);
		snprintf(to, sizeof(to), "%s/" HISTORY_FILE ".damaged-%d%s", dir, n, parts[i]);
		if (rename(from, to) && errno != ENOENT)
			return history_refuse(h, -errno, "%s: cannot be moved away: %s", from,
					      strerror(errno));
	}
	return 0;
}

int history_rebuild(struct history *h, const char *dir, told_fn *told, struct rebuilt *rebuilt)
{
	int err = verify_acks_of(h, dir);

	if (err)
		return err;
	err = history_open(h, dir, HISTORY_CREATE);
	if (!err) {
		err = rebuild_open(h, told, rebuilt);
		if (err)
			history_close(h);
	}
	if (err != -EUCLEAN)
		return err;
	err = move_away(h, dir);
	if (!err)
		err = history_open(h, dir, HISTORY_CREATE);
	if (err)
		return err;
	err = rebuild_open(h, told, rebuilt);
	if (err)
		history_close(h);
	return err;
}

static bool is_as_added(const struct night *night, const struct read_night *known)
{
	return !strcmp(night->date, known->night.date) &&
	       !strcmp(night->branch, known->night.branch) &&
	       !strcmp(night->kernel, known->night.kernel) &&
	       !strcmp(night->revision, known->night.revision);
}

static void compare_night(struct history *h, const struct read_night *known, told_fn *told,
			  struct rebuilt *found)
{
	struct night night = { 0 };
	struct night_results results;
	int err;

	snprintf(night.folder, sizeof(night.folder), "%s", known->night.folder);
	err = night_read(h, &night);
	if (err == -ENOENT)
		history_refuse(h, err,
			       "%s/%s: the results of %s (%s) have vanished; restore them from a "
			       "copy, or run daxmark history rebuild %s to go on without",
			       h->dir, night.folder, known->night.kernel, known->night.date,
			       h->dir);
	if (!err)
		err = night_load(h, &night, &results);
	if (err) {
		tell(h, told, found);
		return;
	}
	if (strcmp(results.content, known->content) != 0 ||
	    comparison_none_pct(&results.comparison) != known->none_pct) {
		history_refuse(h, -EINVAL,
			       "%s/%s: the results, or the limits of their plan.ini, are not those "
			       "that were added; run daxmark history rebuild %s to take these",
			       h->dir, night.folder, h->dir);
		tell(h, told, found);
	} else if (!is_as_added(&night, known)) {
		history_refuse(h, -EINVAL,
			       "%s/%s/" NIGHT_FILE ": is not as it was added; restore it from a "
			       "copy, or run daxmark history rebuild %s to take it",
			       h->dir, night.folder, h->dir);
		tell(h, told, found);
	}
	night_release(&results);
}

static bool is_known(const struct read_night *known, size_t n, const char *folder)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(known[i].night.folder, folder))
			return true;
	return false;
}

/* The folders with a night.json that the history does not know, told one by one. */
static int compare_unknown(struct history *h, const struct read_night *known, size_t n,
			   told_fn *told, struct rebuilt *result)
{
	DIR *dir = opendir(h->dir);
	struct dirent *entry;

	if (!dir)
		return history_refuse(h, -errno, "%s: %s", h->dir, strerror(errno));
	while ((entry = readdir(dir))) {
		struct night night = { 0 };

		if (!night_is_folder(h, entry->d_name) || is_known(known, n, entry->d_name))
			continue;
		snprintf(night.folder, sizeof(night.folder), "%s", entry->d_name);
		if (!night_read(h, &night))
			history_refuse(h, 0,
				       "%s/%s: a night that is not in the history; run daxmark "
				       "history rebuild %s, or remove its " NIGHT_FILE,
				       h->dir, night.folder, h->dir);
		tell(h, told, result);
	}
	closedir(dir);
	return 0;
}

int history_compare(struct history *h, told_fn *told, struct rebuilt *result)
{
	const struct read_filter filter = { 0 };
	struct read_night *known;
	size_t n;
	int err = read_nights(h, &filter, &known, &n);

	memset(result, 0, sizeof(*result));
	if (err)
		return err;
	result->nights = n;
	for (size_t i = 0; i < n; i++)
		compare_night(h, &known[i], told, result);
	err = compare_unknown(h, known, n, told, result);
	free(known);
	if (!err && acks_verify(h))
		tell(h, told, result);
	return err;
}
