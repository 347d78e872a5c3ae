// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdlib.h>

#include "site/draw.h"

static struct group *find_group(struct drawing *d, const struct read_series *series)
{
	for (size_t i = 0; i < d->n_groups; i++)
		if (page_same_bench(d->groups[i].first, series))
			return &d->groups[i];
	d->groups[d->n_groups].first = series;
	return &d->groups[d->n_groups++];
}

/* A group's stamp is of those of its series. */
static void stamp_groups(struct drawing *d)
{
	const struct view *view = d->page.view;
	char seed[SHA256_HEX_MAX] = "";
	size_t first, end;

	for (size_t i = 0; i < view->n_series; i++) {
		struct group *group = find_group(d, &view->series[i]);
		char stamp[SHA256_HEX_MAX];
		struct sha256_ctx sha;

		if (!i || !page_same_line(&view->series[i - 1], &view->series[i])) {
			view_nights(view, &view->series[i], &first, &end);
			page_stamp_nights(&d->page, first, end, seed);
		}
		page_stamp_series(&d->page, &view->series[i], seed, stamp);
		sha256_init(&sha);
		sha256_text(&sha, group->stamp);
		sha256_text(&sha, stamp);
		sha256_hex(&sha, group->stamp);
		group->n++;
		d->group_of[i] = (size_t)(group - d->groups);
	}
}

static int want(struct drawing *d, struct group *group, const char *name, bool figure)
{
	int err = page_list_add(&d->wanted, name, group->stamp, figure);

	if (!err)
		group->stale |=
			!page_is_made(&d->there, d->graphs, &d->wanted.made[d->wanted.n - 1]);
	return err;
}

int page_find_stale(struct drawing *d)
{
	const struct view *view = d->page.view;
	char name[PAGE_NAME_MAX];
	int err = page_list_read(&d->there, d->graphs);

	d->groups = calloc(view->n_series + 1, sizeof(*d->groups));
	d->group_of = calloc(view->n_series + 1, sizeof(*d->group_of));
	if (err || !d->groups || !d->group_of)
		return -ENOMEM;
	stamp_groups(d);
	for (size_t i = 0; i < view->n_series && !err; i++) {
		page_name_series(&view->series[i], name);
		err = want(d, &d->groups[d->group_of[i]], name, false);
	}
	for (size_t i = 0; i < d->n_groups && !err; i++) {
		page_name_bench(d->groups[i].first, name);
		err = want(d, &d->groups[i], name, true);
	}
	return err;
}
