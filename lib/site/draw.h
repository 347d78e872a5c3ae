/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Drawing a page. What is made together is drawn again together: the series of
 * one benchmark, branch and mode, and their figure. It is drawn in a folder of its
 * own and moved when it is whole; the list of stamps comes last, so that what a
 * killed one left undone is done by the next. All functions print what went wrong.
 */
#ifndef DAXMARK_SITE_DRAW_H
#define DAXMARK_SITE_DRAW_H

#include "figure/gnuplot.h"
#include "site/files.h"

/* How many series there are, and how many were drawn. */
struct page_drawn {
	size_t series, drawn;
};

/*
 * Brings the page of a history in the folder output, which is made if needed, up
 * to date. Two at once wait for each other.
 */
enum status page_draw(struct history *history, const char *output, struct page_drawn *drawn);

/* --- Parts of it */

/* The series of one benchmark, branch and mode. */
struct group {
	const struct read_series *first;
	char stamp[SHA256_HEX_MAX];
	struct text panels;
	size_t n;
	bool stale;
};

struct drawing {
	struct history *history;
	struct page page;
	struct gnuplot gnuplot;
	char graphs[PATH_MAX];
	struct page_list there, wanted;
	struct group *groups;
	size_t n_groups;
	size_t *group_of; /* by series */
	struct text graph_list, bench_list;
	size_t drawn;
};

/* Finds out what is to be drawn: fills in there, wanted, groups and group_of. 0 or -ENOMEM. */
int page_find_stale(struct drawing *d);

/* Makes the files of all stale series and their figures in the drawing folder. */
enum status page_make_stale(struct drawing *d);

#endif
