/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which cost it is: the names that a record gives it. */
#ifndef DAXMARK_RECORD_COST_NAME_H
#define DAXMARK_RECORD_COST_NAME_H

#include <stdbool.h>
#include <stdint.h>

/* What reports call a cost, as the benchmark says it. No string is NULL. */
struct cost_words {
	const char *arm;       /* without fill and threads */
	const char *brief;     /* for people; not read */
	const char *title;     /* of the benchmark, "First write to a page" */
	const char *group;     /* of the costs that this one compares with; "": the title */
	const char *operation; /* "a first write to a hole"; "": the names say it */
	bool first;	       /* the benchmark stands before the others */
	bool leads;	       /* the cost stands for the benchmark */
	bool rate;	       /* its bytes over its time are a rate */
};

/* No string of a record is NULL. In what leaves costs out, "" stands for all of them. */
struct cost_name {
	const char *bench;
	const char *arm; /* its name for people, as arm_name() makes it: "cold@2-one" */
	const char *metric;
	const char *fs;
	const char *access;
	const char *fill;  /* how its file came into the page cache; "" when not said */
	const char *files; /* of the threads: "one", "each" or "" */
	int64_t threads;   /* at once, of which a record's n are passes; 0: not about them */
	bool further;	   /* than the first metric of its arm, so that a name says which */
	const struct cost_words *words; /* NULL when not said */
	const char *base_arm;		/* of a record: "cold", without fill, threads and files */
};

/* Whether both are of one cost. */
bool cost_same(const struct cost_name *a, const struct cost_name *b);

/* Whether both are of one benchmark on one target, so that they stand together. */
bool cost_same_group(const struct cost_name *a, const struct cost_name *b);

/* Whether both are of one metric of one arm, on whatever targets. */
bool cost_same_arm(const struct cost_name *a, const struct cost_name *b);

#endif
