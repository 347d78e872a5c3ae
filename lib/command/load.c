// SPDX-License-Identifier: GPL-2.0-or-later
/* The sides of a command: read, matched, compared. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command/command.h"
#include "record/reader.h"

#define MESSAGE_SIZE 1024

/* names: "one.jsonl" or "one.jsonl,two.jsonl" */
int cli_read_side(const char *names, struct side *side, char *message, size_t size)
{
	char *copy, *rest, *name;
	int err = 0;

	if (!strchr(names, ',') || !access(names, F_OK))
		return side_read(names, side, message, size);
	copy = rest = strdup(names);
	if (!copy) {
		snprintf(message, size, "out of memory");
		return -ENOMEM;
	}
	while (!err && (name = strsep(&rest, ","))) {
		if (*name) {
			err = side_read_more(name, side, message, size);
			continue;
		}
		snprintf(message, size, "%s: a name is missing beside a comma", names);
		side_free(side);
		err = -EINVAL;
	}
	free(copy);
	return err;
}

/* Sides that have results, in their order. */
struct compared {
	const struct side *side[SIDES_MAX];
	size_t n;
};

static void add_words(char *message, const char *format, size_t n)
{
	size_t used = strlen(message);

	snprintf(message + used, MESSAGE_SIZE - used, format, n);
}

/* A side of a series may fail, but not the first, which all others are compared with. */
static int take_failed(struct loaded *loaded, const struct side *side, size_t compared,
		       char *message)
{
	if (!compared) {
		add_words(message, ": and it is the first, which all others are compared with", 0);
		return -ENODATA;
	}
	loaded->failed[loaded->n_failed++] = (struct failed_side){
		.label = side->label,
		.subject = side->failure.subject,
		.reason = side->failure.reason,
		.before = compared,
	};
	return 0;
}

static int read_sides(struct loaded *loaded, const struct sides *sides, struct compared *compared,
		      char *message)
{
	bool series = sides->n > 2;

	for (size_t i = 0; i < sides->n; i++) {
		struct side *side = &loaded->side[i];
		int err = cli_read_side(sides->path[i], side, message, MESSAGE_SIZE);

		if (!err)
			compared->side[compared->n++] = side;
		else if (err == -ENODATA && series)
			err = take_failed(loaded, side, compared->n, message);
		if (err)
			return err;
	}
	if (!series || compared->n > 1)
		return 0;
	/* the message is still that of the last one that gave no results */
	add_words(message, "; only one of the %zu sides did", sides->n);
	return -ENODATA;
}

static int match_sides(const struct compared *compared, char *message)
{
	for (size_t i = 1; i < compared->n; i++)
		for (size_t k = 0; k < i; k++) {
			int err = side_match(compared->side[k], compared->side[i], message,
					     MESSAGE_SIZE);

			if (err)
				return err;
		}
	return 0;
}

enum status cli_load(const struct sides *sides, const struct limits *limits, struct loaded *loaded)
{
	struct compared compared = { .n = 0 };
	char message[MESSAGE_SIZE];
	int err;

	memset(loaded, 0, sizeof(*loaded));
	err = read_sides(loaded, sides, &compared, message);
	if (!err)
		err = match_sides(&compared, message);
	if (!err)
		err = compare(compared.side, compared.n, limits, &loaded->comparison, message,
			      sizeof(message));
	if (err) {
		complain("%s", message);
		cli_release(loaded);
		return status_of(err);
	}
	loaded->comparison.failed = loaded->failed;
	loaded->comparison.n_failed = loaded->n_failed;
	return STATUS_DONE;
}

/* The side that could not be read is released, too. */
void cli_release(struct loaded *loaded)
{
	comparison_free(&loaded->comparison);
	for (size_t i = 0; i < SIDES_MAX; i++)
		side_free(&loaded->side[i]);
}
