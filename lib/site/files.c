// SPDX-License-Identifier: GPL-2.0-or-later
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/array.h"
#include "base/output.h"
#include "site/files.h"

#define STAMPS "stamps"

static const char *const endings[] = { "svg", "png", "html", "csv" };

/* A figure has the first two. */
static size_t count_endings(const struct page_made *one)
{
	return one->figure ? 2 : sizeof(endings) / sizeof(endings[0]);
}

int page_list_add(struct page_list *list, const char *name, const char *stamp, bool figure)
{
	struct page_made *made = array_add(&list->made, &list->n, sizeof(*made));

	if (!made)
		return -ENOMEM;
	snprintf(made->name, sizeof(made->name), "%s", name);
	snprintf(made->stamp, sizeof(made->stamp), "%s", stamp);
	made->figure = figure;
	return 0;
}

void page_list_free(struct page_list *list)
{
	free(list->made);
	*list = (struct page_list){ 0 };
}

static bool is_name(const char *name)
{
	return *name && *name != '.' && !strchr(name, '/');
}

int page_list_read(struct page_list *list, const char *folder)
{
	char path[PATH_MAX], line[PAGE_NAME_MAX + SHA256_HEX_MAX + 16];
	FILE *file = NULL;
	int err = 0;

	*list = (struct page_list){ 0 };
	if (snprintf(path, sizeof(path), "%s/" STAMPS, folder) < (int)sizeof(path))
		file = fopen(path, "r");
	while (file && !err && fgets(line, sizeof(line), file)) {
		char kind[8], stamp[SHA256_HEX_MAX], name[PAGE_NAME_MAX];

		if (sscanf(line, "%7s %64s %159s", kind, stamp, name) == 3 && is_name(name))
			err = page_list_add(list, name, stamp, !strcmp(kind, "bench"));
	}
	if (file)
		fclose(file);
	return err;
}

enum status page_list_write(const struct page_list *list, const char *folder)
{
	struct text text = { 0 };
	char path[PATH_MAX];
	enum status status;

	snprintf(path, sizeof(path), "%s/" STAMPS, folder);
	for (size_t i = 0; i < list->n; i++)
		text_add(&text, "%s %s %s\n", list->made[i].figure ? "bench" : "series",
			 list->made[i].stamp, list->made[i].name);
	status = output_write(path, &text);
	text_free(&text);
	return status;
}

static void path_of(const struct page_made *one, const char *folder, size_t ending, char *path)
{
	snprintf(path, PATH_MAX, "%s/%s.%s", folder, one->name, endings[ending]);
}

static const struct page_made *find(const struct page_list *list, const struct page_made *one)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->made[i].figure == one->figure && !strcmp(list->made[i].name, one->name))
			return &list->made[i];
	return NULL;
}

bool page_is_made(const struct page_list *there, const char *folder, const struct page_made *one)
{
	const struct page_made *made = find(there, one);

	if (!made || strcmp(made->stamp, one->stamp) != 0)
		return false;
	for (size_t i = 0; i < count_endings(one); i++) {
		char path[PATH_MAX];

		path_of(one, folder, i, path);
		if (access(path, R_OK))
			return false;
	}
	return true;
}

void page_remove_rest(const struct page_list *there, const struct page_list *wanted,
		      const char *folder)
{
	for (size_t i = 0; i < there->n; i++) {
		const struct page_made *one = &there->made[i];

		if (find(wanted, one))
			continue;
		for (size_t e = 0; e < count_endings(one); e++) {
			char path[PATH_MAX];

			path_of(one, folder, e, path);
			unlink(path);
		}
	}
}

static void remove_folder(const char *path)
{
	DIR *folder = opendir(path);
	const struct dirent *entry;

	while (folder && (entry = readdir(folder)))
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			unlinkat(dirfd(folder), entry->d_name, 0);
	if (folder)
		closedir(folder);
	rmdir(path);
}

void page_sweep(const char *folder)
{
	DIR *dir = opendir(folder);
	const struct dirent *entry;

	while (dir && (entry = readdir(dir))) {
		char path[PATH_MAX + 256];

		if (strncmp(entry->d_name, ".drawing-", 9) != 0)
			continue;
		snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		remove_folder(path);
	}
	if (dir)
		closedir(dir);
}

/* As much of two whole paths as is the same, up to a slash. */
static size_t common(const char *one, const char *two)
{
	size_t same = 0;

	for (size_t i = 0;; i++) {
		bool ends = (!one[i] || one[i] == '/') && (!two[i] || two[i] == '/');

		if (ends)
			same = i;
		if (!one[i] || !two[i] || one[i] != two[i])
			return same;
	}
}

int page_way(const char *from, const char *to, char *way, size_t size)
{
	char *here = realpath(from, NULL), *there = here ? realpath(to, NULL) : NULL;
	int err = there ? 0 : -errno;
	size_t used = 0, same;

	*way = '\0';
	if (there) {
		same = common(here, there);
		for (const char *c = here + same; *c; c++)
			if (*c == '/' && c[1] && used < size)
				used += (size_t)snprintf(way + used, size - used, "../");
		if (there[same] && there[same + 1] && used < size)
			used += (size_t)snprintf(way + used, size - used, "%s/",
						 there + same + (there[same] == '/'));
		err = used < size ? 0 : -ENAMETOOLONG;
	}
	free(here);
	free(there);
	return err;
}

char *page_read(const char *path)
{
	FILE *file = fopen(path, "r");
	char *text = NULL;
	size_t room = 0;
	ssize_t length;

	if (!file)
		return NULL;
	/* up to a byte that no text has */
	length = getdelim(&text, &room, '\0', file);
	fclose(file);
	if (length < 0) {
		free(text);
		return NULL;
	}
	return text;
}
