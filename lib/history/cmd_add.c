// SPDX-License-Identifier: GPL-2.0-or-later
/* daxmark history add: a folder of results, or two files, become a night. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "history/actions.h"
#include "history/add.h"
#include "history/store.h"

#define BRANCH_DEFAULT "main"

/* A value of the command line that goes into night.json. */
static int take_name(struct history *h, const char *option, const char *value, char *out)
{
	if (strlen(value) >= NIGHT_NAME_MAX)
		return history_refuse(h, -EINVAL, "%s is longer than %d bytes", option,
				      NIGHT_NAME_MAX - 1);
	for (const char *c = value; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7f)
			return history_refuse(h, -EINVAL, "%s holds a control character", option);
	snprintf(out, NIGHT_NAME_MAX, "%s", value);
	return 0;
}

/* The name of a folder that lies in the history's, as it is called there. */
static int folder_name(struct history *h, const char *path, char *folder)
{
	char *whole = realpath(path, NULL), *dir;
	int why = errno, err = 0;
	size_t length;

	dir = realpath(h->dir, NULL);
	length = dir ? strlen(dir) : 0;
	if (!whole)
		err = history_refuse(h, why == ENOENT ? -EINVAL : -why, "%s: %s", path,
				     strerror(why));
	else if (!dir || strncmp(whole, dir, length) != 0 || whole[length] != '/' ||
		 strchr(whole + length + 1, '/'))
		err = history_refuse(
			h, -EINVAL,
			"%s: lies elsewhere than in %s, where the nights are kept; move "
			"it there, or name its two result files",
			path, h->dir);
	else
		err = take_name(h, "the folder's name", whole + length + 1, folder);
	free(whole);
	free(dir);
	return err;
}

/* Named, else what the folder's name says, else now. */
static int find_date(struct history *h, const struct history_arguments *a, struct night *night)
{
	time_t now = time(NULL);
	struct tm tm;

	if (a->date && night_parse_date(a->date, night->date))
		return history_refuse(h, -EINVAL,
				      "--date is '%s'; write 2026-11-24 or 2026-11-24T21:57:50Z",
				      a->date);
	if (!a->date && night_parse_date(night->folder, night->date))
		strftime(night->date, sizeof(night->date), "%Y-%m-%dT%H:%M:%SZ",
			 gmtime_r(&now, &tm));
	return 0;
}

/* Two files of one name would be one file. */
static int copy_file(struct history *h, const char *staged, const char *path, char *name,
		     char copy[HISTORY_PATH_MAX])
{
	const char *slash = strrchr(path, '/');
	int err = take_name(h, "the file's name", slash ? slash + 1 : path, name);

	if (err)
		return err;
	if (*name == '.' || !strcmp(name, NIGHT_FILE) ||
	    snprintf(copy, HISTORY_PATH_MAX, "%s/%s/%s", h->dir, staged, name) >= HISTORY_PATH_MAX)
		return history_refuse(h, -EINVAL, "%s: is no name for a result file", path);
	err = store_copy(path, copy);
	if (err == -EEXIST)
		return history_refuse(h, -EINVAL,
				      "%s: both files have this name; rename one of them", name);
	return err ? history_refuse(h, err, "%s: %s", path, strerror(-err)) : 0;
}

/* Copies of the two files, which must be what was read. */
static int stage_files(struct history *h, const struct history_arguments *a, struct night *night,
		       const char *content, char *staged)
{
	char path[HISTORY_PATH_MAX], base[HISTORY_PATH_MAX], new[HISTORY_PATH_MAX];
	char copied[SHA256_HEX_MAX];
	int err;

	snprintf(staged, NIGHT_NAME_MAX, ".night.%ld", (long)getpid());
	if (snprintf(path, sizeof(path), "%s/%s", h->dir, staged) >= (int)sizeof(path))
		return history_refuse(h, -EINVAL, "%s: the name is too long", h->dir);
	if (mkdir(path, 0777))
		return history_refuse(h, -errno, "%s: cannot be made: %s", path, strerror(errno));
	err = copy_file(h, staged, a->words[0], night->base, base);
	if (!err)
		err = copy_file(h, staged, a->words[1], night->new, new);
	if (!err)
		err = store_folder(path);
	if (!err)
		err = night_digest(h, base, new, copied);
	if (!err && strcmp(copied, content) != 0)
		err = history_refuse(h, -EINVAL, "%s or %s: has changed while it was read",
				     a->words[0], a->words[1]);
	return err;
}

/* A night that was being added when the machine or the program died: all of it is there. */
static bool is_left_over(struct history *h, struct night *night, const char *content)
{
	struct night left = { 0 };
	char base[2 * HISTORY_PATH_MAX], new[2 * HISTORY_PATH_MAX], digest[SHA256_HEX_MAX];

	snprintf(left.folder, sizeof(left.folder), "%s", night->folder);
	if (night_read(h, &left) || strcmp(left.branch, night->branch) != 0)
		return false;
	snprintf(base, sizeof(base), "%s/%s/%s", h->dir, left.folder, left.base);
	snprintf(new, sizeof(new), "%s/%s/%s", h->dir, left.folder, left.new);
	if (night_digest(h, base, new, digest) || strcmp(digest, content) != 0)
		return false;
	snprintf(night->base, sizeof(night->base), "%s", left.base);
	snprintf(night->new, sizeof(night->new), "%s", left.new);
	return true;
}

/*
 * "20261124T215750Z", the name that a run at that time would have got, or one
 * beside it. *there: the folder holds these results already.
 */
static int name_folder(struct history *h, struct night *night, const char *content, bool *there)
{
	char path[HISTORY_PATH_MAX + NIGHT_NAME_MAX], stamp[NIGHT_DATE_MAX];
	size_t length = 0;
	struct stat st;

	for (const char *c = night->date; *c; c++)
		if (*c != '-' && *c != ':')
			stamp[length++] = *c;
	stamp[length] = '\0';
	*there = false;
	for (int i = 1; i < 1000 && !*there; i++) {
		if (i == 1)
			snprintf(night->folder, sizeof(night->folder), "%s", stamp);
		else
			snprintf(night->folder, sizeof(night->folder), "%s-%d", stamp, i);
		snprintf(path, sizeof(path), "%s/%s", h->dir, night->folder);
		if (lstat(path, &st))
			return errno == ENOENT
				       ? 0
				       : history_refuse(h, -errno, "%s: %s", path, strerror(errno));
		*there = is_left_over(h, night, content);
	}
	if (*there)
		return 0;
	return history_refuse(h, -EEXIST, "%s: all names for a night of %s are taken", h->dir,
			      night->date);
}

/* What was copied and did not become a night. */
static void unstage(const struct history *h, const char *staged)
{
	char path[HISTORY_PATH_MAX], name[HISTORY_PATH_MAX + NIGHT_NAME_MAX];
	struct dirent *entry;
	DIR *dir;

	if (snprintf(path, sizeof(path), "%s/%s", h->dir, staged) >= (int)sizeof(path))
		return;
	dir = opendir(path);
	while (dir && (entry = readdir(dir))) {
		snprintf(name, sizeof(name), "%s/%s", path, entry->d_name);
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			unlink(name);
	}
	if (dir)
		closedir(dir);
	rmdir(path);
}

static int name_night(struct history *h, const struct history_arguments *a, const struct side *new,
		      struct night *night)
{
	const char *kernel = a->kernel ? a->kernel : new->boots[0].machine.kernel;
	int err = find_date(h, a, night);

	if (!err)
		err = take_name(h, "--branch", a->branch ? a->branch : BRANCH_DEFAULT,
				night->branch);
	if (!err)
		err = take_name(h, "--kernel", kernel, night->kernel);
	return err ? err
		   : take_name(h, "--revision", a->revision ? a->revision : "", night->revision);
}

static int add_results(struct history *h, const struct history_arguments *a, struct night *night,
		       const struct night_results *results, enum add_outcome *outcome)
{
	char staged[NIGHT_NAME_MAX] = "";
	struct add_request request = { .night = night, .results = results, .dated = a->date };
	bool there = false;
	int err = name_night(h, a, &results->new, night);

	if (!err && a->n_words == 2)
		err = name_folder(h, night, results->content, &there);
	if (!err && a->n_words == 2 && !there) {
		request.staged = staged;
		err = stage_files(h, a, night, results->content, staged);
	}
	if (!err)
		err = history_add(h, &request, outcome);
	/* a folder that was renamed is not there any more */
	if (*staged)
		unstage(h, staged);
	return err;
}

int history_action_add(struct history *h, const struct history_arguments *a)
{
	struct night_results results;
	struct night night = { 0 };
	enum add_outcome outcome;
	int err = 0;

	if (a->n_words == 1)
		err = folder_name(h, a->words[0], night.folder);
	if (!err && a->n_words == 1)
		err = night_find_sides(h, &night);
	if (!err)
		err = a->n_words == 1 ? night_load(h, &night, &results)
				      : night_compare(h, a->words[0], a->words[1], &compare_limits,
						      &results);
	if (!err) {
		err = add_results(h, a, &night, &results, &outcome);
		night_release(&results);
	}
	if (err)
		return history_fail(h, err);
	if (outcome == ADD_THERE)
		printf("%s is in the history of %s already; nothing added\n", night.kernel,
		       night.branch);
	else
		printf("added %s to %s: night of %s in %s/%s\n", night.kernel, night.branch,
		       night.date, h->dir, night.folder);
	return STATUS_DONE;
}
