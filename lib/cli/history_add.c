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

#include "cli/history.h"
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
	strcpy(out, value);
	return 0;
}

/* The name of a folder that lies in the history's, as it is called there. */
static int folder_name(struct history *h, const char *path, char *folder)
{
	char *whole = realpath(path, NULL), *dir = realpath(h->dir, NULL);
	size_t length = dir ? strlen(dir) : 0;
	int err = 0;

	if (!whole)
		err = history_refuse(h, errno == ENOENT ? -EINVAL : -errno, "%s: %s", path,
				     strerror(errno));
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

/* Two files of one label would be one file. */
static int copy_file(struct history *h, const char *staged, const char *path, char *name)
{
	const char *slash = strrchr(path, '/');
	char copy[HISTORY_PATH_MAX];
	int err = take_name(h, "the file's name", slash ? slash + 1 : path, name);

	if (err)
		return err;
	if (*name == '.' ||
	    snprintf(copy, sizeof(copy), "%s/%s/%s", h->dir, staged, name) >= (int)sizeof(copy))
		return history_refuse(h, -EINVAL, "%s: is no name for a result file", path);
	err = store_copy(path, copy);
	if (err == -EEXIST)
		return history_refuse(h, -EINVAL,
				      "%s: both files have this name; rename one of them", name);
	return err ? history_refuse(h, err == -ENOENT ? -EINVAL : err, "%s: %s", path,
				    strerror(-err))
		   : 0;
}

static int stage_files(struct history *h, const struct history_arguments *a, struct night *night,
		       char *staged)
{
	char path[HISTORY_PATH_MAX];
	int err;

	snprintf(staged, NIGHT_NAME_MAX, ".night.%ld", (long)getpid());
	if (snprintf(path, sizeof(path), "%s/%s", h->dir, staged) >= (int)sizeof(path))
		return history_refuse(h, -EINVAL, "%s: the name is too long", h->dir);
	if (mkdir(path, 0777))
		return history_refuse(h, -errno, "%s: cannot be made: %s", path, strerror(errno));
	err = copy_file(h, staged, a->words[0], night->base);
	if (!err)
		err = copy_file(h, staged, a->words[1], night->new);
	if (!err)
		err = store_folder(path);
	strcpy(night->folder, staged);
	return err;
}

/* "20261124T215750Z", the name that a run at that time would have got, or one beside it. */
static int name_folder(struct history *h, struct night *night)
{
	char path[HISTORY_PATH_MAX + NIGHT_NAME_MAX], stamp[NIGHT_DATE_MAX];
	size_t length = 0;
	struct stat st;

	for (const char *c = night->date; *c; c++)
		if (*c != '-' && *c != ':')
			stamp[length++] = *c;
	stamp[length] = '\0';
	for (int i = 1; i < 1000; i++) {
		if (i == 1)
			snprintf(night->folder, sizeof(night->folder), "%s", stamp);
		else
			snprintf(night->folder, sizeof(night->folder), "%s-%d", stamp, i);
		snprintf(path, sizeof(path), "%s/%s", h->dir, night->folder);
		if (lstat(path, &st))
			return errno == ENOENT ? 0 : -errno;
	}
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

static int add_results(struct history *h, const struct history_arguments *a, struct night *night,
		       const char *staged, enum add_outcome *outcome)
{
	struct night_results results;
	struct add_request request = {
		.night = night, .results = &results, .dated = a->date != NULL, .staged = staged
	};
	int err = night_load(h, night, &results);

	if (err)
		return err;
	err = find_date(h, a, night);
	if (!err)
		err = take_name(h, "--branch", a->branch ? a->branch : BRANCH_DEFAULT,
				night->branch);
	if (!err)
		err = take_name(h, "--kernel",
				a->kernel ? a->kernel : results.new.boots[0].machine.kernel,
				night->kernel);
	if (!err)
		err = take_name(h, "--revision", a->revision ? a->revision : "", night->revision);
	if (!err && staged)
		err = name_folder(h, night);
	if (!err)
		err = history_add(h, &request, outcome);
	night_release(&results);
	return err;
}

int history_action_add(struct history *h, const struct history_arguments *a)
{
	char staged[NIGHT_NAME_MAX] = "";
	struct night night = { 0 };
	enum add_outcome outcome;
	int err;

	if (a->n_words == 2)
		err = stage_files(h, a, &night, staged);
	else
		err = folder_name(h, a->words[0], night.folder);
	if (!err && a->n_words == 1)
		err = night_find_sides(h, &night);
	if (!err)
		err = add_results(h, a, &night, *staged ? staged : NULL, &outcome);
	/* a folder that was renamed is not there any more */
	if (*staged)
		unstage(h, staged);
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
