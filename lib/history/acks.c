// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/plain.h"
#include "history/acks.h"
#include "history/store.h"

#define FORMAT 1

/* Where the fields of a series stand in an ack. */
static const struct {
	const char *key;
	size_t offset;
} fields[] = {
	{ "branch", offsetof(struct read_series, branch) },
	{ "mode", offsetof(struct read_series, mode) },
	{ "bench", offsetof(struct read_series, bench) },
	{ "arm", offsetof(struct read_series, arm) },
	{ "metric", offsetof(struct read_series, metric) },
	{ "fs", offsetof(struct read_series, fs) },
	{ "access", offsetof(struct read_series, access) },
};

static int acks_path(struct history *h, char path[HISTORY_PATH_MAX])
{
	if (snprintf(path, HISTORY_PATH_MAX, "%s/" ACKS_FILE, h->dir) < HISTORY_PATH_MAX)
		return 0;
	return history_refuse(h, -EINVAL, "%s: the name is too long", h->dir);
}

/* An ack names its series, its kernel, when and why; one that lacks any would be of no change. */
static bool is_ack(const json_t *ack)
{
	static const char *const others[] = { "image", "kernel", "note", "date" };

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (!json_is_string(json_object_get(ack, fields[i].key)))
			return false;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (!json_is_string(json_object_get(ack, others[i])))
			return false;
	return true;
}

static bool are_acks(const json_t *root)
{
	const json_t *acks = json_object_get(root, "acks"), *ack;
	size_t at;

	if (json_integer_value(json_object_get(root, "format")) != FORMAT || !json_is_array(acks))
		return false;
	json_array_foreach (acks, at, ack)
		if (!is_ack(ack))
			return false;
	return true;
}

/* The whole file as JSON, or what an absent one would hold; NULL with the line in h->error. */
static json_t *load(struct history *h, const char *path)
{
	json_error_t why;
	struct stat st;
	json_t *root;

	/* a link that leads nowhere is not absent: the acks it led to are missing */
	if (lstat(path, &st) && errno == ENOENT)
		return json_pack("{s:i, s:[]}", "format", FORMAT, "acks");
	root = json_load_file(path, JSON_REJECT_DUPLICATES, &why);
	if (!root) {
		history_refuse(h, -EINVAL, "%s:%d: %s; repair the file or restore it from a copy",
			       path, why.line, why.text);
		return NULL;
	}
	if (are_acks(root))
		return root;
	history_refuse(h, -EINVAL,
		       "%s: holds no acknowledgements of format %d, or one that lacks a part; "
		       "repair it, or restore it from a copy",
		       path, FORMAT);
	json_decref(root);
	return NULL;
}

int acks_verify(struct history *h)
{
	char path[HISTORY_PATH_MAX];
	json_t *root;
	int err = acks_path(h, path);

	if (err)
		return err;
	root = load(h, path);
	json_decref(root);
	return root ? 0 : -EINVAL;
}

static const char *text_of(const json_t *ack, const char *key)
{
	const char *text = json_string_value(json_object_get(ack, key));

	return text ? text : "";
}

static bool is_of(const json_t *ack, const struct view *view, const struct read_change *c)
{
	const char *series = (const char *)&view->series[c->series];

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (strcmp(text_of(ack, fields[i].key), series + fields[i].offset) != 0)
			return false;
	/* acks of before had medians alone */
	if (strcmp(json_object_get(ack, "figure") ? text_of(ack, "figure") : FIGURE_MEDIAN_NAME,
		   view->series[c->series].figure) != 0)
		return false;
	for (size_t i = c->first; i <= c->last; i++)
		if (!strcmp(text_of(ack, "image"), view->nights[i].image))
			return true;
	return false;
}

static void apply(const json_t *acks, struct view *view)
{
	const json_t *ack;
	size_t at;

	json_array_foreach (acks, at, ack) {
		for (size_t i = 0; i < view->n_changes; i++) {
			struct read_change *c = &view->changes[i];

			if (c->acknowledged || !is_of(ack, view, c))
				continue;
			c->acknowledged = true;
			snprintf(c->note, sizeof(c->note), "%s", text_of(ack, "note"));
			snprintf(c->noted, sizeof(c->noted), "%s", text_of(ack, "date"));
			plain_text(c->note);
			plain_text(c->noted);
		}
	}
}

int acks_apply(struct history *h, struct view *view)
{
	char path[HISTORY_PATH_MAX];
	json_t *root;
	int err = acks_path(h, path);

	if (err)
		return err;
	root = load(h, path);
	if (!root)
		return -EINVAL;
	apply(json_object_get(root, "acks"), view);
	json_decref(root);
	return 0;
}

static json_t *make_ack(const struct view *view, const struct read_change *c, const char *note)
{
	const char *series = (const char *)&view->series[c->series];
	char date[NIGHT_DATE_MAX];
	time_t now = time(NULL);
	struct tm tm;
	json_t *ack;

	strftime(date, sizeof(date), "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &tm));
	ack = json_pack("{s:s, s:s, s:s, s:s, s:s}", "image", view->nights[c->split].image,
			"kernel", view->nights[c->split].night.kernel, "note", note, "date", date,
			"figure", view->series[c->series].figure);
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]) && ack; i++)
		json_object_set_new(ack, fields[i].key, json_string(series + fields[i].offset));
	return ack;
}

static int save(struct history *h, const char *path, const json_t *root)
{
	char *dump = json_dumps(root, JSON_INDENT(1));
	int err = dump ? store_text(path, dump) : -ENOMEM;

	free(dump);
	return err ? history_refuse(h, err, "%s: cannot be written: %s", path, strerror(-err)) : 0;
}

static int add_to(struct history *h, json_t *acks, const struct view *view, const char *name,
		  const char *note, size_t *n)
{
	bool known = false;

	*n = 0;
	for (size_t i = 0; i < view->n_changes; i++) {
		const struct read_change *c = &view->changes[i];
		char series[SERIES_NAME_MAX];

		series_name(&view->series[c->series], series);
		if (strcmp(name, c->id) != 0 && strcmp(name, series) != 0)
			continue;
		known = true;
		if (c->acknowledged)
			continue;
		if (json_array_append_new(acks, make_ack(view, c, note)))
			return history_refuse(h, -ENOMEM, "out of memory, or no UTF-8");
		++*n;
	}
	if (known)
		return 0;
	return history_refuse(h, -EINVAL,
			      "there is no change or series with a change called '%s'; daxmark "
			      "history changes lists them",
			      name);
}

/* Locks acks.json among those who add to it; the file itself is replaced. */
int acks_add(struct history *h, struct view *view, const char *name, const char *note, size_t *n)
{
	char path[HISTORY_PATH_MAX];
	json_t *root;
	int lock, err = acks_path(h, path);

	if (err)
		return err;
	lock = store_lock(h->dir);
	if (lock < 0)
		return history_refuse(h, lock, "%s: cannot be locked: %s", h->dir, strerror(-lock));
	root = load(h, path);
	if (root) {
		/* another program may have acknowledged some since the view was read */
		apply(json_object_get(root, "acks"), view);
		err = add_to(h, json_object_get(root, "acks"), view, name, note, n);
	} else {
		err = -EINVAL;
	}
	if (!err && *n)
		err = save(h, path, root);
	json_decref(root);
	close(lock);
	return err;
}
