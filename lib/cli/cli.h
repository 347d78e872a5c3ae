/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the commands of daxmark share. */
#ifndef DAXMARK_CLI_CLI_H
#define DAXMARK_CLI_CLI_H

#include <stdbool.h>

#include "base/complain.h"
#include "base/output.h"
#include "base/text.h"
#include "compare/compare.h"

/* The commands: they get their name as argv[0], print, and return a status. */
int command_clean(int argc, char **argv);
int command_compare(int argc, char **argv);
int command_explain(int argc, char **argv);
int command_history(int argc, char **argv);
int command_list(int argc, char **argv);
int command_plan(int argc, char **argv);
int command_plot(int argc, char **argv);
int command_show(int argc, char **argv);
int command_size(int argc, char **argv);

/* More sides than this are no row that a report could show. */
#define CLI_SIDES_MAX 64

/* BASE and NEW on a command line, or more, each as cli_load() takes it. */
struct sides {
	const char *path[CLI_SIDES_MAX];
	size_t n;
};

struct argp_state;

/*
 * For an argp parser: takes the next side, and at the end ends the program with
 * STATUS_USAGE unless there were n (1 or 2); purpose is what exactly so many are
 * good for.
 */
void cli_take_side(struct sides *sides, const char *path);
void cli_need_sides(const struct sides *sides, size_t n, const struct argp_state *state,
		    const char *purpose);

/* What --format chooses from; the last has no name. */
struct format {
	const char *name;
	void (*report)(struct text *text, const struct comparison *comparison);
};

/* What a command that reports was asked for. */
struct request {
	struct sides sides;
	const struct format *formats; /* that it has; the first unless told otherwise */
	const struct format *format;
	const char *output; /* NULL is stdout */
};

/*
 * An argp parser for --format (f), --output (o) and the result files; ends the
 * program with STATUS_USAGE when there is no such format.
 */
int cli_parse_request(int key, char *argument, struct argp_state *state, struct request *request);

/* For an argp of a command that gives verdicts: --floor (F) and --margin (M). */
#define CLI_LIMIT_OPTIONS                                                                          \
	{ "floor", 'F', "PERCENT", 0, "in count mode a change of at most this is none (0.2)", 0 }, \
	{                                                                                          \
		"margin", 'M', "PERCENT", 0,                                                       \
			"in time mode a change whose interval is within this is none (2)", 0       \
	}

/* Their parser; ends the program with STATUS_USAGE at what is no percentage. */
int cli_parse_limit(int key, const char *argument, const struct argp_state *state,
		    struct limits *limits);

/* What FILE is made of, in the words of --help. */
#define CLI_FILES_HELP "Results of several runs are one: FILE,FILE,..."

/*
 * Reads and compares two sides; without new, one with itself, so that
 * has_one_side() is true. A side is a result file, or several with commas
 * between their names; a name that exists as it stands is one file. On STATUS_DONE the caller
 * releases all three with cli_release(); else the reason has been printed and nothing is left to
 * release. The comparison points into *loaded, which must stay where it is.
 */
struct loaded {
	struct side base;
	struct side new;
	struct comparison comparison;
};

enum status cli_load(const char *base, const char *new, const struct limits *limits,
		     struct loaded *loaded);
void cli_release(struct loaded *loaded);

/* A side as cli_load() takes it; 0, or as side_read(). */
int cli_read_side(const char *names, struct side *side, char *error, size_t size);

/* For more than two sides: whether there is a format of that name, and what there is. */
bool cli_has_steps_format(const char *name);
#define CLI_STEPS_FORMATS "text, lkml, mmtests, json and ktap"

/*
 * Reads, compares and reports the sides of a request, 2 to CLI_SIDES_MAX, in
 * their order; one that gave no results is named and left out. Prints what went
 * wrong. *regressed: a step made something worse, or the last side is worse
 * than the first or fails a check.
 */
enum status cli_report_steps(const struct request *request, const struct limits *limits,
			     bool *regressed);

/* Whether a metric is worse or a check of the new side fails. */
bool cli_something_wrong(const struct comparison *comparison);

/* How wide a table may be: as the terminal, within limits. */
size_t cli_text_width(void);

/* Writes the comparison as it was asked for, as output_write() does. */
enum status cli_report(const struct request *request, const struct comparison *comparison);

#endif
