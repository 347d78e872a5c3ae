/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a history holds, for reports: arrays that the caller frees with free(). */
#ifndef DAXMARK_HISTORY_READ_H
#define DAXMARK_HISTORY_READ_H

#include "history/night.h"

#define MODE_NAME_MAX	16
#define CHANGE_ID_MAX	9
#define SERIES_NAME_MAX 2048
#define EVIDENCE_MAX	1024

/* The figure of a cost's operations that a series follows. */
#define FIGURE_MEDIAN_NAME "median"
#define FIGURE_P99_NAME	   "p99"

struct read_night {
	int64_t id;
	struct night night; /* base and new are "" */
	char mode[MODE_NAME_MAX];
	char image[NIGHT_NAME_MAX];
	char content[SHA256_HEX_MAX];
	int64_t environment;
	double none_pct;	     /* a change within this is none */
	int64_t values;		     /* series that have one */
	char starts[NIGHT_NAME_MAX]; /* why it starts a segment: "runner", "guest config"...; or ""
				      */
};

/* What is wanted; NULL: all. */
struct read_filter {
	const char *branch;
	const char *revision; /* or image digest */
};

/* Nights branch by branch, count before time, in the order of their dates. */
int read_nights(struct history *h, const struct read_filter *filter, struct read_night **nights,
		size_t *n);

struct read_series {
	int64_t id;
	char branch[NIGHT_NAME_MAX];
	char mode[MODE_NAME_MAX];
	char bench[NIGHT_NAME_MAX];
	char arm[NIGHT_NAME_MAX];
	char metric[NIGHT_NAME_MAX];
	char fs[NIGHT_NAME_MAX];
	char access[NIGHT_NAME_MAX];
	char unit[NIGHT_NAME_MAX];
	char title[NIGHT_NAME_MAX];	/* of its benchmark, "" when no night says */
	char operation[NIGHT_NAME_MAX]; /* in words, the same */
	char fill[NIGHT_NAME_MAX];
	bool further;		    /* than the first metric of its arm */
	char figure[MODE_NAME_MAX]; /* FIGURE_MEDIAN_NAME or FIGURE_P99_NAME */
	bool higher_is_better;
	/* of the last look at it; 0, "" and NAN before the first */
	int64_t looked;		      /* the night */
	int64_t nights;		      /* since its last change */
	char held[MODE_NAME_MAX * 2]; /* why no step is named, "" */
	int64_t outliers;
	double autocorrelation;
	double deviation; /* of a night, of the logarithm of the ratio */
};

/* A change; nights and series are indices into those of the same view. */
struct read_change {
	char id[CHANGE_ID_MAX]; /* the same after a rebuild */
	int64_t row;		/* its id in the table */
	size_t series;
	size_t found;			  /* by the look at this night */
	size_t before;			  /* the last night that surely is at the old level */
	size_t first, split, last;	  /* it came with first to last, most likely split */
	double ratio_before, ratio_after; /* logarithms of new / base */
	double value_before, value_after; /* in the unit, by the baseline of split */
	double change_pct;
	double p; /* 0 of an exact count */
	bool worse;
	bool returns;	 /* its level is that before an earlier change of its series, */
	size_t returned; /* which is this one of the view's changes */
	size_t lasted;	 /* nights from that one to this */
	bool closed;	 /* a later change returned to the level before it */
	bool newest;	 /* found in the last night of its branch and mode */
	bool acknowledged;
	char note[NIGHT_NAME_MAX];
	char noted[NIGHT_DATE_MAX]; /* when it was acknowledged */
};

/*
 * A promise that the last night of a branch and mode broke, or for which it found
 * something else than the night before.
 */
struct read_promise {
	char name[NIGHT_NAME_MAX];  /* of the check */
	char label[NIGHT_NAME_MAX]; /* in words; the name where the night has none */
	char fs[NIGHT_NAME_MAX];
	char access[NIGHT_NAME_MAX];
	size_t night; /* the last one; an index into the nights of the view */
	enum check_verdict now;
	/* before the run of equal verdicts that ends now; skip: there is no other */
	enum check_verdict before;
	size_t since;		     /* the night with which that run begins */
	enum check_verdict base;     /* of the baseline beside it */
	char evidence[EVIDENCE_MAX]; /* of a failure or skip */
};

/* All of a branch or of all branches at one moment, with acknowledgements. */
struct view {
	struct read_night *nights; /* as read_nights() gives them */
	size_t n_nights;
	struct read_series *series; /* by branch, mode and in the order of their making */
	size_t n_series;
	struct read_change *changes; /* as they were found, of one night by series */
	size_t n_changes;
	struct read_promise *promises; /* by night and name */
	size_t n_promises;
};

/* Its verdict is another one since the last night. */
bool promise_is_new(const struct read_promise *promise);

/* It was kept and is broken since the last night: what a night is judged by. */
bool promise_is_newly_broken(const struct read_promise *promise);

int read_view(struct history *h, const char *branch, struct view *view);
void view_free(struct view *view);

/* The nights of a series: first <= i < end are all of its branch and mode. */
void view_nights(const struct view *view, const struct read_series *series, size_t *first,
		 size_t *end);

/* "First write to a page": the benchmark's words, or its name where no night has them. */
const char *series_title(const struct read_series *series);

/* "write", or "write-p99": what a series is of, in names. */
void series_metric(const struct read_series *s, char metric[NIGHT_NAME_MAX]);

/* "first-write/cold/write/ext4/dax/count@main", by which a series is named. */
void series_name(const struct read_series *series, char name[SERIES_NAME_MAX]);

struct read_value {
	size_t night;	  /* an index into the nights of the view */
	double base, new; /* in the unit */
	double ratio, ratio_low, ratio_high;
	double new_low, new_high;
	double spread_pct;
};

/* The values of a series in the order of nights; the caller frees them. */
int read_values(struct history *h, const struct view *view, const struct read_series *series,
		struct read_value **values, size_t *n);

struct read_values {
	struct read_value *values;
	size_t n;
};

/*
 * The same of n_series neighbours in view->series of one branch and mode, in one pass
 * over the nights: those from view->nights[from] on. Fills of[0] to of[n_series - 1],
 * which the caller gives back with read_values_free().
 */
int read_values_of(struct history *h, const struct view *view, const struct read_series *series,
		   size_t n_series, size_t from, struct read_values *of);
void read_values_free(struct read_values *of, size_t n_series);

#endif
