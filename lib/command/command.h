/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the commands of daxmark share. */
#ifndef DAXMARK_COMMAND_COMMAND_H
#define DAXMARK_COMMAND_COMMAND_H

#include <stdbool.h>

#include "base/complain.h"
#include "base/output.h"
#include "base/text.h"
#include "compare/comparison.h"

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

/* BASE and NEW on a command line, or more, each as cli_load() takes it. */
struct sides {
	const char *path[SIDES_MAX];
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
	size_t sides_max;
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

/* For the end of it: the same where the format is not for so many sides. */
void cli_check_format(const struct request *request, const struct argp_state *state);

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
 * Reads and compares 1 to SIDES_MAX sides in their order. A side is a result file, or several
 * with commas between their names; a name that exists as it stands is one file. One of more
 * than two that gave no results is among the failed. On STATUS_DONE the caller releases all
 * with cli_release(); else the reason has been printed and nothing is left to release. The
 * comparison points into *loaded, which must stay where it is.
 */
struct loaded {
	struct side side[SIDES_MAX]; /* as given */
	struct failed_side failed[SIDES_MAX];
	size_t n_failed;
	struct comparison comparison;
};

enum status cli_load(const struct sides *sides, const struct limits *limits, struct loaded *loaded);
void cli_release(struct loaded *loaded);

/* A side as cli_load() takes it; 0, or as side_read(). */
int cli_read_side(const char *names, struct side *side, char *error, size_t size);

/* How wide a table may be: as the terminal, within limits. */
size_t cli_text_width(void);

/* Writes the comparison as it was asked for, as output_write() does. */
enum status cli_report(const struct request *request, const struct comparison *comparison);

#endif
