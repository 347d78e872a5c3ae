/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A night: a folder with the two result files of a comparison, and which night
 * it is. The latter stands in night.json beside them:
 *
 *   {"format": 1, "date", "branch", "kernel", "revision", "base", "new"}
 *
 * base and new are the names of the files.
 */
#ifndef DAXMARK_HISTORY_NIGHT_H
#define DAXMARK_HISTORY_NIGHT_H

#include <stdbool.h>

#include "base/sha256.h"
#include "compare/comparison.h"
#include "history/history.h"

#define NIGHT_FILE     "night.json"
#define NIGHT_NAME_MAX 256
#define NIGHT_DATE_MAX 21 /* 2026-11-24T21:57:50Z */

struct night {
	char folder[NIGHT_NAME_MAX]; /* in the folder of the history */
	char date[NIGHT_DATE_MAX];
	char branch[NIGHT_NAME_MAX];
	char kernel[NIGHT_NAME_MAX];   /* its name for people */
	char revision[NIGHT_NAME_MAX]; /* what it was made of; "" when not said */
	char base[NIGHT_NAME_MAX];
	char new[NIGHT_NAME_MAX];
};

/* What the files of a night hold. */
struct night_results {
	struct side base;
	struct side new;
	struct comparison comparison;
	char content[SHA256_HEX_MAX]; /* of both files */
};

/*
 * A date in *date from "2026-11-24", "2026-11-24T21:57:50Z" or
 * "20261124T215750Z". -EINVAL when it is none or no day of the calendar.
 */
int night_parse_date(const char *text, char date[NIGHT_DATE_MAX]);

/*
 * Whether the history's folder holds a night of that name: a folder with a night.json. A
 * link is another name of a folder that is here; what begins with a dot is not finished.
 */
bool night_is_folder(const struct history *h, const char *name);

/*
 * Reads night.json of the folder night->folder of the history. -ENOENT when
 * there is none, -EINVAL when it is not one, with the line in h->error.
 */
int night_read(struct history *h, struct night *night);

/* Writes it, whole or not at all, and on the disk when it returns. */
int night_write(struct history *h, const struct night *night);

/*
 * Which files of a folder of results are the two sides: those of the two kernels
 * of its plan.ini, in their order. Fills in base and new.
 */
int night_find_sides(struct history *h, struct night *night);

/*
 * Reads and compares two result files. night_release() after a success; else
 * the line in h->error names the file.
 */
int night_compare(struct history *h, const char *base, const char *new, const struct limits *limits,
		  struct night_results *results);

/* The digest that *results got from two files, of these two. 0 or an error. */
int night_digest(struct history *h, const char *base, const char *new,
		 char content[SHA256_HEX_MAX]);

/*
 * Reads and compares the two files of a night, by the limits of the folder's plan.ini if
 * it has one. night_release() after a success.
 */
int night_load(struct history *h, const struct night *night, struct night_results *results);
void night_release(struct night_results *results);

/* What a kernel is known by: its image's digest, else its build id, else its version. */
void night_image(const struct side *side, char image[NIGHT_NAME_MAX]);

#endif
