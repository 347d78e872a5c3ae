/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The files of a page and what they were made from. */
#ifndef DAXMARK_SITE_FILES_H
#define DAXMARK_SITE_FILES_H

#include "base/complain.h"
#include "site/page.h"

/* Files with one name that are made together, from what the stamp says. */
struct page_made {
	char name[PAGE_NAME_MAX];
	char stamp[SHA256_HEX_MAX];
	bool figure; /* of a benchmark: a graph alone */
};

struct page_list {
	struct page_made *made;
	size_t n;
};

/* 0 or -ENOMEM. */
int page_list_add(struct page_list *list, const char *name, const char *stamp, bool figure);
void page_list_free(struct page_list *list);

/* What the folder's list of stamps says; nothing where there is none. 0 or -ENOMEM. */
int page_list_read(struct page_list *list, const char *folder);

/* Keeps the list there, whole or not at all. */
enum status page_list_write(const struct page_list *list, const char *folder);

/* Whether all files of that one are there and made from the same. */
bool page_is_made(const struct page_list *there, const char *folder, const struct page_made *one);

/* Removes the files of those that are no longer wanted. */
void page_remove_rest(const struct page_list *there, const struct page_list *wanted,
		      const char *folder);

/* Removes what a drawing that was killed left. */
void page_sweep(const char *folder);

/* The way from one folder to another one, "../results/", or "" to itself. 0 or a negative errno. */
int page_way(const char *from, const char *to, char *way, size_t size);

/* The whole file; NULL where it cannot be read, with errno. The caller frees it. */
char *page_read(const char *path);

#endif
