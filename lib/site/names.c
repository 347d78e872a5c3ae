// SPDX-License-Identifier: GPL-2.0-or-later
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "site/page.h"

/* Room for the digest of a name that had to be changed. */
#define PLAIN_MAX     120
#define DIGEST_DIGITS 12

/*
 * Words with "_" between them. One that holds anything but letters, digits and
 * ".-+" has that replaced, and then, or cut short, "=" and a digest tell it from
 * others. None begins as an option or a hidden file does.
 */
static void join(const char *const *words, char name[PAGE_NAME_MAX])
{
	char digest[SHA256_HEX_MAX];
	struct sha256_ctx sha;
	size_t used = 0;
	bool changed = false;

	sha256_init(&sha);
	for (size_t i = 0; words[i]; i++) {
		sha256_update(&sha, strlen(words[i]) + 1, (const uint8_t *)words[i]);
		if (i && used < PLAIN_MAX)
			name[used++] = '_';
		for (const char *c = words[i]; *c; c++) {
			bool plain = isalnum((unsigned char)*c) || (used && strchr(".-+", *c));

			changed |= !plain || used == PLAIN_MAX;
			if (used == PLAIN_MAX)
				continue;
			name[used] = plain ? *c : used ? '-' : '_';
			used++;
		}
	}
	name[used] = '\0';
	sha256_hex(&sha, digest);
	if (changed)
		snprintf(name + used, PAGE_NAME_MAX - used, "=%.*s", DIGEST_DIGITS, digest);
}

void page_name_series(const struct read_series *s, char name[PAGE_NAME_MAX])
{
	char metric[NIGHT_NAME_MAX];

	series_metric(s, metric);
	join((const char *const[]){ s->bench, s->arm, metric, s->fs, s->access, s->mode, s->branch,
				    NULL },
	     name);
}

void page_name_bench(const struct read_series *s, char name[PAGE_NAME_MAX])
{
	join((const char *const[]){ s->bench, s->mode, s->branch, NULL }, name);
}

bool page_same_line(const struct read_series *one, const struct read_series *two)
{
	return !strcmp(one->branch, two->branch) && !strcmp(one->mode, two->mode);
}

bool page_same_bench(const struct read_series *one, const struct read_series *two)
{
	return page_same_line(one, two) && !strcmp(one->bench, two->bench);
}

size_t page_first_shown(const struct page_series *s)
{
	return s->end - s->first > PAGE_NIGHTS ? s->end - PAGE_NIGHTS : s->first;
}

const struct read_change *page_last_change(const struct view *view,
					   const struct read_series *series)
{
	for (size_t i = view->n_changes; i > 0; i--)
		if (&view->series[view->changes[i - 1].series] == series)
			return &view->changes[i - 1];
	return NULL;
}
